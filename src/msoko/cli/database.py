"""Getting the records ready for a command: Django set up, the database brought to the present form."""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

from msoko.cli.outcome import Refused

LOCK = "migrating.lock"
ADVISORY_LOCK = 5_736_563  # any number nobody else takes


def ready() -> None:
    """Set Django up and apply whatever migrations the database lacks (a new home is made on first use).

    Raises Refused where the home or the database can't be used.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msoko.web.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    try:
        django.setup()
        with _one_at_a_time():
            if lacks_migrations():
                migrate()
        _tell_what_is_left_out()
    except OSError as error:
        place = error.filename or os.environ.get("MSOKO_HOME", "")
        raise Refused(f"Папка системы недоступна: {place} ({error.strerror}). Назовите другую: --home.") from error
    except (DatabaseError, ImproperlyConfigured) as error:
        raise Refused(f"База данных недоступна ({type(error).__name__}). Проверьте DATABASE_URL.") from error


def _tell_what_is_left_out() -> None:
    """Whoever asks for a rule of his own must learn that it does not count, whatever the command."""
    from msoko.web.definitions import left_out

    for problem in left_out():
        print(f"Определение не действует. {problem}", file=sys.stderr)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two first commands on an empty home must not create the same tables."""
    from django.conf import settings
    from django.db import connection

    with (settings.HOME / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        # The other command may be of another home on the same database.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def lacks_migrations() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    from django.core.management import call_command

    with redirect_stdout(sys.stderr):
        call_command("migrate", verbosity=0, interactive=False)
