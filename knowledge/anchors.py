"""Addresses of documents, clauses and annex rows: what citations link to, and the ids that pages carry."""

from __future__ import annotations

from urllib.parse import quote

from knowledge.records import Guide
from knowledge.search.passages import Kind, Passage

UNNUMBERED = "stt-khong-so"


def row_anchor(record_id: str) -> str:
    """The HTML id of an annex row, from a record's id.

    ``206-qd-ubnd:80`` is ``stt-80``, ``206-qd-ubnd:-`` is ``stt-khong-so``; a row that is named by
    annex and group keeps its name (``67-kh-ubnd:PL3.D.4`` is ``PL3.D.4``). The HTML id of a clause is
    its path.
    """
    row = record_id.partition(":")[2]
    if row == "-":
        return UNNUMBERED
    return f"stt-{row}" if row.isdigit() else row


def document_url(document_id: str, anchor: str = "") -> str:
    """The public page of a document, at `anchor` when there is one; ready to stand in a link."""
    return f"/van-ban/{document_id}" + (f"#{quote(anchor)}" if anchor else "")


def guide_url(guide: Guide) -> str:
    """The public page of a guide."""
    return f"/{guide.id}"


def passage_url(passage: Passage) -> str:
    """Where a person reads what a search found."""
    if passage.kind is Kind.GUIDE:
        return f"/{passage.id}"
    if passage.kind is Kind.DOCUMENT:
        return document_url(passage.document_id)
    if passage.kind is Kind.CLAUSE:
        return document_url(passage.document_id, passage.id.partition("#")[2])
    return document_url(passage.document_id, row_anchor(passage.id))
