"""What all Rasa actions share: the slot of the dialogue, how an answer is sent, and what a failure says."""

from __future__ import annotations

import traceback
from pathlib import Path

from rasa_sdk.executor import CollectingDispatcher

from trolyso.answer import Answer

#: The slot that holds `actions.dialogue.Dialogue`.
SLOT = "dialogue"
FAILED = "Dạ, em đang gặp trục trặc nên chưa trả lời được. Anh chị thử lại sau ít phút giúp em nhé."


def say(dispatcher: CollectingDispatcher, answer: Answer) -> None:
    """Send an answer whole: as text, Rasa's channel would cut it at blank lines."""
    dispatcher.utter_message(json_message=answer.to_json())


def places(error: Exception) -> list[str]:
    """Where an error rose, outermost first: file, line and function, without any value."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
