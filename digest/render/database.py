"""The tables as one SQLite file, for Datasette and the like."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Table = tuple[str, Sequence[str], Iterable[Mapping[str, Any]]]


def database(tables: Iterable[Table]) -> bytes:
    """A SQLite database with these tables (name, columns, rows), made in memory.

    The same rows give the same bytes with the same version of SQLite: one
    connection, one order, no statistics, no time.
    """
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("PRAGMA page_size = 4096")
        for name, columns, rows in tables:
            fields = ", ".join(f'"{c}"' for c in columns)
            connection.execute(f'CREATE TABLE "{name}" ({fields})')
            marks = ", ".join("?" * len(columns))
            values = ([_plain(row.get(c)) for c in columns] for row in rows)
            connection.executemany(f'INSERT INTO "{name}" ({fields}) VALUES ({marks})', values)
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return value
