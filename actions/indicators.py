"""Questions about one indicator: who leads, who coordinates, how much, on what basis, the whole record."""

from __future__ import annotations

import re

from actions.citing import document_name, indicator_citation, source_of_indicator
from actions.corpus import Corpus
from actions.dialogue import Dialogue
from actions.question import Field, Question
from actions.reply import Reply, answered, unknown
from actions.wording import cell, successor_line, target_text, when
from knowledge.records import Agency, Indicator, Role
from knowledge.selection.wording import PILLARS
from trolyso.answer import Suggestion

_NUMBERED = re.compile(r"\d+/(?:\d{4}/)?[A-ZĐ]{2,}|\d+-[A-ZĐ]{2,}/")


def answer_indicator(question: Question, indicator: Indicator, corpus: Corpus, confidence: float) -> Reply:
    """The asked fact in one sentence, then the record, then its source."""
    if question.field is Field.BASIS and indicator.basis_raw is None and not _NUMBERED.search(indicator.name):
        return _without_basis(question, indicator, corpus)
    document = corpus.documents[indicator.document_id]
    premise = correction(question, indicator, corpus)
    lines = [
        f"{premise}{_sentence(question.field, indicator, corpus)}",
        *_record_lines(indicator),
        successor_line(_renamed(indicator, question, corpus)),
        f"Nguồn: {source_of_indicator(document, indicator)}.",
    ]
    return answered(
        "\n".join(line for line in lines if line),
        [indicator_citation(document, indicator)],
        question.but(
            years=question.years or _year(indicator, corpus), subject=question.subject or indicator.name
        ),
        indicator.id,
        _suggestions(question, indicator, corpus),
        confidence,
    )


def _without_basis(question: Question, indicator: Indicator, corpus: Corpus) -> Reply:
    """This annex prints no legal basis; that of the same indicator in another plan is told as what it is."""
    document = corpus.documents[indicator.document_id]
    text = f"Dạ, phụ lục của {document_name(document)} không có cột căn cứ pháp lý, nên em không trả lời được"
    lines = [f"{text} căn cứ của “{indicator.name}”."]
    citations = [indicator_citation(document, indicator)]
    for twin in (t for t in corpus.twins(indicator) if t.basis_raw):
        other = corpus.documents[twin.document_id]
        lines.append(f"{when(other, twin)}, cùng chỉ tiêu này ghi căn cứ: {cell(twin.basis_raw)}.")
        lines.append(f"Nguồn: {source_of_indicator(other, twin)}.")
        citations.append(indicator_citation(other, twin))
    after = Dialogue(question.but(subject=question.subject or indicator.name), indicator.id)
    return unknown("\n".join(lines), after, citations=tuple(citations))


def _year(indicator: Indicator, corpus: Corpus) -> tuple[int, ...]:
    """The year that the focus takes from an answered record, for "năm trước đó"."""
    period = corpus.documents[indicator.document_id].period
    return (period.start,) if period.start == period.end else ()


def _sentence(field: Field, indicator: Indicator, corpus: Corpus) -> str:
    """The asked fact, in a sentence of its own."""
    time = when(corpus.documents[indicator.document_id], indicator)
    name = f"“{indicator.name}”"
    match field:
        case Field.LEAD:
            return f"{time}, cơ quan chủ trì {name}: {cell(indicator.lead_raw)}."
        case Field.COORDINATOR:
            return f"{time}, cơ quan phối hợp {name}: {cell(indicator.coordinator_raw)}."
        case Field.BASIS if indicator.basis_raw is None:
            return f"Phụ lục này không có cột căn cứ pháp lý; văn bản được nêu ngay trong tên: {name}."
        case Field.BASIS:
            return f"{time}, căn cứ pháp lý của {name}: {cell(indicator.basis_raw)}."
        case Field.NOTE:
            return f"{time}, ghi chú của {name}: {cell(indicator.note_raw)}."
        case Field.TARGET if indicator.target_raw is None:
            return f"{time}, mục tiêu là: {indicator.name}."
        case Field.TARGET:
            return f"{time}, mục tiêu của {name}: {target_text(indicator)}."
        case _ if indicator.target_raw:
            return f"{time}, {name}: mục tiêu {target_text(indicator)}, {cell(indicator.lead_raw)} chủ trì."
    return f"{time}: {name}, {cell(indicator.lead_raw)} chủ trì."


