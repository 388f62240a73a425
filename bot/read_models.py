"""The records as the read API shows them: every stored field, and the address of its place."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, Field

from knowledge.anchors import document_url, row_anchor
from knowledge.records import Clause, Document, Indicator

T = TypeVar("T")


class Listing(BaseModel, Generic[T]):
    """A stretch of a longer list: `total` counts the whole list."""

    items: list[T]
    total: int = Field(ge=0)
    limit: int = Field(ge=0)
    offset: int = Field(ge=0)


@dataclass(frozen=True)
class DocumentOut(Document):
    """A document, without its text."""

    url: str = ""


@dataclass(frozen=True)
class ClauseOut(Clause):
    """A clause and where to read it."""

    url: str = ""


@dataclass(frozen=True)
class IndicatorOut(Indicator):
    """An indicator and where to read it."""

    url: str = ""


@dataclass(frozen=True)
class DocumentDetail(DocumentOut):
    """A document with all its clauses in reading order."""

    clauses: tuple[ClauseOut, ...] = ()


def document_out(document: Document) -> DocumentOut:
    """A document for the API."""
    return DocumentOut(**_values(document), url=document_url(document.id))


def document_detail(document: Document, clauses: tuple[Clause, ...]) -> DocumentDetail:
    """A document with its clauses for the API."""
    return DocumentDetail(
        **_values(document), url=document_url(document.id), clauses=tuple(map(clause_out, clauses))
    )


def clause_out(clause: Clause) -> ClauseOut:
    """A clause for the API."""
    return ClauseOut(**_values(clause), url=document_url(clause.document_id, clause.path))


def indicator_out(indicator: Indicator) -> IndicatorOut:
    """An indicator for the API."""
    return IndicatorOut(
        **_values(indicator), url=document_url(indicator.document_id, row_anchor(indicator.id))
    )


def _values(record: Any) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(record)}
