"""Mailboxes to test on: a SQLite file and a PostgreSQL server, each emptied before every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.mailbox import Mailbox
from bot.mailbox.models import MailBase


@pytest.fixture(scope="session")
def postgres_mailbox_url(postgres_url: str) -> str:
    """A database of its own on the server that all tests share, with the tables of the mailbox."""
    engine = create_engine(_psycopg(postgres_url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE mailbox"))
    engine.dispose()
    url = postgres_url.replace("/postgres?", "/mailbox?")
    Mailbox.open(url).close()
    return url


@pytest.fixture(scope="session")
def sqlite_mailbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables of the mailbox, to be copied."""
    path = tmp_path_factory.mktemp("template") / "people.sqlite3"
    Mailbox.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty mailbox, once for each kind of database."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_mailbox")
        return f"sqlite:///{shutil.copy(template, tmp_path)}"
    address: str = request.getfixturevalue("postgres_mailbox_url")
    engine = create_engine(_psycopg(address))
    with engine.begin() as connection:
        for table in reversed(MailBase.metadata.sorted_tables):
            connection.execute(table.delete())
    engine.dispose()
    return address


@pytest.fixture
def mailbox(url: str) -> Iterator[Mailbox]:
    with Mailbox.open(url) as opened:
        yield opened


def _psycopg(url: str) -> str:
    return url.replace("postgresql:", "postgresql+psycopg:")
