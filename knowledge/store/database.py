"""What every set of tables needs: opening at a URL, closing, and a transaction for each call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from types import TracebackType
from typing import Any, ClassVar, Self

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from knowledge.store.engine import create_store_engine, reading, writing
from knowledge.store.errors import StoreError, translated
from knowledge.store.migrate import RECORDS, Migrations, migrate_engine


class Database:
    """One set of tables. Safe to share between threads and processes; each call is one transaction.

    Every method raises a `StoreError` when the database fails.
    """

    _migrations: ClassVar[Migrations] = RECORDS
    #: True for what cannot be had again: it is on the disk when a call returns, and gone when it is deleted.
    _irreplaceable: ClassVar[bool] = False

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # Threads that wait for SQLite's own lock ask for it now and then, and one may never be in luck.
        self._turn = Lock()

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the database at a SQLAlchemy URL (SQLite or PostgreSQL), creating or upgrading its tables."""
        engine = create_store_engine(url)
        if cls._irreplaceable and engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _keep_and_forget_for_good)
        try:
            migrate_engine(engine, cls._migrations)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def close(self) -> None:
        """Give all connections back. It is not used afterwards."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _read(self) -> Iterator[Session]:
        with translated(), Session(reading(self._engine)) as session:
            yield session

    @contextmanager
    def _write(self) -> Iterator[Session]:
        with self._turn, translated(), writing(self._engine) as connection, Session(connection) as session:
            yield session
            session.flush()

    def _clear_log(self) -> None:
        """Have SQLite's log hold nothing any more of what was deleted: it keeps old pages until it is reused.

        Left for the next time while somebody reads.
        """
        if self._engine.dialect.name != "sqlite":
            return
        # In place of BEGIN, since a transaction may not be open.
        clearing = self._engine.execution_options(sqlite_begin="PRAGMA wal_checkpoint(TRUNCATE)")
        with suppress(StoreError), translated(), clearing.begin():
            pass


def _keep_and_forget_for_good(connection: Any, _record: object) -> None:
    # Records can be ingested again, a person's words cannot: a power cut must not take the last one,
    # and what was deleted must not lie on in free pages of the file.
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=ON")
