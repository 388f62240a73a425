"""Stores to test on: a SQLite file and a PostgreSQL server, each emptied before every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from knowledge.store import Store, migrate


@pytest.fixture(scope="session")
def postgres_store_url(postgres_url: str) -> str:
    """The server's database, with the tables of the store."""
    migrate(postgres_url)
    return postgres_url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables of the store, to be copied."""
    path = tmp_path_factory.mktemp("template") / "store.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty store, once for each database."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        return f"sqlite:///{shutil.copy(template, tmp_path)}"
    url: str = request.getfixturevalue("postgres_store_url")
    empty(url)
    return url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store, once for each database."""
    with Store.open(store_url) as opened:
        yield opened


def empty(url: str) -> None:
    """Delete all records of a PostgreSQL store."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        # All other tables follow by their foreign keys; faster than TRUNCATE for a few rows.
        for table in ("documents", "agencies", "guides", "ingestions"):
            connection.execute(text(f"DELETE FROM {table}"))
    engine.dispose()
