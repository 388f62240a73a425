"""The same indicator in two plans: what changed and what did not, each side with its source."""

from __future__ import annotations

from actions.citing import clause_citation, indicator_citation, source_of_clause, source_of_indicator
from actions.corpus import Corpus, Record
from actions.dialogue import Dialogue
from actions.indicators import correction
from actions.question import Kind, Question
from actions.reply import Reply, answered
from actions.resolving import Outcome, resolve
from actions.wording import cell, target_text, when
from knowledge.records import Clause, Indicator, Role
from trolyso.answer import Suggestion


def answer_comparison(
    question: Question, sides: tuple[Indicator, ...], corpus: Corpus, confidence: float
) -> Reply:
    """Two or more sides, oldest first: a sentence on what changed, then each record."""
    ordered = sorted(sides, key=lambda i: (i.period.end, corpus.documents[i.document_id].period.start))
    verdict = _verdict(ordered, corpus) if len(ordered) > 1 else ""
    first = f"{_without_side(question, ordered, corpus)}{correction(question, ordered[-1], corpus)}{verdict}"
    return answered(
        "\n".join([first.strip(), *(line for side in ordered for line in _side(side, corpus))]).strip(),
        [indicator_citation(corpus.documents[s.document_id], s) for s in ordered],
        question.but(years=(ordered[-1].period.end,), subject=question.subject or ordered[-1].name),
        ordered[-1].id,
        (Suggestion("Ai phối hợp?", "ai phối hợp?"),),
        confidence,
    )


def _without_side(question: Question, sides: list[Indicator], corpus: Corpus) -> str:
    """Asked years in which the indicator does not stand: said first, with where they may be found."""
    held = {side.period.end for side in sides}
    told = []
    for year in (year for year in question.years if year not in held):
        notes = [plan.note for plan in corpus.plans_of(year) if plan.id not in corpus.with_indicators]
        told.append(" ".join([f"Kho văn bản không có chỉ tiêu này của năm {year}.", *notes, ""]))
    return "".join(told)


def _side(indicator: Indicator, corpus: Corpus) -> list[str]:
    """One side of a comparison, a field a line."""
    document = corpus.documents[indicator.document_id]
    return [
        f"{when(document, indicator)}: “{indicator.name}”",
        f"• Mục tiêu: {target_text(indicator)}",
        f"• Chủ trì: {cell(indicator.lead_raw)}",
        f"• Phối hợp: {cell(indicator.coordinator_raw)}",
        f"  Nguồn: {source_of_indicator(document, indicator)}.",
    ]


def sides_of(question: Question, indicator: Indicator, corpus: Corpus) -> tuple[Indicator, ...]:
    """The twins that a comparison is about: those of the asked years, or all when one year is asked."""
    twins = corpus.twins(indicator)
    asked = tuple(t for t in twins if t.period.end in question.years)
    return asked if len(asked) > 1 else twins


def horizon_sides(question: Question, dialogue: Dialogue, corpus: Corpus) -> tuple[Record, ...]:
    """The goal of each horizon ("mốc 2025 với mốc 2030") for the same subject."""
    found = [resolve(_goal(question, year), dialogue, corpus) for year in question.horizons]
    return tuple(f.records[0] for f in found if f.records and f.outcome is not Outcome.NOTHING)


def _goal(question: Question, year: int) -> Question:
    return question.but(kind=Kind.INDICATOR, horizons=(year,), years=())


def answer_goals(question: Question, sides: tuple[Record, ...], corpus: Corpus) -> Reply:
    """The goals of several horizons beside each other, each as printed."""
    lines = [f"Mục tiêu ở các mốc {', '.join(map(str, question.horizons))}:"]
    citations = []
    for year, side in zip(question.horizons, sides, strict=False):
        document = corpus.document_of(side)
        if isinstance(side, Indicator):
            lines.append(
                f"• Đến năm {year}: {target_text(side)} (nguồn: {source_of_indicator(document, side)})"
            )
            citations.append(indicator_citation(document, side))
        elif isinstance(side, Clause):
            lines.append(f"• Đến năm {year}: {side.text} (nguồn: {source_of_clause(document, side)})")
            citations.append(clause_citation(document, side))
    return answered("\n".join(lines), citations, question, sides[-1].id, (), 0.8)


def _verdict(sides: list[Indicator], corpus: Corpus) -> str:
    """One sentence: which fields differ between the first and the last side."""
    first, last = sides[0], sides[-1]
    before, after = (when(corpus.documents[s.document_id], s).lower() for s in (first, last))
    old, new = _flat(target_text(first)), _flat(target_text(last))
    changes = (
        [f"mục tiêu đổi từ {old} ({before}) thành {new} ({after})"] if _values(first) != _values(last) else []
    )
    if _agencies(first, Role.LEAD) != _agencies(last, Role.LEAD):
        changes.append(f"cơ quan chủ trì đổi từ {cell(first.lead_raw)} thành {cell(last.lead_raw)}")
    if _agencies(first, Role.COORDINATOR) != _agencies(last, Role.COORDINATOR):
        changes.append(
            f"cơ quan phối hợp đổi từ {cell(first.coordinator_raw)} thành {cell(last.coordinator_raw)}"
        )
    if not changes:
        return f"Giữa {before} và {after}, mục tiêu và cơ quan thực hiện không đổi: {new}."
    return f"So sánh {before} với {after}: {'; '.join(changes)}."


def _values(indicator: Indicator) -> tuple[tuple[str, str], ...]:
    return tuple(
        (t.comparator.value, f"{t.value}{t.unit}" if t.value is not None else t.raw)
        for t in indicator.targets
    )


def _agencies(indicator: Indicator, role: Role) -> frozenset[str]:
    return frozenset(a.agency_id for a in indicator.assignments if a.role is role)


def _flat(text: str) -> str:
    return " ".join(text.split())
