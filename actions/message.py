"""A person's message as Rasa understood it: intents, entities and the normalised reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_FALLBACK = "nlu_fallback"


@dataclass(frozen=True, slots=True)
class Entity:
    """A closed-set mention; offsets point into the normalised text."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of the person.

    `typed` is what arrived, `text` its normalised, accented form, `folded` that without accents,
    `restored` True when accents had to be guessed; `shares` are the probabilities of the intents;
    `denies` True when it takes the last answer back.
    """

    typed: str
    text: str
    folded: str
    restored: bool
    intent: str
    confidence: float
    entities: tuple[Entity, ...]
    shares: Mapping[str, float] = field(default_factory=dict)
    denies: bool = False

    def values(self, kind: str) -> tuple[str, ...]:
        """The distinct values of one kind of entity, in the order of the message."""
        return tuple(dict.fromkeys(entity.value for entity in self.entities if entity.kind == kind))

    def value(self, kind: str) -> str | None:
        """The first value of one kind of entity."""
        return next(iter(self.values(kind)), None)


def from_rasa(parsed: Mapping[str, Any]) -> Message:
    """Read a tracker's ``latest_message``; a message without a reading is taken as typed."""
    typed = str(parsed.get("text") or "")
    reading = parsed.get("reading") or {}
    intent = _intent(parsed)
    return Message(
        typed=str(reading.get("original") or typed),
        text=str(reading.get("text") or typed),
        folded=str(reading.get("folded") or typed.lower()),
        restored=bool(reading.get("restored")),
        intent=str(intent.get("name") or ""),
        confidence=float(intent.get("confidence") or 0.0),
        entities=tuple(_entity(raw) for raw in parsed.get("entities") or ()),
        shares={
            str(raw["name"]): float(raw["confidence"])
            for raw in parsed.get("intent_ranking") or ()
            if raw["name"] != _FALLBACK
        },
    )


def _intent(parsed: Mapping[str, Any]) -> Mapping[str, Any]:
    """The likeliest real intent: a fallback stands before it in the ranking."""
    intent = parsed.get("intent") or {}
    if intent.get("name") != _FALLBACK:
        return intent
    return next((i for i in parsed.get("intent_ranking") or () if i.get("name") != _FALLBACK), intent)


def _entity(raw: Mapping[str, Any]) -> Entity:
    return Entity(str(raw["entity"]), str(raw["value"]), int(raw.get("start") or 0), int(raw.get("end") or 0))
