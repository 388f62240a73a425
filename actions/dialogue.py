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
_LISTS_REMEMBERED = 4
_NUMBERS = ("years", "horizons")
_TEXTS = ("subject", "wider", "typed", "row", "unheld", "rejected")
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
    how far a list has been shown, `history` the records that were answered, the last one last, `lists` the
    questions whose lists were shown.
    """

    focus: Question | None = None
    record: str | None = None
    options: tuple[Option, ...] = ()
    pending: bool = False
    offset: int = 0
    history: tuple[str, ...] = ()
    lists: tuple[Question, ...] = ()

    def followed_by(self, after: Dialogue) -> Dialogue:
        """The state after a turn, with what was spoken of until then."""
        history = self.history
        # Of what was offered the first is the likeliest one to be gone back to.
        spoken = after.record or (after.options[0].record if after.pending and after.options else None)
        if spoken and (not history or history[-1] != spoken):
            history = (*history, spoken)
        lists = self.lists
        if after.focus and after.offset and after.record is None and after.focus not in lists[-1:]:
            lists = (*lists, after.focus)[-_LISTS_REMEMBERED:]
        # The first one is kept: people go back to it by that name.
        return replace(after, history=(*history[:1], *history[1:][-_REMEMBERED:]), lists=lists)

    def to_json(self) -> dict[str, Any]:
        """Plain values for the slot; how the intent was guessed is not remembered."""
        plain = asdict(replace(self, focus=None, lists=()))
        focus = _plain(self.focus) if self.focus else None
        return {**plain, "focus": focus, "lists": [_plain(question) for question in self.lists]}

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
                tuple(_question(question) for question in raw.get("lists", ())),
            )
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
            return cls()


def _plain(question: Question) -> dict[str, Any]:
    """A question without what is as in every other one."""
    usual = asdict(Question(Kind.INDICATOR, "", ""))
    kept = {"kind", "subject", "typed", "field"}
    values = asdict(question.but(shares={}))
    return {name: value for name, value in values.items() if name in kept or value != usual[name]}


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
