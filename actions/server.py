"""The action server: Rasa's webhook over the assistant, in one process that holds the index."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue import Dialogue
from actions.feedback.desk import Desk
from actions.feedback.rasa_form import feedback_actions
from actions.message import from_rasa
from actions.remembering import Replying
from actions.reply import Reply
from actions.speaking import FAILED, SLOT, places, say, take_request
from knowledge.feedback import read_code
from trolyso.answer import Answer, Status, Trace

INTENT_ACTIONS = (
    "ask_indicator", "list_indicators", "compare_years", "ask_clause", "ask_document", "ask_guide",
    "follow_up", "greet", "goodbye", "thanks", "help", "affirm", "deny", "cancel",
    "chitchat", "out_of_scope", "fallback",
)  # fmt: skip
_log = logging.getLogger(__name__)
Traced = Callable[[float], Trace]
"""Makes the trace of an answer from the seconds it took."""


class AnswerAction(Action):
    """One Rasa action; all of them ask the same assistant, which reads the intent from the message."""

    def __init__(self, name: str, assistant: Replying, desk: Desk, traced: Traced) -> None:
        self._name = name
        self._traced = traced
        self._assistant = assistant
        self._desk = desk

    def name(self) -> str:
        """The name in the domain."""
        return self._name

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Answer the latest message; an error becomes an honest sentence and keeps the state."""
        started = time.perf_counter()
        reply = self.reply(tracker)
        say(dispatcher, reply.answer, self._traced(time.perf_counter() - started))
        return [SlotSet(SLOT, reply.dialogue.to_json())]

    def reply(self, tracker: Tracker) -> Reply:
        """The reply to the tracker's message."""
        started = time.perf_counter()
        take_request(tracker)
        before = Dialogue.from_json(tracker.get_slot(SLOT))
        try:
            message = from_rasa(tracker.latest_message)
            # The code of a ticket says what is meant, whatever the words around it sound like.
            if read_code(message.typed):
                reply = Reply(self._desk.state(message.typed), before)
            else:
                reply = self._assistant.reply(message, before)
        except Exception as error:  # noqa: BLE001
            # The SDK's own error body would echo the request; a rendered traceback would log its values.
            told = {"action": self._name, "error": type(error).__name__, "at": places(error)}
            _log.error("answer_failed", extra=told)
            return Reply(Answer(Status.UNKNOWN, FAILED), before)
        elapsed = round(1000 * (time.perf_counter() - started), 1)
        status = reply.answer.status.value
        _log.info("answered", extra={"intent": message.intent, "status": status, "ms": elapsed})
        return reply


def all_actions(assistant: Replying, desk: Desk, traced: Traced) -> list[Action]:
    """Every action of the domain: one for each intent, and those of the feedback form."""
    answering = [AnswerAction(f"action_{intent}", assistant, desk, traced) for intent in INTENT_ACTIONS]
    aside = AnswerAction("aside", assistant, desk, traced)
    return [*answering, *feedback_actions(aside.reply, desk)]
