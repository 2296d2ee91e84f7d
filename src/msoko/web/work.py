"""The worker: finds what is due by the state of the records, does one piece, looks again.

There is no queue beside the records. Whatever was missed (a restart, a crash) is still due at the next look.
"""

import logging
import time
from collections.abc import Callable

from django.db import close_old_connections
from django.utils.module_loading import import_string

from msoko.web.rooms import rooms

log = logging.getLogger("msoko.work")
PAUSE = 0.5  # seconds between looks when nothing is due: a person does not notice, the database neither

Due = Callable[[], bool]


def due_work() -> list[Due]:
    """Every room's `due.do_one`: does one piece of due work and says whether there was any."""
    return [import_string(f"{room}.due.do_one") for room in rooms(having="due.py")]


def do_all_that_is_due() -> int:
    """Work until nothing is due; returns the number of pieces done."""
    done, pieces = 0, due_work()
    while any(piece() for piece in pieces):
        done += 1
    return done


def work_for_ever(stopping: Callable[[], bool] = lambda: False) -> None:
    log.info("Worker is looking for due work.")
    while not stopping():
        close_old_connections()
        if not do_all_that_is_due():
            time.sleep(PAUSE)
