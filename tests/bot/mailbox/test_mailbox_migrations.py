"""Migrations make exactly the tables of the models, beside those of people's words and of the records."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, text

from bot.mailbox import Mailbox
from bot.mailbox.mailbox import MIGRATIONS
from bot.mailbox.models import MailBase
from knowledge.feedback import NewTicket, Topic
from knowledge.store import Store, StoreSchemaError
from knowledge.store.engine import create_store_engine
from knowledge.store.migrate import config
from knowledge.store.people import PeopleStore
from tests.bot.mailbox.samples import HOME, message

TABLES = MailBase.metadata.tables


def test_migrated_tables_are_those_of_the_models(url: str) -> None:
    engine = create_store_engine(url)
    options = {
        "version_table": MIGRATIONS.version_table,
        "compare_type": True,
        "include_name": lambda name, kind, _parents: kind != "table" or name in TABLES,
    }
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), MailBase.metadata) == []
    # Alembic's comparison passes over check constraints and the conditions of indexes.
    for table in TABLES.values():
        named = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        assert {check["name"] for check in inspect(engine).get_check_constraints(table.name)} == named
    made = {
        index["name"]: f"{index['dialect_options'][f'{engine.dialect.name}_where']}".strip("()")
        for table in TABLES
        for index in inspect(engine).get_indexes(table)
        if f"{engine.dialect.name}_where" in index.get("dialect_options", {})
    }
    assert made == dict.fromkeys(("ix_mail_messages_open", "ix_mail_parcels_open"), "ended IS NULL")
    engine.dispose()


def test_down_to_nothing_and_up_again(url: str) -> None:
    engine = create_store_engine(url)
    with engine.begin() as connection:
        command.downgrade(config(connection, MIGRATIONS), "base")
    assert TABLES.keys() & set(inspect(engine).get_table_names()) == set()
    engine.dispose()
    with Mailbox.open(url) as mailbox:
        assert mailbox.receive(message("1"))


def test_mail_tickets_and_records_may_share_a_database(url: str) -> None:
    with Store.open(url) as store, PeopleStore.open(url) as people, Mailbox.open(url) as mailbox:
        mailbox.receive(message("1"))
        code = people.add(NewTicket("mạng yếu", Topic.CONNECTION, True, "", "")).code
        assert store.documents() == ()
        assert people.ticket(code) is not None
        assert mailbox.waiting() == (HOME.conversation,)
        people.delete(code)


def test_a_mailbox_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'people.sqlite3'}"
    Mailbox.open(url).close()
    engine = create_store_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE mailbox_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreSchemaError, match="9999"):
        Mailbox.open(url)


def test_several_may_create_the_same_file_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'people.sqlite3'}"

    def open_and_write(n: int) -> bool:
        with Mailbox.open(url) as mailbox:
            return mailbox.receive(message(str(n)))

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(open_and_write, range(6)))
