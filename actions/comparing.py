"""The same indicator in two plans: what changed and what did not, each side with its source."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from actions.citing import (
    clause_citation,
    indicator_citation,
    shortened,
    source_of_clause,
    source_of_indicator,
)
from actions.corpus import Corpus, Record
from actions.dialogue import Dialogue
from actions.indicators import correction
from actions.question import Field, Kind, Question
from actions.reply import Reply, answered
from actions.resolving import Outcome, resolve
from actions.wording import cell, target_text, when
from knowledge.records import Clause, Comparator, Indicator
from knowledge.selection import Change, Movement, change_of, comparable_lines
from trolyso.answer import Attachment, Status, Suggestion

_CAPTION = 120


def answer_comparison(
    question: Question, sides: tuple[Indicator, ...], corpus: Corpus, confidence: float
) -> Reply:
    """Two or more sides, oldest first: a sentence on what changed, then each record."""
    ordered = sorted(sides, key=lambda i: (i.period.end, corpus.documents[i.document_id].period.start))
    verdict = _verdict(ordered, corpus) if len(ordered) > 1 else ""
    first = f"{_without_side(question, ordered, corpus)}{correction(question, ordered[-1], corpus)}{verdict}"
    body = (
        _table(ordered, corpus, with_basis=question.field is Field.BASIS)
        if len(ordered) > 1
        else _side(ordered[0], corpus)
    )
    reply = answered(
        "\n".join([first.strip(), *body]).strip(),
        [indicator_citation(corpus.documents[s.document_id], s) for s in ordered],
        question.but(years=(ordered[-1].period.end,), subject=question.subject or ordered[-1].name),
        ordered[-1].id,
        (Suggestion("Ai phối hợp?", "ai phối hợp?"),),
        confidence,
    )
    # The step into a year whose values are not held is unknown, whatever is held of the years before it.
    status = Status.UNKNOWN if _into_absent_year(question, ordered, corpus) else reply.answer.status
    return Reply(replace(reply.answer, status=status, attachments=_chart(ordered)), reply.dialogue)


def _into_absent_year(question: Question, sides: list[Indicator], corpus: Corpus) -> bool:
    """True when a later year than that of the last side is asked, whose plan is held without its annex."""
    later = [year for year in question.years if year > sides[-1].period.end]
    return any(plan.id not in corpus.with_indicators for year in later for plan in corpus.plans_of(year))


def _table(sides: list[Indicator], corpus: Corpus, *, with_basis: bool) -> list[str]:
    """The sides beside each other, one field a line, cells parted by "|"; then a source for each side."""
    plans = [corpus.documents[side.document_id] for side in sides]
    names = [side.name for side in sides] if len({side.name for side in sides}) > 1 else []
    rows = [
        ("Nội dung", [when(plan, side) for plan, side in zip(plans, sides, strict=True)]),
        *([("Tên chỉ tiêu", names)] if names else []),
        ("Mục tiêu", [_flat(target_text(side)) for side in sides]),
        ("Chủ trì", [cell(side.lead_raw) for side in sides]),
        ("Phối hợp", [cell(side.coordinator_raw) for side in sides]),
        *([("Căn cứ", [cell(side.basis_raw) for side in sides])] if with_basis else []),
    ]
    lines = [] if names else [f"Chỉ tiêu: “{sides[-1].name}”"]
    lines += [" | ".join([name, *(value.replace("|", "/") for value in values)]) for name, values in rows]
    return lines + [
        f"Nguồn: {source_of_indicator(plan, side)}." for plan, side in zip(plans, sides, strict=True)
    ]


def _chart(sides: list[Indicator]) -> tuple[Attachment, ...]:
    """A chart where the values are numbers of the same thing."""
    if not comparable_lines(sides):
        return ()
    years = urlencode([("year", side.period.end) for side in sides])
    told = "; ".join(f"năm {side.period.end}: {_flat(target_text(side))}" for side in sides)
    caption = f"Biểu đồ “{shortened(sides[-1].name, _CAPTION)}”: {told}"
    return (Attachment("image", f"/bieu-do/{sides[-1].id}.png?{years}", caption),)


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
    firsts = [f.records[0] for f in found if f.records and f.outcome is not Outcome.NOTHING]
    return tuple({side.id: side for side in firsts if isinstance(side, Indicator | Clause)}.values())


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
    change = change_of(first, last)
    before, after = (when(corpus.documents[s.document_id], s).lower() for s in (first, last))
    old, new = _flat(target_text(first)), _flat(target_text(last))
    moved = _moved(change)
    changes = [f"mục tiêu đổi từ {old} ({before}) thành {new} ({after}){moved}"] if moved else []
    if change.lead:
        changes.append(f"cơ quan chủ trì đổi từ {cell(first.lead_raw)} thành {cell(last.lead_raw)}")
    if change.coordinator:
        changes.append(
            f"cơ quan phối hợp đổi từ {cell(first.coordinator_raw)} thành {cell(last.coordinator_raw)}"
        )
    if not changes:
        return f"Giữa {before} và {after}, mục tiêu và cơ quan thực hiện không đổi: {new}."
    return f"So sánh {before} với {after}: {'; '.join(changes)}."


def _moved(change: Change) -> str:
    """Which way a target moved, and how far where one number says it; empty when it did not."""
    match change.movement:
        case Movement.UP:
            return f", tức là tăng{_distance(change)}"
        case Movement.DOWN:
            return f", tức là giảm{_distance(change)}"
        case Movement.MIXED:
            return ", có phần tăng, có phần giảm"
        case Movement.REWORDED:
            return " (đổi cách ghi, không so được bằng số)"
    return ""


def _distance(change: Change) -> str:
    """ " 10 điểm phần trăm", or " hơn 30 sản phẩm" when the new value is a lower bound of an exact one."""
    assert change.before is not None
    assert change.after is not None
    if len(change.before.targets) != 1:
        return ""
    old, new = change.before.targets[0], change.after.targets[0]
    if old.comparator is not Comparator.EQUAL or old.value is None or new.value is None or new.upper:
        return ""
    if new.comparator is not Comparator.EQUAL and new.value < old.value:
        return ""
    more = {Comparator.OVER: " hơn", Comparator.AT_LEAST: " ít nhất"}.get(new.comparator, "")
    unit = " điểm phần trăm" if old.unit.startswith("%") else f" {old.unit}".rstrip()
    return f"{more} {abs(new.value - old.value):f}".replace(".", ",") + unit


def _flat(text: str) -> str:
    return " ".join(text.split())
