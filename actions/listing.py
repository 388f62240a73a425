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
from trolyso.answer import Answer, Status, Suggestion

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
    def total(self) -> int:
        return len(self.indicators) + len(self.tasks)


def answer_list(question: Question, corpus: Corpus, dialogue: Dialogue, offset: int = 0) -> Reply:
    """Number and names; the first ones in the reply, the rest a tap away."""
    found = _find(question, corpus)
    if found is None or (not found.total and found.document.id not in corpus.with_indicators):
        return _absent(question, found, corpus, dialogue)
    lines = _lines(found, corpus)
    size = len(lines) if len(lines) <= PAGE else _FIRST
    shown = lines[offset : offset + (PAGE if offset else size)]
    more = offset + len(shown) < len(lines)
    text = "\n".join(
        part
        for part in (
            _summary(question, found, corpus),
            numbered_from(shown, offset),
            f"Còn {len(lines) - offset - len(shown)} mục nữa, bấm “Xem tiếp”." if more else "",
            _shared_note(found, question),
            f"Nguồn: {document_name(found.document)}.",
        )
        if part
    )
    records = [*found.indicators, *found.tasks]
    page = records[offset : offset + len(shown)]
    citations = tuple(
        indicator_citation(found.document, r)
        if isinstance(r, Indicator)
        else task_citation(found.document, r)
        for r in page
    ) or (document_citation(found.document),)
    options = tuple(Option(r.name, r.id) for r in records)
    focus = question.but(years=question.years or _years(found.document))
    after = Dialogue(focus, None, options, False, offset + len(shown))
    return Reply(Answer(Status.ANSWERED, text, (_MORE,) if more else (), citations), after)


def numbered_from(lines: list[str], offset: int) -> str:
    """A numbered list that goes on from an earlier page."""
    return (
        "\n".join(f"{number}. {line}" for number, line in enumerate(lines, offset + 1))
        if offset
        else numbered(lines)
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


def _lines(found: _Found, corpus: Corpus) -> list[str]:
    rows = [f"{short_record(i, corpus)}{f' [STT {i.row}]' if i.row else ''}" for i in found.indicators]
    return rows + [
        f"{t.name} ({task_years(t)}; chủ trì: {cell(t.lead_raw)}) [{t.annex} {t.group}.{t.row}]"
        for t in found.tasks
    ]


def _summary(question: Question, found: _Found, corpus: Corpus) -> str:
    """The exact number, with what it counts."""
    names = ", ".join(corpus.agencies[a].name for a in question.agencies if a in corpus.agencies)
    role = (
        f" {ROLES[question.role]}" if question.role and names else " chủ trì hoặc phối hợp" if names else ""
    )
    pillar = f" thuộc nhóm {PILLARS[question.pillar]}" if question.pillar else ""
    value = f" có giá trị {', '.join(question.values)}%" if question.values else ""
    counts = [f"{len(found.indicators)} chỉ tiêu, nhiệm vụ{pillar}{value}"]
    if found.tasks:
        counts = [
            f"{len(found.indicators)} chỉ tiêu" if found.indicators else "",
            f"{len(found.tasks)} nhiệm vụ",
        ]
    what = " và ".join(count for count in counts if count)
    unnumbered = sum(i.row is None for i in found.indicators)
    numbering = (
        f" ({len(found.indicators) - unnumbered} dòng có số thứ tự và {unnumbered} dòng không đánh số)"
        if unnumbered
        else ""
    )
    subject = f"{names}{role}" if names else "Có"
    return f"Theo {document_name(found.document)}: {subject} {what}{numbering}."


def _shared_note(found: _Found, question: Question) -> str:
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
