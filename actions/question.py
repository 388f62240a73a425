"""What a message asks: the `Question`, merged in one place from the message and the focus."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge.records import Pillar, Role
from vietnamese import fold

_RESTS_ON = re.compile(r"\b(?:can cu|co so phap ly|dua (?:tren|vao|theo))\b")


class Kind(StrEnum):
    """Kinds of question; each has one module that answers it."""

    INDICATOR = "indicator"
    LIST = "list"
    COMPARE = "compare"
    CLAUSE = "clause"
    DUTY = "duty"
    DOCUMENT = "document"
    GUIDE = "guide"
    FEEDBACK = "feedback"
    TALK = "talk"
    OUT_OF_SCOPE = "out_of_scope"


class Field(StrEnum):
    """The field of a record that is asked."""

    LEAD = "lead"
    COORDINATOR = "coordinator"
    TARGET = "target"
    BASIS = "basis"
    NOTE = "note"
    RECORD = "record"
    UNIT = "unit"
    YEARS = "years"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, ready to be answered from records.

    `years` are calendar years already resolved from "năm ngoái"; `horizons` the years with "đến năm";
    `subject` is the message less what was understood, empty for an elliptical follow-up;
    `row` a printed STT; `unheld` names what no record holds (a result, a budget, a person, a phone
    number, ``place:Cần Thơ``); `claim` True when the person asks to confirm something; `values` are the
    percentages that the message states, `asks` and `meta` the closed-set questions that it contains
    ("deadline", "most"; "signer", "date"), `things` the kinds of record that it names ("indicator");
    `clause` is a clause path, which may lack its beginning ("1.6.c"), and `references` are the numbers of
    documents that are not held; `bounds` ("over:80:%"), `shapes` ("percent"), `blanks` ("coordinator") and
    `changes` ("up") limit a list as `knowledge.selection` understands them. `back` is True when the
    message names no subject and is about the record in focus. `part` is True for one of
    several questions in a message. `rejected` is the record that the person did not
    mean. `wider` is the subject of a long story with what it tells before it asks. `shares` are the
    probabilities of the intents of the message.
    """

    kind: Kind
    subject: str
    typed: str
    field: Field = Field.RECORD
    years: tuple[int, ...] = ()
    horizons: tuple[int, ...] = ()
    agencies: tuple[str, ...] = ()
    role: Role | None = None
    pillar: Pillar | None = None
    documents: tuple[str, ...] = ()
    row: str | None = None
    unheld: str | None = None
    claim: bool = False
    restored: bool = False
    values: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    meta: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    clause: str | None = None
    references: tuple[str, ...] = ()
    bounds: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    back: bool = False
    part: bool = False
    rejected: str | None = None
    wider: str = ""
    shares: Mapping[str, float] = dataclasses.field(default_factory=dict, compare=False)

    @property
    def counting(self) -> bool:
        """True when a number of records is asked."""
        return "count" in self.asks

    @property
    def basis_asked(self) -> bool:
        """True when rows are asked that rest on a document which is only named."""
        return bool(self.references) and _RESTS_ON.search(fold(self.typed)) is not None

    @property
    def limited(self) -> bool:
        """True when values, changes, kinds of target or blank cells limit a list."""
        return bool(self.bounds or self.shapes or self.blanks or self.changes)

    @property
    def narrow(self) -> bool:
        """True when a document, a year or a horizon limits where the answer may stand."""
        return bool(self.documents or self.years or self.horizons)

    @property
    def meta_of_document(self) -> bool:
        """True when a fact is asked that only a document has."""
        return bool(set(self.meta) - {"number", "grounds", "title"})

    @property
    def year(self) -> int | None:
        """The year when exactly one is asked, a horizon included."""
        asked = self.years or self.horizons
        return asked[0] if len(asked) == 1 else None

    def but(self, **changes: object) -> Question:
        """The same question with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]
