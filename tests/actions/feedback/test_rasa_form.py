"""The form's Rasa actions over a real database: what they say, what they keep, and how they fail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue import Dialogue
from actions.feedback.desk import Desk
from actions.feedback.draft import Draft, End
from actions.feedback.rasa_form import EndFeedback, FeedbackStatus, ValidateFeedback
from actions.reply import Reply
from actions.speaking import SLOT
from knowledge.feedback import NewTicket, Topic
from knowledge.store import StoreUnavailable
from knowledge.store.people import PeopleStore
from tests.actions.talking import Reader
from tests.actions.test_server import parsed
from trolyso.answer import Answer, Status

READY = Draft("mạng yếu cả tháng nay", Topic.CONNECTION, consent=False, review=True)
OPENED = {"event": "active_loop", "name": "feedback_form"}
USER = {"event": "user"}
DOMAIN = {"forms": {"feedback_form": {"required_slots": ["feedback_what"]}}}


@pytest.fixture
def people() -> Iterator[PeopleStore]:
    with PeopleStore.open("sqlite://") as opened:
        yield opened


def answering(_tracker: Tracker) -> Reply:
    return Reply(Answer(Status.ANSWERED, "Sở Công Thương."), Dialogue(record="206-qd-ubnd:80"))


def tracker(draft: Draft, message: dict[str, Any], *events: dict[str, Any]) -> Tracker:
    slots = {SLOT: None, "requested_slot": None, **draft.to_slots()}
    return Tracker("someone", slots, message, [USER, *events], False, None, {}, "feedback_form")


def values(events: list[Any]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


class BrokenPeople(PeopleStore):
    """A database that is not there."""

    def __init__(self) -> None:
        pass

    def add(self, new: NewTicket, draw: Any = None) -> Any:
        raise StoreUnavailable("database is locked")

    def ticket(self, code: str) -> Any:
        raise StoreUnavailable("database is locked")


async def test_an_old_draft_does_not_count_when_the_form_opens(people: PeopleStore, reader: Reader) -> None:
    asked = tracker(READY, parsed(reader, "tôi muốn góp ý", "feedback"), OPENED)
    events = await ValidateFeedback(answering, Desk(people)).run(CollectingDispatcher(), asked, DOMAIN)
    assert values(events)["feedback_what"] is None
    assert values(events)["requested_slot"] == "feedback_what"


async def test_a_message_is_read_once(people: PeopleStore, reader: Reader) -> None:
    said = parsed(reader, "mạng nhà tôi yếu quá trời")
    after = {"event": "action", "name": "action_feedback"}
    events = await ValidateFeedback(answering, Desk(people)).run(
        CollectingDispatcher(), tracker(Draft(), said, after), {}
    )
    assert values(events)["feedback_what"] is None


async def test_a_failure_keeps_the_draft_and_says_so(
    people: PeopleStore, reader: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_tracker: Tracker) -> Reply:
        raise RuntimeError("086199000123")

    dispatcher = CollectingDispatcher()
    draft = Draft(what="mạng yếu cả tháng")
    asked = tracker(draft, parsed(reader, "mà OCOP 2024 ai chủ trì?"))
    events = await ValidateFeedback(broken, Desk(people)).run(dispatcher, asked, DOMAIN)
    assert values(events) == draft.to_slots()
    assert "trục trặc" in dispatcher.messages[0]["custom"]["text"]
    assert "086199000123" not in capsys.readouterr().out


async def test_a_question_moves_the_focus_and_nothing_else(people: PeopleStore, reader: Reader) -> None:
    dispatcher = CollectingDispatcher()
    asked = tracker(Draft(what="mạng yếu cả tháng"), parsed(reader, "mà OCOP 2024 ai chủ trì?"))
    events = await ValidateFeedback(answering, Desk(people)).run(dispatcher, asked, DOMAIN)
    assert dispatcher.messages[0]["custom"]["text"] == "Sở Công Thương."
    assert values(events)[SLOT]["record"] == "206-qd-ubnd:80"
    assert values(events)["requested_slot"] == "feedback_field"


def test_a_ticket_is_kept_before_its_code_is_said(people: PeopleStore, reader: Reader) -> None:
    dispatcher = CollectingDispatcher()
    events = EndFeedback(answering, Desk(people)).run(dispatcher, tracker(READY, parsed(reader, "gửi")), {})
    (ticket,) = people.tickets()
    text = dispatcher.messages[0]["custom"]["text"]
    assert ticket.code in text
    assert "dichvucong.gov.vn" in text
    assert values(events) == Draft().to_slots()
    assert SLOT not in values(events)


def test_what_cannot_be_kept_is_not_promised(reader: Reader) -> None:
    dispatcher = CollectingDispatcher()
    end = EndFeedback(answering, Desk(BrokenPeople()))
    events = end.run(dispatcher, tracker(READY, parsed(reader, "gửi")), {})
    assert "chưa lưu được" in dispatcher.messages[0]["custom"]["text"]
    assert values(events) == READY.but(review=None).to_slots()
    assert events[-1] == {"event": "active_loop", "timestamp": None, "name": "feedback_form"}


def test_a_cancelled_draft_is_forgotten(people: PeopleStore, reader: Reader) -> None:
    dispatcher = CollectingDispatcher()
    ended = tracker(Draft(end=End.CANCELLED), parsed(reader, "hủy"))
    events = EndFeedback(answering, Desk(people)).run(dispatcher, ended, {})
    assert people.tickets() == ()
    assert "không giữ" in dispatcher.messages[0]["custom"]["text"]
    assert values(events) == Draft().to_slots()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("phản ánh ABC123 tới đâu rồi?", "không thấy phản ánh nào có mã ABC123"),
        ("phản ánh k7qm3xth tới đâu rồi", "không thấy phản ánh nào có mã K7QM-3XTH"),
        ("phản ánh của tôi tới đâu rồi", "nhắn giúp em mã"),
        ("STT 80 năm 2024 tới đâu rồi", "Sở Công Thương."),
    ],
)
def test_a_status_without_a_ticket(people: PeopleStore, reader: Reader, typed: str, said: str) -> None:
    people.add(NewTicket("mạng yếu", Topic.CONNECTION))
    dispatcher = CollectingDispatcher()
    FeedbackStatus(answering, Desk(people)).run(dispatcher, tracker(Draft(), parsed(reader, typed)), {})
    assert said in dispatcher.messages[0]["custom"]["text"]


def test_a_status_tells_the_answer_of_the_staff(people: PeopleStore, reader: Reader) -> None:
    code = people.add(NewTicket("mạng yếu", Topic.CONNECTION)).code
    people.reply(code, "Đã chuyển nhà mạng.")
    for typed in (f"phản ánh {code} tới đâu rồi", f"phan anh {code.lower().replace('-', '')} toi dau roi"):
        dispatcher = CollectingDispatcher()
        FeedbackStatus(answering, Desk(people)).run(dispatcher, tracker(Draft(), parsed(reader, typed)), {})
        payload = dispatcher.messages[0]["custom"]
        assert payload["status"] == "feedback"
        assert "Đã chuyển nhà mạng." in payload["text"]
        assert "đã có trả lời" in payload["text"]
        assert "mạng yếu" not in payload["text"]


def test_a_database_that_is_gone_is_told(reader: Reader) -> None:
    dispatcher = CollectingDispatcher()
    asked = tracker(Draft(), parsed(reader, "phản ánh K7QM-3XTH tới đâu rồi"))
    assert FeedbackStatus(answering, Desk(BrokenPeople())).run(dispatcher, asked, {}) == []
    assert "trục trặc" in dispatcher.messages[0]["custom"]["text"]
