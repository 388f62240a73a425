"""What a person has said so far in the form, kept in Rasa's slots between two turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from knowledge.feedback import NewTicket, Topic
from knowledge.masking import mask

E = TypeVar("E", bound=StrEnum)

PREFIX = "feedback_"
SHORTEST, LONGEST = 10, 2000
LONGEST_DETAIL = 200


class Step(StrEnum):
    """A question of the form; its slot is called ``feedback_<step>``."""

    WHAT = "what"
    FIELD = "field"
    CONSENT = "consent"
    PLACE = "place"
    CONTACT = "contact"
    REVIEW = "review"


class Note(StrEnum):
    """Why a step is said once more, or what happened just before it."""

    TOO_SHORT = "too_short"
    UNCLEAR = "unclear"
    ADDED = "added"
    WHICH_PART = "which_part"
    RESUMED = "resumed"
    WHY = "why"


class End(StrEnum):
    """How the form ended without a ticket."""

    CANCELLED = "cancelled"
    NO_FEEDBACK = "no_feedback"


@dataclass(frozen=True, slots=True)
class Draft:
    """The answers so far; None is not answered, an empty text was skipped."""

    what: str | None = None
    field: Topic | None = None
    consent: bool | None = None
    place: str | None = None
    contact: str | None = None
    review: bool | None = None
    note: Note | None = None
    end: End | None = None

    def but(self, **changes: Any) -> Draft:
        """The same draft with some answers changed."""
        return replace(self, **changes)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The questions that this person is asked: place and contact after consent only."""
        if self.end is not None:
            return ()
        asked = [Step.PLACE, Step.CONTACT] if self.consent else []
        return (Step.WHAT, Step.FIELD, Step.CONSENT, *asked, Step.REVIEW)

    @property
    def step(self) -> Step | None:
        """The question that is open, None when the form is over."""
        return next((step for step in self.steps if getattr(self, step.value) is None), None)

    def with_text(self, typed: str) -> Draft:
        """The text of the ticket, or more of it, without numbers that nobody needs to know."""
        said = f"{self.what} {typed}" if self.what else typed
        return self.but(what=mask(said).strip()[:LONGEST])

    def ticket(self) -> NewTicket:
        """What is kept. Raises `ValueError` when the person has not agreed to send it."""
        if not self.what or not self.review or self.end is not None:
            raise ValueError("the draft was not sent")
        kept = (self.place or "", self.contact or "") if self.consent else ("", "")
        return NewTicket(self.what, self.field or Topic.OTHER, bool(self.consent), *kept)

    def to_slots(self) -> dict[str, Any]:
        """A plain value for each slot of the form."""
        return {PREFIX + name: _plain(value) for name, value in asdict(self).items()}

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Draft:
        """Read the slots; a value that is not understood counts as not answered."""
        read = {name: slots.get(PREFIX + name) for name in cls.__slots__}
        texts = {name: read[name] if isinstance(read[name], str) else None for name in _TEXTS}
        flags = {name: read[name] if isinstance(read[name], bool) else None for name in _FLAGS}
        return cls(
            **texts,
            **flags,
            field=_member(Topic, read["field"]),
            note=_member(Note, read["note"]),
            end=_member(End, read["end"]),
        )


_TEXTS = ("what", "place", "contact")
_FLAGS = ("consent", "review")


def detail(typed: str) -> str:
    """A place or a contact as it is kept."""
    return mask(" ".join(typed.split()))[:LONGEST_DETAIL]


def _plain(value: object) -> object:
    return value.value if isinstance(value, StrEnum) else value


def _member(kind: type[E], value: object) -> E | None:
    return kind(value) if isinstance(value, str) and value in set(kind) else None
