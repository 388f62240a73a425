from __future__ import annotations

import json
import logging
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.assistant import Assistant
from actions.dialogue import Dialogue
from actions.feedback.desk import Desk
from actions.message import from_rasa
from actions.question import Kind, Question
from actions.server import AnswerAction, all_actions
from actions.speaking import SLOT
from knowledge.feedback import NewTicket, Topic
from knowledge.store.people import PeopleStore
from tests.actions.talking import Reader
from trolyso.answer import Answer, Status, Trace
from trolyso.settings import ROOT
from vietnamese import normalise

STATE = Dialogue(Question(Kind.INDICATOR, "OCOP", "OCOP", years=(2024,)), "206-qd-ubnd:80").to_json()
SECRET = "số căn cước 086199000123"


def traced(seconds: float) -> Trace:
    return Trace(seconds, "gen-1")


class Broken(Assistant):
    """An assistant that fails on every message."""

    def __init__(self) -> None:
        pass

    def reply(self, message: Any, dialogue: Dialogue) -> Any:
        raise RuntimeError(f"không đọc được {message.typed}")


def parsed(reader: Reader, text: str, intent: str = "ask_indicator") -> dict[str, Any]:
    """What Rasa sends of a message, as JSON gives it."""
    reading = asdict(normalise(text))
    found = [asdict(entity) for entity in reader.entities.read(reading["text"])]
    message = {
        "text": reading["text"],
        "reading": reading,
        "intent": {"name": intent, "confidence": 0.9},
        "entities": found,
    }
    read: dict[str, Any] = json.loads(json.dumps(message))
    return read


def run(assistant: Assistant, message: dict[str, Any], state: Any = None) -> tuple[dict[str, Any], Any]:
    """The payload that is sent, and the value that the slot gets."""
    dispatcher = CollectingDispatcher()
    tracker = Tracker("someone", {SLOT: state}, message, [], False, None, {}, "action_listen")
    with PeopleStore.open("sqlite://") as people:
        events = AnswerAction("action_ask_indicator", assistant, Desk(people), traced).run(
            dispatcher, tracker, {}
        )
    (sent,) = dispatcher.messages
    (event,) = events
    assert sent["text"] is None
    assert (event["event"], event["name"]) == ("slot", SLOT)
    return json.loads(json.dumps(sent["custom"])), json.loads(json.dumps(event["value"]))


def test_the_payload_is_the_answer(assistant: Assistant, reader: Reader) -> None:
    payload, value = run(assistant, parsed(reader, "STT 80 năm 2024 ai chủ trì?"))
    answer = Answer.from_json(payload)
    assert answer.status is Status.ANSWERED
    assert (answer.citations[0].document, answer.citations[0].row) == ("206/QĐ-UBND", "80")
    assert answer.citations[0].date == "2024-01-31"
    assert Dialogue.from_json(value).record == "206-qd-ubnd:80"


def test_the_next_turn_goes_on_from_the_slot(assistant: Assistant, reader: Reader) -> None:
    _, state = run(assistant, parsed(reader, "STT 80 năm 2024"))
    payload, _ = run(assistant, parsed(reader, "còn năm 2023?", "follow_up"), state)
    assert payload["citations"][0]["document"] == "54/KH-STTTT"


@pytest.mark.parametrize("state", [None, {}, [], "rác", 3, {"focus": {"kind": "?"}}, {"record": ["x"]}])
def test_any_slot_value_is_survived(assistant: Assistant, reader: Reader, state: Any) -> None:
    payload, _ = run(assistant, parsed(reader, "STT 80 năm 2024"), state)
    assert payload["status"] == "answered"


def test_a_failure_is_an_honest_sentence_that_keeps_the_state(
    reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    payload, value = run(Broken(), parsed(reader, SECRET), STATE)
    assert payload["status"] == "unknown"
    assert "trục trặc" in payload["text"]
    assert (payload["citations"], payload["suggestions"]) == ([], [])
    assert Dialogue.from_json(value) == Dialogue.from_json(STATE)
    assert "086199000123" not in json.dumps([payload, value])
    assert "answer_failed" in caplog.text


def test_what_a_person_wrote_is_not_logged(
    assistant: Assistant, reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    run(assistant, parsed(reader, SECRET), STATE)
    run(Broken(), parsed(reader, SECRET), STATE)
    assert {record.message for record in caplog.records} >= {"answered", "answer_failed"}
    assert "086199000123" not in repr([vars(record) for record in caplog.records])


def test_the_trace_stands_beside_the_answer(assistant: Assistant, reader: Reader) -> None:
    payload, _ = run(assistant, parsed(reader, "ai chủ trì chỉ tiêu OCOP 2024?"))
    trace = Trace.from_json(payload)
    assert trace
    assert (trace.edition, trace.refused) == ("gen-1", False)
    assert 0 < trace.seconds < 60


@pytest.mark.parametrize("trace", [None, 3, {}, {"seconds": "1", "edition": "g", "refused": False}])
def test_a_trace_that_cannot_be_read_is_none(trace: Any) -> None:
    assert Trace.from_json({"trace": trace}) is None


@pytest.mark.parametrize("message", [{}, {"text": None}, {"text": "STT 80 năm 2024", "intent": None}])
def test_a_message_without_a_reading_does_no_harm(assistant: Assistant, message: dict[str, Any]) -> None:
    payload, _ = run(assistant, message)
    assert payload["text"]


def test_a_fallback_gives_way_to_the_likeliest_intent() -> None:
    ranking = [{"name": "nlu_fallback", "confidence": 0.5}, {"name": "greet", "confidence": 0.3}]
    message = from_rasa({"text": "alo", "intent": ranking[0], "intent_ranking": ranking})
    assert (message.intent, message.confidence) == ("greet", 0.3)
    assert from_rasa({"text": "alo", "intent": ranking[0]}).intent == "nlu_fallback"


def test_the_code_of_a_ticket_is_read_under_any_intent(reader: Reader) -> None:
    with PeopleStore.open("sqlite://") as people:
        code = people.add(NewTicket("mạng yếu", Topic.CONNECTION)).code
        tracker = Tracker(
            "someone", {SLOT: STATE}, parsed(reader, f"mã {code.lower()}"), [], False, None, {}, ""
        )
        reply = AnswerAction("action_ask_indicator", Broken(), Desk(people), traced).reply(tracker)
    assert reply.answer.status is Status.FEEDBACK
    assert code in reply.answer.text
    assert reply.dialogue == Dialogue.from_json(STATE)


def test_the_domain_names_exactly_these_actions(assistant: Assistant) -> None:
    domain = yaml.safe_load(Path(ROOT / "domain.yml").read_text("utf-8"))
    with PeopleStore.open("sqlite://") as people:
        names = [action.name() for action in all_actions(assistant, Desk(people), traced)]
    assert sorted(names) == sorted(domain["actions"])
    assert len(names) == len(set(names))
    assert SLOT in domain["slots"]
