"""The answer payload: what an action says, as it travels through Rasa to each channel.

An `Answer` is the only thing that crosses from `actions/` to `bot/`; it is sent as JSON
(`to_json`) inside Rasa's ``custom`` message and read back with `from_json`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    UNKNOWN = "unknown"
    OUT_OF_SCOPE = "out_of_scope"
    SMALLTALK = "smalltalk"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tap for the person: `message` is plain text that is sent as if it had been typed."""

    title: str
    message: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a fact stands: the document as it is cited, and the row or the clause.

    `row` is the printed STT of an annex row (None for an unnumbered row or for a clause);
    `section` is the clause path such as ``II.1.6.c``; `date` is ISO 8601 or None.
    """

    document: str
    title: str
    date: str | None
    row: str | None
    section: str | None
    quote: str
    url: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or a file beside the text."""

    kind: str
    url: str
    caption: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One reply: its status, its text (plain Vietnamese, line breaks allowed) and its evidence."""

    status: Status
    text: str
    suggestions: tuple[Suggestion, ...] = ()
    citations: tuple[Citation, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    confidence: float = 1.0

    def to_json(self) -> dict[str, Any]:
        """The payload of the contract, ready for `json.dumps`."""
        return asdict(self)

    @classmethod
    def from_json(cls, payload: dict[str, Any]) -> Answer:
        """Read a payload back. Raises `KeyError`, `TypeError` or `ValueError` when it is not one."""
        return cls(
            status=Status(payload["status"]),
            text=payload["text"],
            suggestions=tuple(Suggestion(**item) for item in payload["suggestions"]),
            citations=tuple(Citation(**item) for item in payload["citations"]),
            attachments=tuple(Attachment(**item) for item in payload["attachments"]),
            confidence=float(payload["confidence"]),
        )


@dataclass(frozen=True, slots=True)
class Trace:
    """How an answer was made, for whoever runs the service; it travels beside the answer.

    `seconds` were spent in the action server, `edition` names the index in force, and `refused` tells that a
    newer one could not be read.
    """

    seconds: float
    edition: str
    refused: bool = False

    def beside(self, answer: Answer) -> dict[str, Any]:
        """The payload of an answer with its trace."""
        return {**answer.to_json(), "trace": asdict(self)}

    @classmethod
    def from_json(cls, payload: dict[str, Any]) -> Trace | None:
        """The trace beside an answer; None when there is none that can be read."""
        trace = payload.get("trace")
        if not isinstance(trace, dict):
            return None
        seconds, edition, refused = (trace.get(name) for name in ("seconds", "edition", "refused"))
        known = isinstance(seconds, int | float) and isinstance(edition, str) and isinstance(refused, bool)
        return cls(float(seconds), edition, refused) if known else None  # type: ignore[arg-type]
