"""A document laid out for its page: headings, clauses and annex tables, each with its HTML id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.pages.annex_view import Table, annex_tables
from knowledge.records import Clause, Document, Indicator, Task

_LONGEST_HEADING = 160
_LOWEST_HEADING = 5
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the same page."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One clause. `level` is the HTML heading level of a heading, else the depth of indentation."""

    heading: bool
    level: int
    anchor: str
    label: str
    text: str
    body: tuple[str, ...]
    note: str
    references: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Everything that the page of a document shows."""

    document: Document
    pieces: tuple[Piece, ...]
    tables: tuple[Table, ...]
    contents: tuple[Link, ...]


def document_view(
    document: Document, clauses: Sequence[Clause], indicators: Sequence[Indicator], tasks: Sequence[Task]
) -> DocumentView:
    """Lay a document out; records are taken in the order in which they are given."""
    pieces = _pieces(clauses)
    tables = annex_tables(indicators, tasks)
    top = [Link(piece.anchor, _title(piece)) for piece in pieces if piece.heading and piece.level == 2]
    return DocumentView(
        document, pieces, tables, (*top, *(Link(table.anchor, table.title) for table in tables))
    )


def _pieces(clauses: Sequence[Clause]) -> tuple[Piece, ...]:
    parents = {clause.trail for clause in clauses if clause.trail}
    labels = {clause.path: _short_name(clause) for clause in clauses}
    return tuple(_piece(clause, parents, labels) for clause in clauses)


def _piece(clause: Clause, parents: set[tuple[str, ...]], labels: dict[str, str]) -> Piece:
    first, *rest = clause.text.split("\n")
    own = (*clause.trail, f"{clause.label} {first}".strip())
    heading = own in parents and len(first) <= _LONGEST_HEADING
    depth = len(clause.trail)
    return Piece(
        heading=heading,
        level=min(depth + 2, _LOWEST_HEADING) if heading else min(depth, _DEEPEST),
        anchor=clause.path,
        label=clause.label,
        text=first,
        body=tuple(rest),
        note=clause.note,
        references=tuple(Link(path, labels.get(path, path)) for path in clause.references),
    )


def _short_name(clause: Clause) -> str:
    first = clause.text.split("\n", 1)[0]
    return f"{clause.path}: {first[:60].rstrip()}…" if len(first) > 60 else f"{clause.path}: {first}"


def _title(piece: Piece) -> str:
    return f"{piece.label} {piece.text}".strip()
