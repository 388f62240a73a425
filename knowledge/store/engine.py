"""One engine for each of the two databases that the store speaks."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.pool import StaticPool

from knowledge.store.errors import StoreUnavailable, translated

_BUSY_SECONDS = 10
_CONNECT_SECONDS = 5
_CACHE_KIB = 65_536  # SQLite's own 2 MiB hold a fraction of one index of a million rows
_WRITER = 0x76_6C_6B_73  # any number of our own: the key of the one writer on a PostgreSQL server


def create_store_engine(url: str) -> Engine:
    """An engine for a ``sqlite:`` or ``postgresql:`` URL; nothing is connected yet.

    The folder of a SQLite file is created. Raises `StoreUnavailable` for any other URL.
    """
    with translated():
        parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            return _sqlite(parsed)
        case "postgresql":
            options: dict[str, Any] = _json() | {"connect_args": {"connect_timeout": _CONNECT_SECONDS}}
            return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, **options)
        case other:
            raise StoreUnavailable(f"no support for {other!r}; use sqlite or postgresql")


def reading(engine: Engine) -> Engine:
    """The engine for reads: all statements of one transaction see the same state of the store."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ")
    return engine  # a transaction of SQLite is such by itself


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction for the only writer of the moment: others wait. An error takes everything back."""
    # SQLite's lock is taken at the start, where one can wait for it; in the middle one only fails.
    with engine.execution_options(sqlite_begin="BEGIN IMMEDIATE").begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_WRITER)))
        yield connection


def _json() -> dict[str, Any]:
    return {"json_serializer": lambda value: json.dumps(value, ensure_ascii=False)}


def _sqlite(url: URL) -> Engine:
    options: dict[str, Any] = _json() | {
        "connect_args": {"timeout": _BUSY_SECONDS, "check_same_thread": False}
    }
    if url.database in (None, "", ":memory:"):
        options["poolclass"] = StaticPool
    else:
        _make_folder(Path(str(url.database)))
    engine = create_engine(url, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(database: Path) -> None:
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(f"cannot create the folder of {database.name}: {error.strerror}") from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transactions leave out DDL and reads; `_begin_sqlite` opens real ones.
    connection.isolation_level = None
    _keep_a_log(connection)
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")


def _keep_a_log(connection: Any) -> None:
    """Switch to write-ahead logging. SQLite does not wait for others at this statement, so this does."""
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.01)


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))
