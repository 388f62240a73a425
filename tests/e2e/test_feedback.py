"""Feedback through the three real processes: whole dialogues, restarts, and people who talk at once."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from bot.api_client import ApiClient
from bot.service import address, temporary
from knowledge.feedback import TicketStatus, Topic, read_code
from knowledge.store.people import PeopleStore
from trolyso.answer import Answer, Status
from trolyso.settings import Settings

pytestmark = pytest.mark.e2e

STORY = "mạng nhà tôi yếu lắm, gọi tổng đài hoài không ai tới"
TO_STEP = {
    "what": ("tôi muốn góp ý",),
    "field": ("tôi muốn góp ý", STORY),
    "consent": ("tôi muốn góp ý", STORY, "2"),
    "place": ("tôi muốn góp ý", STORY, "2", "đồng ý"),
    "contact": ("tôi muốn góp ý", STORY, "2", "đồng ý", "xã Mỹ Thuận"),
    "review": ("tôi muốn góp ý", STORY, "2", "không"),
}


@dataclass
class Service:
    """A running service and the database that its people's words go to."""

    url: str
    people: PeopleStore
    database: str
    clients: ExitStack

    def talk(self) -> Talk:
        return Talk(self.clients.enter_context(ApiClient(self.url)))


@dataclass
class Talk:
    """One conversation."""

    client: ApiClient
    said: list[Answer] = field(default_factory=list)

    def say(self, *messages: str) -> Answer:
        for message in messages:
            self.said.append(self.client.ask(message))
        return self.said[-1]


