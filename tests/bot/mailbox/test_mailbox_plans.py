"""The databases answer every call from an index, however much was done before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert

from bot.mailbox import Mailbox, ParcelState
from bot.mailbox.models import MenuRow, MessageRow, OfferRow, ParcelRow, SenderRow
from knowledge.store.engine import create_store_engine
from tests.bot.mailbox.samples import HOME, NOW, ZALO, deliver, first, menu, message, parcel
from trolyso.answer import Status

PAST = 3000  # of each kind, all done

# Rows that are done are not in these, so going through one costs what is to be done and no more.
_SHORT = re.compile(r"SCAN mail_\w+ USING (COVERING )?INDEX ix_mail_\w+_open")
_SCAN = re.compile(r"SCAN mail_|Seq Scan on mail_")


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """A mailbox with a long past."""
    made = create_store_engine(url)
    with made.begin() as connection:
        for kind, row in _PAST:
            connection.execute(insert(kind), [row(n) for n in range(1, PAST + 1)])
    with made.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        if made.dialect.name == "postgresql":
            connection.exec_driver_sql("VACUUM ANALYZE")
    yield made
    made.dispose()


def _message(n: int) -> dict[str, Any]:
    at = NOW - timedelta(hours=n)
    return {"key": f"k{n}", "channel": "telegram", "position": n, "created": at, "ended": at}


def _parcel(n: int) -> dict[str, Any]:
    at = NOW - timedelta(hours=n)
    counted = {"state": ParcelState.SENT, "attempts": 1, "repeats": 0, "reason": ""}
    return {"key": f"k{n}", "channel": "telegram", "created": at, "not_before": at, "ended": at, **counted}


def _menu(n: int) -> dict[str, Any]:
    at = NOW - timedelta(hours=n)
    return {"id": -n, "conversation": f"c{n}", "status": Status.CLARIFY, "created": at}


def _offer(n: int) -> dict[str, Any]:
    return {"id": f"past{n}", "menu": -n, "number": 1, "title": "Một", "message": "một"}


def _sender(n: int) -> dict[str, Any]:
    return {"conversation": f"c{n}", "name": f"chat-{n}", "used": NOW - timedelta(hours=n)}


_PAST = (
    (MessageRow, _message),
    (ParcelRow, _parcel),
    (MenuRow, _menu),
    (OfferRow, _offer),
    (SenderRow, _sender),
)


def use(mailbox: Mailbox) -> None:
    """Every call of the mailbox."""
    mine = HOME.conversation
    for n in range(3):
        mailbox.receive(message(f"n{n}", n))
        mailbox.receive(message(f"z{n}", n, ZALO))
    mailbox.receive(message("n1", 1))
    mailbox.sender(mine)
    mailbox.next_message(mine)
    mailbox.enqueue("n0", [parcel()])
    mailbox.answer("n0", [parcel(), parcel(), parcel(), parcel()], menu("o1", "o2"), NOW)
    mailbox.waiting()
    id_ = first(mailbox).id
    mailbox.sending(id_)
    mailbox.repeat(id_)
    mailbox.later(id_, NOW)
    mailbox.bury(id_, "refused", instead=parcel())
    mailbox.bury(id_, "refused")
    deliver(mailbox)
    mailbox.offer(mine, "o2", NOW)
    mailbox.menu(mine, NOW)
    mailbox.counts()
    mailbox.forget(mine)
    mailbox.purge(NOW - timedelta(hours=PAST - 20))


def test_no_call_goes_through_what_is_done(url: str, engine: Engine) -> None:
    statements: dict[str, Any] = {}

    def note(_c: object, _u: object, sql: str, values: Any, *_rest: object) -> None:
        if sql.startswith(("SELECT", "UPDATE mail", "DELETE FROM mail")) and "mail_" in sql:
            statements[sql] = values

    with Mailbox.open(url) as mailbox:
        event.listen(Engine, "before_cursor_execute", note)
        use(mailbox)
        event.remove(Engine, "before_cursor_execute", note)
        assert mailbox.counts().of("telegram").sent > 100
    assert len(statements) > 20
    scans = {
        line: sql
        for sql, values in statements.items()
        for line in plan(engine, sql, values)
        if _SCAN.search(line) and not _SHORT.search(line)
    }
    assert scans == {}


def plan(engine: Engine, sql: str, values: Any) -> list[str]:
    explain = "EXPLAIN" if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"{explain} {sql}", values).all()
    return [str(row[-1]) for row in rows]
