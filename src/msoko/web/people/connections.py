"""What a fresh database connection is told."""

import sqlite3
from typing import Any


def ask_sqlite_for_its_real_limit(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Lets bulk writes use as many parameters as this SQLite takes.

    Django 5.2 assumes 999, the limit of SQLite before 3.32, and would cut 500 schools into ten statements;
    Django 6 asks the connection, as is done here.
    """
    if connection.vendor == "sqlite":
        limit = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        connection.features.max_query_params = limit
