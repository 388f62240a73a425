"""Lists and counts of indicators by agency, role, pillar, year or value: exact and in annex order."""

from __future__ import annotations

from dataclasses import dataclass

from actions.citing import document_citation, document_name, indicator_citation, task_citation
from actions.corpus import Corpus
from actions.dialogue import Dialogue, Option
from actions.indicators import short_record
from actions.question import Question
from actions.reply import Reply, unknown
from actions.resolving import scope
from actions.wording import PILLARS, ROLES, cell, numbered, task_years
from knowledge.records import Document, Indicator, Role, Task
from knowledge.store import IndicatorFilter
from trolyso.answer import Answer, Citation, Status, Suggestion

PAGE = 20
_FIRST = 10
_MORE = Suggestion("Xem tiếp", "xem tiếp")


@dataclass(frozen=True, slots=True)
class _Found:
    """What a list question matches in one plan."""

    document: Document
    indicators: tuple[Indicator, ...]
    tasks: tuple[Task, ...]
    shared: int

    @property
    def records(self) -> tuple[Indicator | Task, ...]:
        return (*self.indicators, *self.tasks)

    @property
    def total(self) -> int:
        return len(self.records)


def answer_list(question: Question, corpus: Corpus, dialogue: Dialogue, offset: int = 0) -> Reply:
    """Number and names; the first ones in the reply, the rest a tap away."""
    found = _find(question, corpus)
    if found is None or (not found.total and found.document.id not in corpus.with_indicators):
        return _absent(question, found, corpus, dialogue)
    size = PAGE if offset or found.total <= PAGE else _FIRST
    page = found.records[offset : offset + size]
    left = found.total - offset - len(page)
    parts = (
        _summary(question, found, corpus),
        numbered([_line(record, corpus) for record in page], offset + 1),
        f"Còn {left} mục nữa, bấm “Xem tiếp”." if left > 0 else "Danh sách đã hết." if offset else "",
        _shared_note(found),
        f"Nguồn: {document_name(found.document)}.",
    )
    citations = tuple(_citation(found.document, record) for record in page) or (
        document_citation(found.document),
    )
    text = "\n".join(part for part in parts if part)
    options = tuple(Option(r.name, r.id) for r in found.records)
    focus = question.but(years=question.years or _years(found.document))
    after = Dialogue(focus, None, options, False, offset + len(page))
    return Reply(Answer(Status.ANSWERED, text, (_MORE,) if left > 0 else (), citations), after)


def _citation(document: Document, record: Indicator | Task) -> Citation:
    return (
        indicator_citation(document, record)
        if isinstance(record, Indicator)
        else task_citation(document, record)
    )


def _years(document: Document) -> tuple[int, ...]:
    return (document.period.start,) if document.period.start == document.period.end else ()


def _find(question: Question, corpus: Corpus) -> _Found | None:
    """The newest plan in scope that has records of this kind."""
    found: _Found | None = None
    for document_id in scope(question, corpus).documents:
        document = corpus.documents[document_id]
        candidate = _in_document(question, document, corpus)
        if candidate.total:
            return candidate
        if found is None or (
            found.document.id not in corpus.with_indicators and document_id in corpus.with_indicators
        ):
            found = candidate
    return found


def _in_document(question: Question, document: Document, corpus: Corpus) -> _Found:
    def rows(agencies: tuple[str, ...]) -> tuple[Indicator, ...]:
        wanted = IndicatorFilter(
            document_ids=(document.id,), agency_ids=agencies, role=question.role, pillar=question.pillar
        )
        return corpus.store.indicators(wanted).items

    indicators = rows(question.agencies)
    if question.values:
        indicators = tuple(i for i in indicators if _has_value(i, question.values))
    if question.horizons:
        indicators = tuple(i for i in indicators if i.period.end in question.horizons)
    tasks = _tasks(question, document, corpus)
    shared = len(rows(("so-nganh",))) if question.agencies and _is_department(question, corpus) else 0
    return _Found(document, indicators, tasks, shared)


def _tasks(question: Question, document: Document, corpus: Corpus) -> tuple[Task, ...]:
    if question.pillar or question.values or question.role is Role.COORDINATOR or not question.agencies:
        return ()
    return tuple(t for agency in question.agencies for t in corpus.store.tasks(document.id, agency, False))


def _has_value(indicator: Indicator, values: tuple[str, ...]) -> bool:
    held = {f"{t.value:f}" for t in indicator.targets if t.value is not None}
    return bool(held & set(values))


def _is_department(question: Question, corpus: Corpus) -> bool:
    return all(a.startswith("so-") and a != "so-nganh" for a in question.agencies)


def _line(record: Indicator | Task, corpus: Corpus) -> str:
    if isinstance(record, Indicator):
        return f"{short_record(record, corpus)}{f' [STT {record.row}]' if record.row else ''}"
    place = f"{record.annex} {record.group}.{record.row}"
    return f"{record.name} ({task_years(record)}; chủ trì: {cell(record.lead_raw)}) [{place}]"


def _summary(question: Question, found: _Found, corpus: Corpus) -> str:
    """The exact number, with what it counts."""
    names = ", ".join(corpus.agencies[a].name for a in question.agencies if a in corpus.agencies)
    role = ROLES[question.role] if question.role else "chủ trì hoặc phối hợp"
    subject = f"{names} {role}" if names else "Có"
    return f"Theo {document_name(found.document)}: {subject} {_counted(question, found)}{_numbering(found)}."


def _counted(question: Question, found: _Found) -> str:
    if found.tasks:
        indicators = f"{len(found.indicators)} chỉ tiêu và " if found.indicators else ""
        return f"{indicators}{len(found.tasks)} nhiệm vụ"
    pillar = f" thuộc nhóm {PILLARS[question.pillar]}" if question.pillar else ""
    value = f" có giá trị {', '.join(question.values)}%" if question.values else ""
    return f"{len(found.indicators)} chỉ tiêu, nhiệm vụ{pillar}{value}"


def _numbering(found: _Found) -> str:
    unnumbered = sum(indicator.row is None for indicator in found.indicators)
    if not unnumbered:
        return ""
    numbered_rows = len(found.indicators) - unnumbered
    return f" ({numbered_rows} dòng có số thứ tự và {unnumbered} dòng không đánh số)"


def _shared_note(found: _Found) -> str:
    if not found.shared:
        return ""
    return f"Chưa kể {found.shared} chỉ tiêu, nhiệm vụ giao chung cho “các sở, ban, ngành”."


def _absent(question: Question, found: _Found | None, corpus: Corpus, dialogue: Dialogue) -> Reply:
    years = ", ".join(map(str, question.years)) or "được hỏi"
    note = found.document.note if found else ""
    text = f"Kho văn bản không có bảng chỉ tiêu của năm {years}, nên không lập được danh sách. {note}".strip()
    held = [corpus.documents[d].period.end for d in corpus.with_indicators]
    taps = tuple(Suggestion(f"Danh sách năm {y}", f"còn năm {y}?") for y in (2024, 2023) if y in held)
    return unknown(text, dialogue, question, found.document.id if found else None, taps)
