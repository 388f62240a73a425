"""Talking to the assistant in a test: entities are read for real, the intent is given."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from actions.assistant import Assistant
from actions.dialogue import Dialogue
from actions.message import Entity, Message
from actions.reply import Reply
from nlu.entities import EntityReader
from vietnamese import normalise


@dataclass(frozen=True)
class Reader:
    """Makes messages as the pipeline does, but for the intent."""

    entities: EntityReader

    def read(self, text: str, intent: str = "ask_indicator") -> Message:
        reading = normalise(text)
        found = self.entities.read(reading.text)
        return Message(
            typed=text,
            text=reading.text,
            folded=reading.folded,
            restored=reading.restored,
            intent=intent,
            confidence=0.9,
            entities=tuple(Entity(e.entity, e.value, e.start, e.end) for e in found),
        )


@dataclass
class Talk:
    """One conversation; its state goes through JSON after each turn, as it does through the slot."""

    assistant: Assistant
    reader: Reader
    state: Dialogue = field(default_factory=Dialogue)

    def say(self, text: str, intent: str = "ask_indicator") -> Reply:
        reply = self.assistant.reply(self.reader.read(text, intent), self.state)
        self.state = Dialogue.from_json(json.loads(json.dumps(reply.dialogue.to_json())))
        assert self.state == reply.dialogue
        return reply


def rows(reply: Reply) -> list[tuple[str, str | None]]:
    """The document and the row of each citation."""
    return [(citation.document, citation.row) for citation in reply.answer.citations]


def sections(reply: Reply) -> list[tuple[str, str | None]]:
    """The document and the clause of each citation."""
    return [(citation.document, citation.section) for citation in reply.answer.citations]


def first_line(reply: Reply) -> str:
    """The sentence that a person reads first."""
    return reply.answer.text.split("\n", 1)[0]
