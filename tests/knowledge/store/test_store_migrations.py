"""Migrations make exactly the tables of the models, from empty, down and up, for several at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Engine, inspect, text

from knowledge.store import Store, StoreSchemaError, migrate
from knowledge.store.engine import create_store_engine
from knowledge.store.migrate import config
from knowledge.store.models import Base


@pytest.fixture
def engine(store_url: str) -> Iterator[Engine]:
    """A database with all migrations done; left as such whatever the test does to it."""
    migrate(store_url)
    made = create_store_engine(store_url)
    yield made
    with made.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        Base.metadata.drop_all(connection)
    made.dispose()
    migrate(store_url)


def test_migrated_tables_are_those_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrated_checks_are_those_of_the_models(engine: Engine) -> None:
    # Alembic's comparison passes over check constraints.
    for table in Base.metadata.tables.values():
        named = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        assert {check["name"] for check in inspect(engine).get_check_constraints(table.name)} == named


def test_down_to_nothing_and_up_again(engine: Engine, store_url: str) -> None:
    with engine.begin() as connection:
        command.downgrade(config(connection), "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    migrate(store_url)
    assert set(inspect(engine).get_table_names()) == {"alembic_version", *Base.metadata.tables}


def test_migrating_twice_changes_nothing(engine: Engine, store_url: str) -> None:
    before = inspect(engine).get_table_names()
    migrate(store_url)
    assert inspect(engine).get_table_names() == before


def test_a_store_of_a_newer_version_is_refused(engine: Engine, store_url: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreSchemaError, match="9999"):
        Store.open(store_url)


def test_several_may_open_a_new_store_at_once(engine: Engine, store_url: str) -> None:
    with engine.begin() as connection:
        command.downgrade(config(connection), "base")

    def open_and_read(_: int) -> int:
        with Store.open(store_url) as store:
            return len(store.documents())

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(open_and_read, range(6))) == [0] * 6


def test_several_may_create_the_same_file_at_once(tmp_path: Path) -> None:
    def open_and_read(n: int) -> int:
        with Store.open(f"sqlite:///{tmp_path / str(n // 6)}") as store:
            return len(store.documents())

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(open_and_read, range(24))) == [0] * 24