def _record_lines(indicator: Indicator) -> list[str]:
    """The whole record but its name, one field a line; blank cells are said to be blank."""
    lines = []
    if indicator.target_raw is not None:
        lines.append(f"• Mục tiêu: {target_text(indicator)}")
    lines.append(f"• Chủ trì: {cell(indicator.lead_raw)}")
    lines.append(f"• Phối hợp: {cell(indicator.coordinator_raw)}")
    if indicator.basis_raw is not None:
        lines.append(f"• Căn cứ pháp lý: {cell(indicator.basis_raw)}")
    if indicator.note_raw:
        lines.append(f"• Ghi chú: {indicator.note_raw}")
    if indicator.pillar:
        lines.append(f"• Thuộc nhóm: {PILLARS[indicator.pillar]}")
    return lines


def short_record(indicator: Indicator, corpus: Corpus, field: Field = Field.RECORD) -> str:
    """A record in one line, for lists and clarifications; `field` is told too when it is asked."""
    time = when(corpus.documents[indicator.document_id], indicator)
    target = "" if indicator.target_raw is None else f"; mục tiêu: {' '.join(target_text(indicator).split())}"
    lead = f"; chủ trì: {cell(indicator.lead_raw)}"
    return f"{indicator.name} ({time.lower()}{target}{lead}{_asked(indicator, field)})"


def _asked(indicator: Indicator, field: Field) -> str:
    if field is Field.COORDINATOR:
        return f"; phối hợp: {cell(indicator.coordinator_raw)}"
    if field is Field.BASIS and indicator.basis_raw is not None:
        return f"; căn cứ: {cell(indicator.basis_raw)}"
    if field is Field.NOTE:
        return f"; ghi chú: {cell(indicator.note_raw)}"
    return ""


def _renamed(indicator: Indicator, question: Question, corpus: Corpus) -> list[tuple[Agency, Agency]]:
    """The agencies of the asked role that have another name in the newest plan."""
    role = {Field.LEAD: Role.LEAD, Field.COORDINATOR: Role.COORDINATOR}.get(question.field)
    agencies = [corpus.agencies[a.agency_id] for a in indicator.assignments if role is None or a.role is role]
    if role is None:
        return []
    return [(a, corpus.agencies[a.successor]) for a in dict.fromkeys(agencies) if a.successor]


def correction(question: Question, indicator: Indicator, corpus: Corpus) -> str:
    """The first words when the person states something and asks to confirm it; empty otherwise."""
    if not question.claim:
        return ""
    wrong = wrong_value(question, indicator) or _wrong_agency(question, indicator, corpus)
    right = bool(question.values or question.agencies)
    if wrong:
        return "Chưa đúng. "
    return "Theo văn bản thì đúng như vậy. " if right else ""


def wrong_value(question: Question, indicator: Indicator) -> bool:
    """True when figures are named and none of them stands in the record."""
    if not question.values:
        return False
    held = set(re.findall(r"\d+(?:[.,]\d+)?", f"{indicator.target_raw or ''} {indicator.name}"))
    return not {value.replace(",", ".") for value in question.values} & {h.replace(",", ".") for h in held}


def _wrong_agency(question: Question, indicator: Indicator, corpus: Corpus) -> bool:
    if not question.agencies:
        return False
    role = question.role or Role.LEAD
    held = {a.agency_id for a in indicator.assignments if a.role is role}
    named = set(question.agencies)
    return not held & named or ("sole" in question.asks and held != named)


def _suggestions(question: Question, indicator: Indicator, corpus: Corpus) -> tuple[Suggestion, ...]:
    """Other years and other fields of the same record, as plain messages."""
    years = [
        corpus.documents[t.document_id].period.end for t in corpus.twins(indicator) if t.id != indicator.id
    ]
    taps = [Suggestion(f"So với năm {year}", f"so với năm {year} thì sao?") for year in years]
    if question.field is not Field.COORDINATOR:
        taps.append(Suggestion("Ai phối hợp?", "ai phối hợp?"))
    if question.field is not Field.BASIS and indicator.basis_raw is not None:
        taps.append(Suggestion("Căn cứ pháp lý", "căn cứ vào văn bản nào?"))
    if question.field not in (Field.LEAD, Field.RECORD):
        taps.append(Suggestion("Ai chủ trì?", "ai chủ trì?"))
    return tuple(taps[:4])
