"""What a conversation remembers: the focus, what was shown, and what is waiting for a choice.

It lives in one Rasa slot as plain JSON, so that any action server can go on with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from actions.question import Field, Kind, Question
from knowledge.records import Pillar, Role

_REMEMBERED = 10
_NUMBERS = ("years", "horizons")
_TEXTS = ("subject", "typed", "row", "unheld")
_LIMITS = ("bounds", "shapes", "blanks", "changes")
_LISTS = ("agencies", "documents", "values", "asks", "meta", "things", "references", *_LIMITS)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a clarification or one item of a list that was shown."""

    title: str
    record: str


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The state between two turns.

    `focus` is the last question that was answered, `record` the record that answered it,
    `options` what can be picked by number, `pending` True when a clarification is open, `offset`
    how far a list has been shown, `history` the records that were answered, the last one last.
    """

    focus: Question | None = None
    record: str | None = None
    options: tuple[Option, ...] = ()
    pending: bool = False
    offset: int = 0
    history: tuple[str, ...] = ()

    def followed_by(self, after: Dialogue) -> Dialogue:
        """The state after a turn, with what was spoken of until then."""
        history = self.history
        if after.record and (not history or history[-1] != after.record):
            history = (*history, after.record)
        # The first one is kept: people go back to it by that name.
        return replace(after, history=(*history[:1], *history[1:][-_REMEMBERED:]))

    def to_json(self) -> dict[str, Any]:
        """Plain values for the slot; how the intent was guessed is not remembered."""
        focus = self.focus.but(shares={}) if self.focus else None
        return asdict(replace(self, focus=focus))

    @classmethod
    def from_json(cls, raw: Mapping[str, Any] | None) -> Dialogue:
        """Read the slot; what an older version wrote and is not understood starts afresh."""
        if not isinstance(raw, Mapping):
            return cls()
        try:
            return cls(
                _question(raw["focus"]) if raw.get("focus") else None,
                _text(raw["record"]) if raw.get("record") else None,
                tuple(Option(_text(item["title"]), _text(item["record"])) for item in raw.get("options", ())),
                bool(raw.get("pending")),
                max(int(raw.get("offset", 0)), 0),
                tuple(_text(name) for name in raw.get("history", ())),
            )
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
            return cls()


def _question(raw: Mapping[str, Any]) -> Question:
    read: dict[str, Any] = {
        **raw,
        **{name: tuple(int(value) for value in raw.get(name) or ()) for name in _NUMBERS},
        **{name: tuple(_text(value) for value in raw.get(name) or ()) for name in _LISTS},
        **{name: _text(raw[name]) for name in _TEXTS if raw.get(name) is not None},
        "kind": Kind(raw["kind"]),
        "field": Field(raw["field"]),
        "role": Role(raw["role"]) if raw.get("role") else None,
        "pillar": Pillar(raw["pillar"]) if raw.get("pillar") else None,
    }
    return Question(**read)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value