@pytest.fixture(scope="module")
def service(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    settings = Settings().model_copy(update={"home": built_home})
    if not any(settings.models_path.glob("*.tar.gz")):
        reason = f"no trained Rasa model in {settings.models_path}: run `make test`"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    database = f"sqlite:///{tmp_path_factory.mktemp('people') / 'people.sqlite3'}"
    own = settings.model_copy(update={"people_database_url": database})
    with PeopleStore.open(database) as people, temporary(own) as running, ExitStack() as clients:
        yield Service(address(running), people, database, clients)


@pytest.fixture(autouse=True)
def no_tickets(service: Service) -> None:
    for ticket in service.people.tickets():
        service.people.delete(ticket.code)


def code_in(answer: Answer) -> str:
    code = read_code(answer.text)
    assert code is not None
    return code


def test_a_whole_feedback_and_what_became_of_it(service: Service) -> None:
    talk = service.talk()
    assert all(
        answer.status is Status.FEEDBACK for answer in (talk.say(message) for message in TO_STEP["contact"])
    )
    summary = talk.say("0912345678")
    assert all(part in summary.text for part in (STORY, "Kết nối", "xã Mỹ Thuận", "0912345678"))
    assert service.people.tickets() == ()
    code = code_in(talk.say("gửi đi em"))
    (ticket,) = service.people.tickets()
    assert (ticket.code, ticket.text, ticket.topic) == (code, STORY, Topic.CONNECTION)
    assert (ticket.place, ticket.contact) == ("xã Mỹ Thuận", "0912345678")

    asked = f"phan anh {code.lower().replace('-', '')} toi dau roi"
    assert "mới tiếp nhận" in service.talk().say(asked).text
    service.people.reply(code, "Đã chuyển nhà mạng kiểm tra.")
    answer = service.talk().say(f"phản ánh {code} tới đâu rồi?")
    assert answer.status is Status.FEEDBACK
    assert "Đã chuyển nhà mạng kiểm tra." in answer.text


def test_a_long_story_is_the_text_and_secrets_are_hidden(service: Service) -> None:
    talk = service.talk()
    story = f"Tôi muốn phản ánh: {STORY}, căn cước của tôi 083190001234"
    talk.say(story, "dich vu cong", "khong", "gui")
    (ticket,) = service.people.tickets()
    assert ticket.text == story.replace("083190001234", "[đã che]")
    assert (ticket.topic, ticket.consented) == (Topic.PUBLIC_SERVICE, False)
    assert (ticket.place, ticket.contact) == ("", "")


@pytest.mark.parametrize("step", TO_STEP)
def test_cancelling_keeps_nothing_at_any_step(service: Service, step: str) -> None:
    talk = service.talk()
    answer = talk.say(*TO_STEP[step], "thôi, không gửi nữa")
    assert answer.status is Status.FEEDBACK
    assert "không giữ" in answer.text
    assert service.people.tickets() == ()
    # The form is closed: a number picks no field, and a new feedback starts from the beginning.
    assert talk.say("ai chủ trì chỉ tiêu OCOP 2024?").status is Status.ANSWERED
    assert "chuyện gì" in talk.say("tôi muốn góp ý").text


@pytest.mark.parametrize("step", TO_STEP)
def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(service: Service, step: str) -> None:
    talk = service.talk()
    pending = talk.say(*TO_STEP[step])
    answer = talk.say("mà OCOP 2024 ai chủ trì?")
    assert answer.status is Status.ANSWERED
    assert "Sở Công Thương" in answer.text
    assert [(c.document, c.row) for c in answer.citations] == [("206/QĐ-UBND", "80")]
    assert answer.suggestions == pending.suggestions
    assert pending.text[-50:] in answer.text
    assert "Dạ không có chi" in talk.say("cảm ơn em").text
    assert talk.said[-1].suggestions == pending.suggestions


def test_the_focus_of_the_dialogue_outlives_a_feedback(service: Service) -> None:
    talk = service.talk()
    talk.say("chỉ tiêu OCOP lên sàn năm 2024 là bao nhiêu?", *TO_STEP["review"], "gửi")
    assert len(service.people.tickets()) == 1
    answer = talk.say("thế còn năm 2023?")
    assert answer.status is Status.ANSWERED
    assert answer.citations[0].document == "54/KH-STTTT"


def test_nothing_unclear_is_consent(service: Service) -> None:
    talk = service.talk()
    talk.say(*TO_STEP["consent"], "ấp 3 xã Mỹ Thuận", "dạ")
    assert "không giữ" in talk.say("à").text or "không giữ" in talk.said[-2].text
    talk.say("gửi")
    (ticket,) = service.people.tickets()
    assert not ticket.consented
    assert "Mỹ Thuận" not in ticket.text + ticket.place + ticket.contact


def test_two_people_do_not_get_in_each_others_way(service: Service) -> None:
    one, other = service.talk(), service.talk()
    steps = zip(
        ("tôi muốn góp ý", STORY, "2", "không", "gửi"),
        ("tui muon phan anh", "trạm y tế xã tôi đóng cửa cả tuần nay", "y tế", "không", "gửi"),
        strict=True,
    )
    for mine, theirs in steps:
        one.say(mine)
        other.say(theirs)
    assert {(t.text, t.topic) for t in service.people.tickets()} == {
        (STORY, Topic.CONNECTION),
        ("trạm y tế xã tôi đóng cửa cả tuần nay", Topic.HEALTH),
    }


def test_outside_of_the_form_short_answers_are_answered(service: Service) -> None:
    for typed in ("ok", "dạ được", "không", "hổng cần", "hủy", "thôi khỏi"):
        answer = service.talk().say(typed)
        assert answer.status in (Status.SMALLTALK, Status.FEEDBACK), typed
        assert answer.citations == ()


@pytest.mark.parametrize(
    "typed", ["phản ánh ABC123 tới đâu rồi?", "phan anh k7qm3xth toi dau roi", "K7QM-3XTH"]
)
def test_an_unknown_code_finds_nothing(service: Service, typed: str) -> None:
    answer = service.talk().say(typed)
    assert answer.status is Status.FEEDBACK
    assert "không thấy phản ánh nào" in answer.text


def test_a_ticket_is_closed_by_staff(service: Service) -> None:
    code = code_in(service.talk().say(*TO_STEP["review"], "gửi"))
    assert service.people.close_ticket(code).status is TicketStatus.CLOSED
    assert "đã đóng" in service.talk().say(f"mã {code} sao rồi").text


def test_what_cannot_be_kept_stays_in_the_form(service: Service) -> None:
    talk = service.talk()
    talk.say(*TO_STEP["review"])
    blocking = sqlite3.connect(service.database.removeprefix("sqlite:///"))
    blocking.execute("BEGIN IMMEDIATE")
    answer = talk.say("gửi")
    blocking.close()
    assert "chưa lưu được" in answer.text
    assert STORY in answer.text
    assert read_code(answer.text) is None
    code = code_in(talk.say("gửi"))
    assert [ticket.code for ticket in service.people.tickets()] == [code]


def test_a_restart_of_the_action_server_loses_nothing(service: Service) -> None:
    talk = service.talk()
    kept = code_in(service.talk().say(*TO_STEP["review"], "gửi"))
    talk.say(*TO_STEP["consent"])
    _restart_action_server(service)
    talk.say("không", "gửi")
    assert len(service.people.tickets()) == 2
    assert "mới tiếp nhận" in service.talk().say(f"phản ánh {kept} tới đâu rồi").text


def _restart_action_server(service: Service) -> None:
    """End the process; its supervisor starts it again."""
    (pid,) = _action_servers(service.database)
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 120
    while _action_servers(service.database) in ([], [pid]) or not _is_ready(service.url):
        assert time.monotonic() < deadline
        time.sleep(0.2)


def _action_servers(database: str) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command, variables = (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()
        except OSError:
            continue
        if re.search(rb"-m\x00actions\x00$", command) and database.encode() in variables:
            found.append(int(folder.name))
    return found


def _is_ready(url: str) -> bool:
    return httpx.get(f"{url}/readyz", trust_env=False).is_success
