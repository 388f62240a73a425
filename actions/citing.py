"""Where a fact stands: citations for the payload, and the source line that people read."""

from __future__ import annotations

import re
from datetime import date

from knowledge.anchors import document_url, guide_url, row_anchor
from knowledge.records import Clause, Document, Guide, Indicator, Task
from trolyso.answer import Citation

_QUOTE_LENGTH = 300

DOCUMENT_NUMBER = re.compile(r"\d+/(?:\d{4}/)?[A-ZĐ]{2,}|\d+-[A-ZĐ]{2,}/")
"""The number of a document, as far as it tells one: "67/KH-UBND", "19-NQ/TU"."""


def indicator_citation(document: Document, indicator: Indicator) -> Citation:
    """The row of an indicator."""
    section = None if _single_annex(indicator.id) else _annex_path(indicator.id)
    text = f"{indicator.name}: {indicator.target_raw}" if indicator.target_raw else indicator.name
    return _citation(document, indicator.row, section, text, row_anchor(indicator.id))


def task_citation(document: Document, task: Task) -> Citation:
    """The row of a task or a planned document."""
    return _citation(document, task.row, _annex_path(task.id), task.name, row_anchor(task.id))


def clause_citation(document: Document, clause: Clause) -> Citation:
    """A clause by its path."""
    return _citation(document, None, clause.path, clause.text, clause.path)


def document_citation(document: Document) -> Citation:
    """A document as a whole."""
    return _citation(document, None, None, document.title, "")


def document_name(document: Document) -> str:
    """A document as people name it, always with its date: "Quyết định 206/QĐ-UBND ngày 31/01/2024"."""
    if not document.official:
        return "bài báo (không ghi tên tỉnh, không ghi số văn bản)"
    if document.number is None:
        return f"{document.kind} năm {document.period.end} của {document.issuer} (bản không in số và ngày)"
    return f"{document.kind} {document.number} ngày {printed_date(document.signed_on)}"


def printed_date(day: date | None) -> str:
    """A date as Vietnamese documents print it."""
    return day.strftime("%d/%m/%Y") if day else "không in"


def source_of_indicator(document: Document, indicator: Indicator) -> str:
    """The source line of a row: annex, document, date, STT."""
    annex = _annex_name(indicator.annex)
    row = f"STT {indicator.row}" if indicator.row else "dòng không đánh số thứ tự"
    group = f", phần đến năm {indicator.period.end}" if _annex_path(indicator.id) else ""
    return f"{annex}{group}, {document_name(document)}, {row}"


def source_of_task(document: Document, task: Task) -> str:
    """The source line of a task: annex, group, document, date, STT."""
    return f"{_annex_name(task.annex)}, nhóm {task.group}, {document_name(document)}, STT {task.row}"


def source_of_clause(document: Document, clause: Clause) -> str:
    """The source line of a clause: its place and document."""
    return f"{clause_place(clause)}, {document_name(document)}"


def clause_place(clause: Clause) -> str:
    """A clause path in words: "mục II.1.6.c"."""
    if "mo-dau" in clause.path:
        return "phần mở đầu của Quyết định phê duyệt" if clause.path.startswith("QĐ") else "phần mở đầu"
    if "noi-nhan" in clause.path:
        return "phần nơi nhận"
    if clause.path.startswith("QĐ."):
        return f"{clause.path[3:]} Quyết định phê duyệt"
    return f"mục {clause.path}" if not clause.path.startswith("p") else f"đoạn {clause.path[1:]}"


def _citation(document: Document, row: str | None, section: str | None, text: str, anchor: str) -> Citation:
    return Citation(
        document=document.cite,
        title=document.title,
        date=document.signed_on.isoformat() if document.signed_on else None,
        row=row,
        section=section,
        quote=shortened(text, _QUOTE_LENGTH),
        url=document_url(document.id, anchor),
    )


def shortened(text: str, length: int) -> str:
    """Text cut at a word, with an ellipsis when something is left out."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length].rsplit(" ", 1)[0] + "…"


def _single_annex(record_id: str) -> bool:
    return "." not in record_id.split(":", 1)[1]


def _annex_path(record_id: str) -> str:
    key = record_id.split(":", 1)[1]
    return key if "." in key else ""


def _annex_name(annex: str) -> str:
    return f"Phụ lục {annex[2:]}" if annex.startswith("PL") and annex[2:].isdigit() else annex


def guide_citation(guide: Guide) -> Citation:
    """The guide itself, by its page; its date is that of the last review."""
    return Citation(
        document="Hướng dẫn",
        title=guide.title,
        date=guide.reviewed_on.isoformat(),
        row=None,
        section=None,
        quote=guide.title,
        url=guide_url(guide),
    )
