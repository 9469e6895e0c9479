"""The tables as one SQLite file, for Datasette and the like."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple


class Field(NamedTuple):
    """A column: its type in SQLite, whether it is the key, the table whose `id` it holds."""

    name: str
    type: str
    key: bool = False
    refers: str = ""


Table = tuple[str, Sequence[Field], Iterable[Mapping[str, Any]]]


def database(tables: Iterable[Table]) -> bytes:
    """A SQLite database with these tables (name, columns, rows), made in memory.

    What refers to another table is a foreign key with an index, so that
    Datasette links it. The same rows give the same bytes with the same
    version of SQLite: one connection, one order, no statistics, no time.
    """
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("PRAGMA page_size = 4096")
        for name, fields, rows in tables:
            connection.execute(f'CREATE TABLE "{name}" ({", ".join(map(_declared, fields))})')
            names = ", ".join(f'"{f.name}"' for f in fields)
            marks = ", ".join("?" * len(fields))
            values = ([_plain(row.get(f.name)) for f in fields] for row in rows)
            connection.executemany(f'INSERT INTO "{name}" ({names}) VALUES ({marks})', values)
            for f in fields:
                if f.refers:
                    connection.execute(f'CREATE INDEX "{name}_{f.name}" ON "{name}" ("{f.name}")')
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _declared(f: Field) -> str:
    key = " PRIMARY KEY" if f.key else ""
    return f'"{f.name}" {f.type}{key}' + (f' REFERENCES "{f.refers}" ("id")' if f.refers else "")


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return value
