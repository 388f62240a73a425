"""What a conversation remembers: the focus, what was shown, and what is waiting for a choice.

It lives in one Rasa slot as plain JSON, so that any action server can go on with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from actions.question import Field, Kind, Question
from knowledge.records import Pillar, Role

_TUPLES = ("years", "horizons", "agencies", "documents", "values", "asks", "meta", "things")


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
    how far a list has been shown.
    """

    focus: Question | None = None
    record: str | None = None
    options: tuple[Option, ...] = ()
    pending: bool = False
    offset: int = 0

    def to_json(self) -> dict[str, Any]:
        """Plain values for the slot."""
        return asdict(self)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any] | None) -> Dialogue:
        """Read the slot; what an older version wrote and is not understood starts afresh."""
        if not raw:
            return cls()
        try:
            return cls(
                _question(raw["focus"]) if raw.get("focus") else None,
                raw.get("record"),
                tuple(Option(**item) for item in raw.get("options", ())),
                bool(raw.get("pending")),
                int(raw.get("offset", 0)),
            )
        except (KeyError, TypeError, ValueError):
            return cls()


def _question(raw: Mapping[str, Any]) -> Question:
    lists = {name: tuple(raw.get(name) or ()) for name in _TUPLES}
    return Question(
        **{
            **raw,
            **lists,
            "kind": Kind(raw["kind"]),
            "field": Field(raw["field"]),
            "role": Role(raw["role"]) if raw.get("role") else None,
            "pillar": Pillar(raw["pillar"]) if raw.get("pillar") else None,
        }
    )
