"""Bring a database up to the tables of this version, with alembic, from code."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from knowledge.store.engine import create_store_engine, writing
from knowledge.store.errors import StoreSchemaError, translated

SCRIPTS = Path(__file__).parent / "migrations"
_THREAD_LOCK = Lock()  # alembic keeps the connection that it works on in a global


def config(connection: Connection | None = None) -> Config:
    """The alembic configuration, with the connection that `migrations/env.py` works on."""
    settings = Config(attributes={"connection": connection})
    settings.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    return settings


def migrate(url: str) -> None:
    """Create or upgrade the tables at `url`. Raises `StoreUnavailable` or `StoreSchemaError`."""
    engine = create_store_engine(url)
    try:
        migrate_engine(engine)
    finally:
        engine.dispose()


def migrate_engine(engine: Engine) -> None:
    """Like `migrate`, on an engine that is there. Threads and processes may call it at once."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    with translated():
        with engine.connect() as connection:
            if MigrationContext.configure(connection).get_current_revision() == head:
                return
        with _THREAD_LOCK, writing(engine) as connection:
            _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    try:
        command.upgrade(config(connection), "head")
    except CommandError as error:
        raise StoreSchemaError(str(error)) from error
