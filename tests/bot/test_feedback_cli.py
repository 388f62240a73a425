"""``trolyso feedback``: what staff see and do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import _told, app
from knowledge.feedback import NewTicket, TicketStatus, Topic
from knowledge.store.people import PeopleStore, UnknownTicket
from trolyso.settings import settings

NEW = NewTicket("mạng ở ấp yếu", Topic.CONNECTION, True, "xã Mỹ Thuận", "0912345678")


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PeopleStore]:
    """The database that the command works on."""
    url = f"sqlite:///{tmp_path / 'people.sqlite3'}"
    monkeypatch.setenv("TROLYSO_PEOPLE_DATABASE_URL", url)
    settings.cache_clear()
    with PeopleStore.open(url) as opened:
        yield opened
    settings.cache_clear()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["feedback", *arguments])


def test_an_empty_list_says_so(people: PeopleStore) -> None:
    assert "Không có phản ánh nào" in run("list").output
    assert json.loads(run("list", "--json").output) == []


def test_staff_read_answer_close_and_delete(people: PeopleStore) -> None:
    code = people.add(NEW).code
    assert code in run("list").output
    shown = run("show", code.lower().replace("-", "")).output
    assert "mạng ở ấp yếu" in shown
    assert "0912345678" in shown
    assert run("reply", code, "Đã chuyển nhà mạng.").exit_code == 0
    assert json.loads(run("show", code, "--json").output)["replies"][0]["text"] == "Đã chuyển nhà mạng."
    assert code in run("list", "--status", "answered").output
    assert code not in run("list", "--status", "new").output
    assert run("close", code).exit_code == 0
    ticket = people.ticket(code)
    assert ticket is not None
    assert ticket.status is TicketStatus.CLOSED
    assert run("delete", code).exit_code == 0
    assert people.tickets() == ()


def test_what_was_not_consented_to_is_told(people: PeopleStore) -> None:
    code = people.add(NewTicket("mạng yếu", Topic.CONNECTION)).code
    assert "không đồng ý" in run("show", code).output


@pytest.mark.parametrize(
    "arguments", [("show", "XXXX-3333"), ("reply", "abc", "Dạ"), ("close", "abc"), ("delete", "abc")]
)
def test_an_unknown_code_is_one_line(people: PeopleStore, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert isinstance(done.exception, UnknownTicket)
    assert arguments[1] in (_told(done.exception) or "")


@pytest.mark.parametrize("arguments", [("list", "--status", "?"), ("reply", "XXXX-3333", "  ")])
def test_a_wrong_argument_is_refused(people: PeopleStore, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2
