"""Short ways to one record of a parsed document, for tests."""

from __future__ import annotations

from knowledge.records import Clause, Indicator, ParsedDocument, Role, Target, Task


def indicator(parsed: ParsedDocument, key: str) -> Indicator:
    """The indicator with this id, less the document."""
    return next(i for i in parsed.indicators if i.id == f"{parsed.document.id}:{key}")


def task(parsed: ParsedDocument, key: str) -> Task:
    """The task or planned document with this id, less the document."""
    return next(t for t in parsed.tasks if t.id == f"{parsed.document.id}:{key}")


def clause(parsed: ParsedDocument, path: str) -> Clause:
    """The clause with this path."""
    return next(c for c in parsed.clauses if c.path == path)


def agencies(record: Indicator | Task, role: Role) -> list[str]:
    """The ids of the agencies with this role, in printed order."""
    return [a.agency_id for a in record.assignments if a.role == role]


def leads(record: Indicator | Task) -> list[str]:
    """The ids of the leading agencies."""
    return agencies(record, Role.LEAD)


def coordinators(record: Indicator | Task) -> list[str]:
    """The ids of the coordinating agencies."""
    return agencies(record, Role.COORDINATOR)


def value(target: Target) -> str:
    """A target on one line: comparator, figure, unit, and what it measures behind a bar."""
    figure = target.raw if target.value is None else f"{target.value} {target.unit}".strip()
    upper = "" if target.upper is None else f"–{target.upper}"
    return f"{target.comparator.value} {figure}{upper} | {target.part}".rstrip(" |")


def values(record: Indicator) -> list[str]:
    """All targets of an indicator, each on one line."""
    return [value(target) for target in record.targets]
