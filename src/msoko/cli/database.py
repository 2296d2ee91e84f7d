"""Getting the records ready for a command: Django set up, the database brought to the present form."""

import os
import sys
from contextlib import redirect_stdout


def ready() -> None:
    """Set Django up and apply whatever migrations the database lacks (a new home is made on first use)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msoko.web.settings")
    import django

    django.setup()
    if lacks_migrations():
        migrate()


def lacks_migrations() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    from django.core.management import call_command

    with redirect_stdout(sys.stderr):
        call_command("migrate", verbosity=0, interactive=False)
