"""The statements behind the store's questions. Each loads its children in bulk, never row by row."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Select, false, func, select
from sqlalchemy.orm import selectinload
from sqlalchemy.sql.base import ExecutableOption

from knowledge.store import models as m
from knowledge.store.columns import searchable
from knowledge.store.values import IndicatorFilter

_DOCUMENT_ORDER = (m.DocumentRow.period_start.desc(), m.DocumentRow.official.desc(), m.DocumentRow.id)


def documents() -> Select[m.DocumentRow]:
    """All documents, newest plan first, official ones before others of the same year."""
    return select(m.DocumentRow).order_by(*_DOCUMENT_ORDER)


def clauses(document_id: str) -> Select[m.ClauseRow]:
    """The clauses of a document in reading order."""
    return (
        select(m.ClauseRow)
        .where(m.ClauseRow.document_id == document_id)
        .order_by(m.ClauseRow.position, m.ClauseRow.path)
        .options(selectinload(m.ClauseRow.references))
    )


def indicators(wanted: IndicatorFilter) -> Select[m.IndicatorRow]:
    """Indicators in annex order, those of the newest plan first."""
    return (
        select(m.IndicatorRow)
        .join(m.DocumentRow, m.DocumentRow.id == m.IndicatorRow.document_id)
        .where(*conditions(wanted))
        .order_by(*_DOCUMENT_ORDER, m.IndicatorRow.position, m.IndicatorRow.id)
        .options(*_indicator_children())
    )


def indicator_total(wanted: IndicatorFilter) -> Select[int]:
    """How many indicators `wanted` matches."""
    return select(func.count()).select_from(m.IndicatorRow).where(*conditions(wanted))


def series(key: str) -> Select[m.IndicatorRow]:
    """The indicators of a series, oldest first."""
    return (
        select(m.IndicatorRow)
        .where(m.IndicatorRow.series == key)
        .order_by(m.IndicatorRow.period_start, m.IndicatorRow.period_end, m.IndicatorRow.id)
        .options(*_indicator_children())
    )


def _indicator_children() -> tuple[ExecutableOption, ...]:
    row = m.IndicatorRow
    return selectinload(row.targets), selectinload(row.assignments), selectinload(row.bases)


def conditions(wanted: IndicatorFilter) -> list[ColumnElement[bool]]:
    """The conditions on the table of indicators that `wanted` stands for."""
    row = m.IndicatorRow
    found: list[ColumnElement[bool]] = []
    if wanted.document_ids:
        found.append(row.document_id.in_(wanted.document_ids))
    if wanted.year is not None:
        found += _year_conditions(wanted.year)
    if wanted.pillar is not None:
        found.append(row.pillar == wanted.pillar)
    if wanted.row is not None:
        found.append(row.row == wanted.row)
    if wanted.series is not None:
        found.append(row.series == wanted.series)
    return found + _child_conditions(wanted) + _text_conditions(wanted.text or "")


def _year_conditions(year: int) -> list[ColumnElement[bool]]:
    if not date.min.year <= year <= date.max.year:
        return [false()]  # a number that a database may not take
    return [m.IndicatorRow.period_start <= year, m.IndicatorRow.period_end >= year]


def _child_conditions(wanted: IndicatorFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    assigned: list[ColumnElement[bool]] = []
    if wanted.agency_ids:
        assigned.append(m.IndicatorAssignmentRow.agency_id.in_(wanted.agency_ids))
    if wanted.role is not None:
        assigned.append(m.IndicatorAssignmentRow.role == wanted.role)
    if assigned:
        found.append(m.IndicatorRow.id.in_(select(m.IndicatorAssignmentRow.indicator_id).where(*assigned)))
    if wanted.comparator is not None:
        bounded = select(m.TargetRow.indicator_id).where(m.TargetRow.comparator == wanted.comparator)
        found.append(m.IndicatorRow.id.in_(bounded))
    return found


def _text_conditions(text: str) -> list[ColumnElement[bool]]:
    return [m.IndicatorRow.searchable.contains(word, autoescape=True) for word in searchable(text).split()]


def tasks(document_id: str | None, agency_id: str | None, planned: bool | None) -> Select[m.TaskRow]:
    """Tasks and planned documents in annex order, those of the newest plan first."""
    row = m.TaskRow
    statement = select(row).join(m.DocumentRow, m.DocumentRow.id == row.document_id)
    if document_id is not None:
        statement = statement.where(row.document_id == document_id)
    if agency_id is not None:
        assigned = select(m.TaskAssignmentRow.task_id).where(m.TaskAssignmentRow.agency_id == agency_id)
        statement = statement.where(row.id.in_(assigned))
    if planned is not None:
        statement = statement.where(row.form != "" if planned else row.form == "")
    ordered = statement.order_by(*_DOCUMENT_ORDER, row.position, row.id)
    return ordered.options(selectinload(row.assignments))


def agencies() -> Select[m.AgencyRow]:
    """Agencies in the order of their registry."""
    return select(m.AgencyRow).order_by(m.AgencyRow.position).options(selectinload(m.AgencyRow.aliases))


def guides() -> Select[m.GuideRow]:
    """All guides, by slug."""
    return select(m.GuideRow).order_by(m.GuideRow.slug)


def latest_ingestions() -> Select[m.IngestionRow]:
    """The newest ingestion of each document."""
    newest = select(func.max(m.IngestionRow.id)).group_by(m.IngestionRow.document_id)
    statement = (
        select(m.IngestionRow).where(m.IngestionRow.id.in_(newest)).order_by(m.IngestionRow.document_id)
    )
    return statement.options(selectinload(m.IngestionRow.unplaced))


def latest_ingestion(document_id: str) -> Select[m.IngestionRow]:
    """The newest ingestion of one document."""
    row = m.IngestionRow
    return select(row).where(row.document_id == document_id).order_by(row.id.desc()).limit(1)


def counts() -> Select[str, str, int, int, int, int]:
    """Per document: id, cite, clauses, indicators, tasks with years, planned documents."""
    document = m.DocumentRow
    clause = select(func.count()).where(m.ClauseRow.document_id == document.id)
    indicator = select(func.count()).where(m.IndicatorRow.document_id == document.id)
    task = select(func.count()).where(m.TaskRow.document_id == document.id)
    return select(
        document.id,
        document.cite,
        clause.scalar_subquery(),
        indicator.scalar_subquery(),
        task.where(m.TaskRow.form == "").scalar_subquery(),
        task.where(m.TaskRow.form != "").scalar_subquery(),
    ).order_by(*_DOCUMENT_ORDER)
