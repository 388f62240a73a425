"""Bring a database up to the tables of this version, with alembic, from code."""

from __future__ import annotations

from dataclasses import dataclass
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

_THREAD_LOCK = Lock()  # alembic keeps the connection that it works on in a global


@dataclass(frozen=True, slots=True)
class Migrations:
    """A folder of alembic scripts, and the table that says how far they were run."""

    scripts: Path
    version_table: str


RECORDS = Migrations(Path(__file__).parent / "migrations", "alembic_version")


def config(connection: Connection | None = None, migrations: Migrations = RECORDS) -> Config:
    """The alembic configuration, with what the `env.py` of the scripts works on."""
    settings = Config(attributes={"connection": connection, "version_table": migrations.version_table})
    settings.set_main_option("script_location", str(migrations.scripts).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    return settings


def migrate(url: str) -> None:
    """Create or upgrade the tables at `url`. Raises `StoreUnavailable` or `StoreSchemaError`."""
    engine = create_store_engine(url)
    try:
        migrate_engine(engine)
    finally:
        engine.dispose()


def migrate_engine(engine: Engine, migrations: Migrations = RECORDS) -> None:
    """Bring one set of tables up to date. Threads and processes may call it at once."""
    head = ScriptDirectory.from_config(config(migrations=migrations)).get_current_head()
    with translated():
        with engine.connect() as connection:
            if _revision(connection, migrations) == head:
                return
        with _THREAD_LOCK, writing(engine) as connection:
            _upgrade(connection, migrations)


def _revision(connection: Connection, migrations: Migrations) -> str | None:
    options = {"version_table": migrations.version_table}
    return MigrationContext.configure(connection, opts=options).get_current_revision()


def _upgrade(connection: Connection, migrations: Migrations) -> None:
    try:
        command.upgrade(config(connection, migrations), "head")
    except CommandError as error:
        raise StoreSchemaError(str(error)) from error
