"""The tables. Nothing outside the store sees these classes: `mapping` turns them into records.

Ids are those of the records; children of a record are keyed by their place in it (`position`), so
that order survives. Deleting a document deletes everything below it. An agency id in an assignment
is not a foreign key, since the registry of agencies is replaced on its own; both are read from the
same file at ingestion.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from knowledge.records import Comparator, Pillar, Role
from knowledge.store.columns import ExactDecimal, PlainText, UtcDateTime, enum_type

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_CHILDREN: dict[str, Any] = {"cascade": "all, delete-orphan", "passive_deletes": True}


class Base(DeclarativeBase):
    """All tables, with stable names for every index and constraint."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: PlainText}


def _document_id() -> Mapped[str]:
    return mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))


def _owner(target: str) -> Mapped[str]:
    return mapped_column(ForeignKey(target, ondelete="CASCADE"), primary_key=True)


class DocumentRow(Base):
    """`Document`; the approval columns are all null or all set."""

    __tablename__ = "documents"
    id: Mapped[str] = mapped_column(primary_key=True)
    cite: Mapped[str]
    number: Mapped[str | None]
    title: Mapped[str]
    kind: Mapped[str]
    issuer: Mapped[str]
    signed_on: Mapped[date | None]
    signer: Mapped[str | None]
    province: Mapped[str | None]
    period_start: Mapped[int]
    period_end: Mapped[int]
    official: Mapped[bool]
    file: Mapped[str]
    sha256: Mapped[str]
    approval_title: Mapped[str | None]
    approval_issuer: Mapped[str | None]
    approval_signed_on: Mapped[date | None]
    approval_signer: Mapped[str | None]
    note: Mapped[str]


# The order that lists have.
Index(
    "ix_documents_period_start_official_id",
    DocumentRow.period_start.desc(),
    DocumentRow.official.desc(),
    DocumentRow.id,
)


class ClauseRow(Base):
    """`Clause`."""

    __tablename__ = "clauses"
    __table_args__ = (Index(None, "document_id", "position"),)

    document_id: Mapped[str] = _owner("documents.id")
    path: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    label: Mapped[str]
    trail: Mapped[list[str]] = mapped_column(JSON)
    text: Mapped[str]
    note: Mapped[str]
    references: Mapped[list[ReferenceRow]] = relationship(order_by="ReferenceRow.position", **_CHILDREN)


class ReferenceRow(Base):
    """One entry of `Clause.references`."""

    __tablename__ = "clause_references"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document_id", "path"], ["clauses.document_id", "clauses.path"], ondelete="CASCADE"
        ),
    )

    document_id: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[str]


