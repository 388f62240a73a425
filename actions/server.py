"""The action server: Rasa's webhook over the assistant, in one process that holds the index."""

from __future__ import annotations

import time
import traceback
from pathlib import Path
from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.assistant import Assistant
from actions.dialogue import Dialogue
from actions.message import from_rasa
from actions.reply import Reply
from trolyso.answer import Answer, Status

SLOT = "dialogue"
INTENT_ACTIONS = (
    "ask_indicator", "list_indicators", "compare_years", "ask_clause", "ask_document", "follow_up",
    "feedback", "greet", "goodbye", "thanks", "help", "chitchat", "out_of_scope", "fallback",
)  # fmt: skip
_FAILED = "Dạ, em đang gặp trục trặc nên chưa trả lời được. Anh chị thử lại sau ít phút giúp em nhé."
_log = structlog.get_logger(__name__)


class AnswerAction(Action):
    """One Rasa action; all of them ask the same assistant, which reads the intent from the message."""

    def __init__(self, name: str, assistant: Assistant) -> None:
        self._name = name
        self._assistant = assistant

    def name(self) -> str:
        """The name in the domain."""
        return self._name

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Answer the latest message; an error becomes an honest sentence and keeps the state."""
        before = Dialogue.from_json(tracker.get_slot(SLOT))
        reply = self._reply(tracker, before)
        dispatcher.utter_message(json_message=reply.answer.to_json())
        return [SlotSet(SLOT, reply.dialogue.to_json())]

    def _reply(self, tracker: Tracker, before: Dialogue) -> Reply:
        started = time.perf_counter()
        try:
            message = from_rasa(tracker.latest_message)
            reply = self._assistant.reply(message, before)
        except Exception as error:  # noqa: BLE001
            # The SDK's own error body would echo the request; a rendered traceback would log its values.
            _log.error("answer_failed", action=self._name, error=type(error).__name__, at=_places(error))
            return Reply(Answer(Status.UNKNOWN, _FAILED), before)
        elapsed = round(1000 * (time.perf_counter() - started), 1)
        _log.info("answered", intent=message.intent, status=reply.answer.status.value, ms=elapsed)
        return reply


def _places(error: Exception) -> list[str]:
    """Where an error rose, outermost first: file, line and function, without any value."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]


def answer_actions(assistant: Assistant) -> list[AnswerAction]:
    """One action for each intent of the domain."""
    return [AnswerAction(f"action_{intent}", assistant) for intent in INTENT_ACTIONS]
