"""Tickets in both databases: kept, answered, closed, forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

from knowledge.feedback import NewTicket, TicketStatus, Topic
from knowledge.store import Store
from knowledge.store.engine import create_store_engine
from knowledge.store.people import PeopleStore, UnknownTicket
from knowledge.store.people.models import PeopleBase

NEW = NewTicket("mạng ở ấp yếu", Topic.CONNECTION, True, "xã Mỹ Thuận", "0912345678")


@pytest.fixture(scope="session")
def postgres_people_url(postgres_url: str) -> str:
    """A database of its own on the server that all tests share."""
    engine = create_engine(_psycopg(postgres_url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE people"))
    engine.dispose()
    return postgres_url.replace("/postgres?", "/people?")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without tickets, once for each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'people.sqlite3'}"
    address: str = request.getfixturevalue("postgres_people_url")
    PeopleStore.open(address).close()
    engine = create_engine(_psycopg(address))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM tickets"))
    engine.dispose()
    return address


def _psycopg(url: str) -> str:
    return url.replace("postgresql:", "postgresql+psycopg:")


@pytest.fixture
def people(url: str) -> Iterator[PeopleStore]:
    with PeopleStore.open(url) as opened:
        yield opened


def test_a_ticket_comes_back_as_it_was_sent(people: PeopleStore, url: str) -> None:
    sent = people.add(NEW)
    assert (sent.text, sent.topic, sent.consented, sent.place, sent.contact) == (
        *("mạng ở ấp yếu", Topic.CONNECTION, True),
        *("xã Mỹ Thuận", "0912345678"),
    )
    assert (sent.status, sent.replies) == (TicketStatus.NEW, ())
    with PeopleStore.open(url) as again:
        assert again.ticket(sent.code) == sent


def test_only_the_exact_code_finds_a_ticket(people: PeopleStore) -> None:
    code = people.add(NEW).code
    for guess in (code.lower(), code[:-1], "%", "", f"{code} ", "' OR 1=1 --", "\0"):
        assert people.ticket(guess) is None


def test_a_code_in_use_is_not_given_twice(people: PeopleStore) -> None:
    taken = people.add(NEW).code
    drawn = iter([taken, taken, "K7QM-3XTH"])
    assert people.add(NEW, lambda: next(drawn)).code == "K7QM-3XTH"


def test_staff_answer_and_close(people: PeopleStore) -> None:
    code = people.add(NEW).code
    first = people.reply(code, " Đã chuyển nhà mạng. ")
    assert first.status is TicketStatus.ANSWERED
    second = people.reply(code, "Đã sửa xong.")
    assert [reply.text for reply in second.replies] == ["Đã chuyển nhà mạng.", "Đã sửa xong."]
    assert second.replies[0].at <= second.replies[1].at
    assert people.close_ticket(code).status is TicketStatus.CLOSED
    assert people.ticket(code) == people.close_ticket(code)


def test_tickets_are_listed_newest_first_and_by_status(people: PeopleStore) -> None:
    codes = [people.add(NEW).code for _ in range(3)]
    people.close_ticket(codes[1])
    assert [ticket.code for ticket in people.tickets()] == codes[::-1]
    assert [ticket.code for ticket in people.tickets(TicketStatus.CLOSED)] == [codes[1]]
    assert [ticket.code for ticket in people.tickets(TicketStatus.NEW)] == [codes[2], codes[0]]


def test_a_deleted_ticket_is_gone_with_its_answers(people: PeopleStore, url: str) -> None:
    code, other = people.add(NEW).code, people.add(NEW).code
    people.reply(code, "Dạ.")
    people.reply(other, "Dạ.")
    people.delete(code)
    assert people.ticket(code) is None
    assert len(people.tickets()) == 1
    engine = create_store_engine(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM ticket_replies")).scalar() == 1
    engine.dispose()


def test_an_unknown_code_is_told(people: PeopleStore) -> None:
    for act in (people.close_ticket, people.delete, lambda code: people.reply(code, "Dạ")):
        with pytest.raises(UnknownTicket, match="XXXX-3333"):
            act("XXXX-3333")


def test_many_may_send_at_once(url: str) -> None:
    def send() -> None:
        with PeopleStore.open(url) as own:
            for _ in range(5):
                own.add(NEW)

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with PeopleStore.open(url) as people:
        assert len({ticket.code for ticket in people.tickets()}) == 20


def test_the_migrations_make_the_tables_of_the_models(url: str) -> None:
    PeopleStore.open(url).close()
    engine = create_store_engine(url)
    with engine.connect() as connection:
        mine = MigrationContext.configure(
            connection,
            opts={
                "version_table": "people_version",
                "include_name": lambda name, kind, _parents: (
                    kind != "table" or name in PeopleBase.metadata.tables
                ),
            },
        )
        assert compare_metadata(mine, PeopleBase.metadata) == []
    engine.dispose()


def test_tickets_and_records_may_share_a_database(url: str) -> None:
    with Store.open(url) as store, PeopleStore.open(url) as people:
        code = people.add(NEW).code
        assert store.documents() == ()
        assert people.ticket(code) is not None


def test_a_deleted_ticket_leaves_no_trace_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "people.sqlite3"
    with PeopleStore.open(f"sqlite:///{path}") as people:
        people.delete(people.add(NEW).code)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert "Mỹ Thuận".encode() not in path.read_bytes()
