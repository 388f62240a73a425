"""The records that the assistant answers from: frozen values, as read from the documents.

Raw text is kept beside each parsed value, so that an answer can always quote what is printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

#: Between two sentences of running text.
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


class Role(StrEnum):
    """What an agency does for an indicator or a task."""

    LEAD = "lead"
    COORDINATOR = "coordinator"


class Pillar(StrEnum):
    """The three pillars of digital transformation."""

    GOVERNMENT = "government"
    ECONOMY = "economy"
    SOCIETY = "society"


class Comparator(StrEnum):
    """How a target bounds its value; ``RANGE`` uses `Target.upper` too."""

    EQUAL = "="
    OVER = ">"
    AT_LEAST = ">="
    RANGE = ".."
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Period:
    """Years that a plan or a record covers, both ends included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Approval:
    """The decision that approves a plan, bound in the same file."""

    title: str
    issuer: str
    signed_on: date
    signer: str


@dataclass(frozen=True, slots=True)
class Document:
    """One official text. `cite` is how a citation names it (the printed number when there is one)."""

    id: str
    cite: str
    number: str | None
    title: str
    kind: str
    issuer: str
    signed_on: date | None
    signer: str | None
    province: str | None
    period: Period
    official: bool
    file: str
    sha256: str
    approval: Approval | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a document down to its điểm or bullet.

    `path` is unique in the document (``II.1.6.c``), `trail` the headings above it from the top,
    `label` the printed numbering ("c)", "1.6.", "-", ""), `references` the paths of the clauses of
    the same document that the text points to ("điểm b nội dung 1.5 khoản 1 Mục II"), `note` what a
    reader must be told about the source (for instance a lost heading).
    """

    document_id: str
    path: str
    label: str
    trail: tuple[str, ...]
    text: str
    order: int
    references: tuple[str, ...] = ()
    note: str = ""

    @property
    def id(self) -> str:
        """Unique over all documents."""
        return f"{self.document_id}#{self.path}"


@dataclass(frozen=True, slots=True)
class Target:
    """One value of a target cell. `part` says what it measures when the cell holds several."""

    comparator: Comparator
    value: Decimal | None
    upper: Decimal | None
    unit: str
    part: str
    raw: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """One agency's part in an indicator, a task or a planned document; `raw` as printed."""

    agency_id: str
    role: Role
    raw: str


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A document that an indicator rests on; `raw` as printed."""

    number: str
    issued_on: date | None
    raw: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of an annex of indicators, in the order of the annex.

    The ``*_raw`` fields are the cells as printed, empty when the cell is blank; ``None`` when the
    annex has no such column.
    """

    id: str
    document_id: str
    annex: str
    group: str
    row: str | None
    order: int
    pillar: Pillar | None
    name: str
    period: Period
    target_raw: str | None
    lead_raw: str | None
    coordinator_raw: str | None
    basis_raw: str | None
    note_raw: str | None
    targets: tuple[Target, ...]
    assignments: tuple[Assignment, ...]
    bases: tuple[LegalBasis, ...]
    series: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One row of an annex of tasks (`form` empty) or of planned documents (`form` its kind)."""

    id: str
    document_id: str
    annex: str
    group: str
    group_title: str
    row: str
    order: int
    name: str
    period: Period | None
    period_raw: str
    lead_raw: str
    coordinator_raw: str
    form: str
    assignments: tuple[Assignment, ...]

    @property
    def planned(self) -> bool:
        """True for a planned document or programme, False for a task with years."""
        return bool(self.form)


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency of the registry. `successor` holds its work in the newest plan; `evidence` says where."""

    id: str
    name: str
    aliases: tuple[str, ...]
    level: str
    successor: str | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class GuideLink:
    """An official address that a guide leads to."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Guide:
    """A how-to for citizens: one thing that a person wants to get done.

    `summary` is the essential in two or three sentences, `topics` are other names that people use for
    the subject, `plan` the ids of the clauses, indicators and tasks behind it, `plan_question` what to
    ask about it in the plans, `related` the slugs of guides that go with it. `steps` and the lists after
    it are one entry a point, without number or bullet.
    """

    slug: str
    title: str
    summary: str
    topics: tuple[str, ...]
    reviewed_on: date
    links: tuple[GuideLink, ...]
    plan: tuple[str, ...]
    plan_question: str
    related: tuple[str, ...]
    when: tuple[str, ...]
    steps: tuple[str, ...]
    prepare: tuple[str, ...]
    check: tuple[str, ...]
    avoid: tuple[str, ...]

    @property
    def id(self) -> str:
        """Unique over all records; also the address of its page, without the leading slash."""
        return f"huong-dan/{self.slug}"

    @property
    def points(self) -> tuple[str, ...]:
        """What it has people do, have at hand, check and leave, and the sentences of its summary."""
        summary = SENTENCE_END.split(self.summary)
        return (*self.steps, *self.avoid, *self.prepare, *self.check, *summary)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A piece of a source that the parser could not place: it is reported, never dropped."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """Everything read from one file."""

    document: Document
    clauses: tuple[Clause, ...]
    indicators: tuple[Indicator, ...]
    tasks: tuple[Task, ...]
    unplaced: tuple[Unplaced, ...] = ()
