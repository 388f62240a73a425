"""The statements behind the store's questions. Each loads its children in bulk, never row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Self

from sqlalchemy import Boolean, ColumnElement, Select, and_, case, distinct, exists, false, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import selectinload
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from knowledge.store import models as m
from knowledge.store.columns import searchable
from knowledge.store.values import IndicatorFilter

# The number of rows from which putting them in order costs more than going through the plans.
MANY = 6_000
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


def indicators(wanted: IndicatorFilter, total: int = 0) -> Select[m.IndicatorRow]:
    """Indicators in annex order, those of the newest plan first.

    `total`: how many there are, when it is known. Few are found by the indexes of their columns and then
    put in order; the first of many are found sooner by going through the plans in order.
    """
    statement, order = (_in_order if total > MANY else _found)(wanted)
    ordered = statement.order_by(*order, m.IndicatorRow.position, m.IndicatorRow.id)
    return ordered.options(*_indicator_children())


_Ordered = tuple[Select[m.IndicatorRow], tuple[Any, ...]]


def _found(wanted: IndicatorFilter) -> _Ordered:
    row, document = m.IndicatorRow, m.DocumentRow
    statement = select(row).join(document, document.id == row.document_id).where(*conditions(wanted))
    # Of both tables, lest PostgreSQL goes through the plans in order after all, in the hope of an early end.
    return statement, ((document.period_start + 0 * row.position).desc(), *_DOCUMENT_ORDER[1:])


def _in_order(wanted: IndicatorFilter) -> _Ordered:
    row, document = m.IndicatorRow, m.DocumentRow
    # SQLite does not turn an outer join round, nor use an index for what stands in a CASE.
    statement = select(row).select_from(document).outerjoin(row, row.document_id == document.id)
    if wanted.year is not None:
        years = conditions(IndicatorFilter(year=wanted.year, pillar=wanted.pillar))
        holders = select(row.document_id).where(*years)
        # PostgreSQL keeps a short list in memory, SQLite would go through all rows to make it short.
        of_year = _Either(document.id.in_(holders.distinct()), document.id.in_(holders))
        statement = statement.where(_looked_at(of_year))
    asked = and_(row.id.is_not(None), *conditions(wanted, in_order=True))
    return statement.where(_Either(asked, _looked_at(asked))), _DOCUMENT_ORDER


def _looked_at(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """A condition that no row is looked up by."""
    return case((condition, 1), else_=0) == 1


class _Either(FunctionElement[bool]):
    """One condition in two forms: for PostgreSQL, which knows what its columns hold, and for SQLite."""

    inherit_cache = True
    type = Boolean()

    def self_group(self, against: Any = None) -> Self:
        """Itself: as any other function it would be compared with 1 in SQLite, and no index used for it."""
        return self


@compiles(_Either)
def _first(either: _Either, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(next(iter(either.clauses)), **options)


@compiles(_Either, "sqlite")
def _second(either: _Either, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(list(either.clauses)[1], **options)


def indicator_total(wanted: IndicatorFilter) -> Select[int]:
    """How many indicators `wanted` matches."""
    match _children(wanted):
        case [(child, found)] if not conditions(_less_children(wanted, child)):
            return select(func.count(distinct(child.indicator_id))).where(*found)
    return select(func.count()).select_from(m.IndicatorRow).where(*conditions(wanted))


def _less_children(wanted: IndicatorFilter, child: Child) -> IndicatorFilter:
    """What the rows of one child table do not tell of a filter; assignments tell the year too."""
    left = replace(wanted, agency_ids=(), role=None, comparator=None)
    return replace(left, year=None) if child is m.IndicatorAssignmentRow else left


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


def conditions(wanted: IndicatorFilter, *, in_order: bool = False) -> list[ColumnElement[bool]]:
    """The conditions on the table of indicators that `wanted` stands for.

    `in_order`: they are asked of one row after the other, and find none by themselves.
    """
    row = m.IndicatorRow
    found: list[ColumnElement[bool]] = []
    if wanted.document_ids:
        found.append(row.document_id.in_(wanted.document_ids))
    if wanted.year is not None:
        found += _year_conditions(row, wanted.year, in_order)
    if wanted.pillar is not None:
        found.append(row.pillar == wanted.pillar)
    if wanted.row is not None:
        found.append(row.row == wanted.row)
    if wanted.series is not None:
        found.append(row.series == wanted.series)
    for child, of_child in _children(wanted, in_order=in_order):
        if in_order:
            found.append(exists().where(child.indicator_id == row.id, *of_child))
        else:
            found.append(row.id.in_(select(child.indicator_id).where(*of_child)))
    return found + _text_conditions(wanted.text or "")


def _year_conditions(
    row: type[m.IndicatorRow] | type[m.IndicatorAssignmentRow], year: int, in_order: bool
) -> list[ColumnElement[bool]]:
    if not date.min.year <= year <= date.max.year:
        return [false()]  # a number that a database may not take
    begun = row.period_start <= year
    return [
        begun if in_order else _Either(begun, row.period_start.in_(_begun(year, row))),
        row.period_end >= year,
    ]


def _begun(year: int, of: type[m.Base]) -> Select[int]:
    """The years not after `year` in which a period begins.

    They are few, and each leads in the index of a table (`of`) to the rows that last until `year`; "begun
    before" would lead to half of all.
    """
    start = m.IndicatorRow.period_start
    begun = select(func.min(start).label("start")).cte(f"begun_{of.__tablename__}", recursive=True)
    later = select(func.min(start)).where(start > begun.c.start).scalar_subquery()
    begun = begun.union_all(select(later).where(begun.c.start < year))
    return select(begun.c.start).where(begun.c.start <= year)


Child = type[m.IndicatorAssignmentRow] | type[m.TargetRow]


def _children(
    wanted: IndicatorFilter, *, in_order: bool = False
) -> list[tuple[Child, list[ColumnElement[bool]]]]:
    """The tables below the indicators that are asked, and what of them."""
    found: list[tuple[Child, list[ColumnElement[bool]]]] = []
    assigned: list[ColumnElement[bool]] = []
    if wanted.agency_ids:
        assigned.append(m.IndicatorAssignmentRow.agency_id.in_(wanted.agency_ids))
    if wanted.role is not None:
        assigned.append(m.IndicatorAssignmentRow.role == wanted.role)
    if assigned and wanted.year is not None and not in_order:
        assigned += _year_conditions(m.IndicatorAssignmentRow, wanted.year, in_order)
    if assigned:
        found.append((m.IndicatorAssignmentRow, assigned))
    if wanted.comparator is not None:
        found.append((m.TargetRow, [m.TargetRow.comparator == wanted.comparator]))
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
