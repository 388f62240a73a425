"""What all Rasa actions share: the slot of the dialogue, how an answer is sent, and what a failure says."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from trolyso.answer import Answer, Trace
from trolyso.logs import REQUEST

#: The slot that holds `actions.dialogue.Dialogue`.
SLOT = "dialogue"
FAILED = "Dạ, em đang gặp trục trặc nên chưa trả lời được. Anh chị thử lại sau ít phút giúp em nhé."


def say(dispatcher: CollectingDispatcher, answer: Answer, trace: Trace | None = None) -> None:
    """Send an answer whole: as text, Rasa's channel would cut it at blank lines."""
    dispatcher.utter_message(json_message=trace.beside(answer) if trace else answer.to_json())


def take_request(tracker: Tracker) -> None:
    """Let what is logged from here on carry the id of the request that the last message came with."""
    last: dict[str, Any] = next(
        (event for event in reversed(tracker.events) if event.get("event") == "user"), {}
    )
    REQUEST.set(str((last.get("metadata") or {}).get("request") or ""))


def places(error: Exception) -> list[str]:
    """Where an error rose, outermost first: file, line and function, without any value."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