class IndicatorRow(Base):
    """`Indicator`; `searchable` is its name folded for the text filter."""

    __tablename__ = "indicators"
    __table_args__ = (
        Index(None, "document_id", "position", "id"),
        Index(None, "period_start", "period_end", "document_id"),
        Index(None, "pillar", "period_start", "period_end", "document_id"),
        Index(None, "series", "period_start"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = _document_id()
    annex: Mapped[str]
    group: Mapped[str] = mapped_column("group_name")
    row: Mapped[str | None] = mapped_column("row_label", index=True)
    position: Mapped[int]
    pillar: Mapped[Pillar | None] = mapped_column(enum_type(Pillar, "pillar"))
    name: Mapped[str]
    searchable: Mapped[str]
    period_start: Mapped[int]
    period_end: Mapped[int]
    target_raw: Mapped[str | None]
    lead_raw: Mapped[str | None]
    coordinator_raw: Mapped[str | None]
    basis_raw: Mapped[str | None]
    note_raw: Mapped[str | None]
    series: Mapped[str | None]
    targets: Mapped[list[TargetRow]] = relationship(order_by="TargetRow.position", **_CHILDREN)
    assignments: Mapped[list[IndicatorAssignmentRow]] = relationship(
        order_by="IndicatorAssignmentRow.position", **_CHILDREN
    )
    bases: Mapped[list[LegalBasisRow]] = relationship(order_by="LegalBasisRow.position", **_CHILDREN)


class TargetRow(Base):
    """`Target`."""

    __tablename__ = "targets"
    __table_args__ = (Index(None, "comparator", "indicator_id"),)

    indicator_id: Mapped[str] = _owner("indicators.id")
    position: Mapped[int] = mapped_column(primary_key=True)
    comparator: Mapped[Comparator] = mapped_column(enum_type(Comparator, "comparator"))
    value: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    upper: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    unit: Mapped[str]
    part: Mapped[str]
    raw: Mapped[str]


class LegalBasisRow(Base):
    """`LegalBasis`."""

    __tablename__ = "legal_bases"

    indicator_id: Mapped[str] = _owner("indicators.id")
    position: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    issued_on: Mapped[date | None]
    raw: Mapped[str]


class IndicatorAssignmentRow(Base):
    """`Assignment` of an indicator; the years are those of the indicator, so that an agency's in a year are
    counted without it."""

    __tablename__ = "indicator_assignments"
    __table_args__ = (
        # With names of their own: those made of the columns are longer than PostgreSQL's 63 letters. Each
        # of the two fits one question best: a planner left to choose between equals takes either.
        Index(
            "ix_indicator_assignments_agency_years",
            "agency_id",
            "period_start",
            "period_end",
            "role",
            "indicator_id",
        ),
        Index(
            "ix_indicator_assignments_agency_role_indicator",
            "agency_id",
            "role",
            "indicator_id",
            "period_start",
            "period_end",
        ),
        Index(None, "role", "indicator_id"),
    )

    indicator_id: Mapped[str] = _owner("indicators.id")
    position: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[str]
    role: Mapped[Role] = mapped_column(enum_type(Role, "role"))
    period_start: Mapped[int]
    period_end: Mapped[int]
    raw: Mapped[str]


class TaskRow(Base):
    """`Task`."""

    __tablename__ = "tasks"
    __table_args__ = (Index(None, "document_id", "position"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = _document_id()
    annex: Mapped[str]
    group: Mapped[str] = mapped_column("group_name")
    group_title: Mapped[str]
    row: Mapped[str] = mapped_column("row_label")
    position: Mapped[int]
    name: Mapped[str]
    period_start: Mapped[int | None]
    period_end: Mapped[int | None]
    period_raw: Mapped[str]
    lead_raw: Mapped[str]
    coordinator_raw: Mapped[str]
    form: Mapped[str]
    assignments: Mapped[list[TaskAssignmentRow]] = relationship(
        order_by="TaskAssignmentRow.position", **_CHILDREN
    )


class TaskAssignmentRow(Base):
    """`Assignment` of a task or a planned document."""

    __tablename__ = "task_assignments"
    __table_args__ = (Index(None, "agency_id", "role", "task_id"),)

    task_id: Mapped[str] = _owner("tasks.id")
    position: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[str]
    role: Mapped[Role] = mapped_column(enum_type(Role, "role"))
    raw: Mapped[str]


class AgencyRow(Base):
    """`Agency`; `position` keeps the order of the registry."""

    __tablename__ = "agencies"

    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    name: Mapped[str]
    level: Mapped[str]
    successor: Mapped[str | None]
    evidence: Mapped[str]
    aliases: Mapped[list[AliasRow]] = relationship(order_by="AliasRow.position", **_CHILDREN)


class AliasRow(Base):
    """One entry of `Agency.aliases`."""

    __tablename__ = "agency_aliases"

    agency_id: Mapped[str] = _owner("agencies.id")
    position: Mapped[int] = mapped_column(primary_key=True)
    alias: Mapped[str]


class GuideRow(Base):
    """`Guide`; its lists are read only as wholes, hence JSON. `links` holds pairs of name and address."""

    __tablename__ = "guides"

    slug: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str]
    topics: Mapped[list[str]] = mapped_column(JSON)
    reviewed_on: Mapped[date]
    links: Mapped[list[list[str]]] = mapped_column(JSON)
    plan: Mapped[list[str]] = mapped_column(JSON)
    plan_question: Mapped[str]
    related: Mapped[list[str]] = mapped_column(JSON)
    when: Mapped[list[str]] = mapped_column(JSON)
    steps: Mapped[list[str]] = mapped_column(JSON)
    prepare: Mapped[list[str]] = mapped_column(JSON)
    check: Mapped[list[str]] = mapped_column(JSON)
    avoid: Mapped[list[str]] = mapped_column(JSON)


class IngestionRow(Base):
    """`Ingestion`: a log that outlives the documents, hence no foreign key."""

    __tablename__ = "ingestions"
    __table_args__ = (Index(None, "document_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str]
    file: Mapped[str]
    sha256: Mapped[str]
    fingerprint: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    clauses: Mapped[int]
    indicators: Mapped[int]
    tasks: Mapped[int]
    planned: Mapped[int]
    unplaced: Mapped[list[UnplacedRow]] = relationship(order_by="UnplacedRow.position", **_CHILDREN)


class UnplacedRow(Base):
    """`Unplaced`, as reported by one ingestion."""

    __tablename__ = "unplaced"

    ingestion_id: Mapped[int] = mapped_column(
        ForeignKey("ingestions.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int]
    text: Mapped[str]
    reason: Mapped[str]
