"""Orders that are truly given at once: each in a thread with a connection of its own, let go at the same moment.

Only PostgreSQL has several writers at a time; on SQLite one waits for the other before it begins.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from msoko.web.analysis.services.deciding import CannotDecide
from msoko.web.roadmap.services.carrying_out import CannotExecute
from msoko.web.roadmap.services.drafts import CannotChange
from msoko.web.roadmap.services.importing import CannotImport

REFUSALS = (CannotChange, CannotDecide, CannotExecute, CannotImport)
LONGEST_WAIT = 60  # seconds: who waits longer waits for ever
marks = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("DATABASE_URL" not in os.environ, reason="only PostgreSQL has several writers at a time"),
]


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each has answered, or the refusal that it was given; any other error is the test's."""
    gate = Barrier(len(deeds))

    def carried_out(deed: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            gate.wait(LONGEST_WAIT)
            return deed()
        except REFUSALS as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(carried_out, deeds))


def refused(answers: list[Any]) -> list[str]:
    return [str(one).replace("\u00a0", " ") for one in answers if isinstance(one, REFUSALS)]
