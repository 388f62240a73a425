"""The records that a search brings for a question, each with the evidence for and against it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions.citing import DOCUMENT_NUMBER
from actions.corpus import Corpus, Record
from actions.evidence import Asked, asked_of, doubts_of, evidence_of, name_of, overlap
from actions.question import Kind, Question
from actions.terms import default_terms
from knowledge.records import Clause, Indicator
from knowledge.search.engine import Hit, Query
from knowledge.search.passages import Kind as PassageKind

_HITS = 24
_ROW_KINDS = frozenset({PassageKind.INDICATOR, PassageKind.TASK, PassageKind.PLANNED})
_CLAUSE_KINDS = frozenset({PassageKind.CLAUSE})
_CLEARLY = 1.5
_ENOUGH = 0.7
_SAME_CLAUSE = 0.7
_BARE_TITLE = 80
_DEADLINE = re.compile(r"trước ngày \d{1,2}/\d{1,2}|ngày \d{1,2} tháng \d{1,2} hàng năm", re.IGNORECASE)
_ASK_WORDS = {
    "deadline": "báo cáo kết quả thực hiện trước ngày hàng năm",
    "funding": "kinh phí thực hiện bố trí từ nguồn ngân sách",
}
_GOAL_YEAR = re.compile(r"đến năm (\d{4})")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record with the probability that it is the one asked for, and how much of the subject it holds."""

    record: Record
    score: float
    coverage: float
    evidence: tuple[float, ...] = ()


def find_candidates(
    question: Question, documents: tuple[str, ...], corpus: Corpus, near: Record | None
) -> list[Candidate]:
    """Records for the subject of a question in some documents, best first; `near` is the one in focus.

    Everyday words are read as those of the plans, unless they fit clearly better as they are. Of a long story
    what it tells before it asks is heard too, when what it asks is not enough to know what is meant.
    """
    found = _in_either_words(question, documents, corpus, near)
    if not question.wider or _best(found) >= _ENOUGH:
        return found
    whole = _in_either_words(question.but(subject=question.wider), documents, corpus, near)
    return whole if _best(whole) > _best(found) else found


def _in_either_words(
    question: Question, documents: tuple[str, ...], corpus: Corpus, near: Record | None
) -> list[Candidate]:
    found = _found(question, documents, corpus, near)
    in_plan_words = default_terms().read(question.subject)
    if in_plan_words == question.subject:
        return found
    others = _found(question.but(subject=in_plan_words), documents, corpus, near)
    return found if _best(found) > _CLEARLY * _best(others) else others


def _best(ranked: list[Candidate]) -> float:
    return max((candidate.score for candidate in ranked), default=0.0)


def _found(
    question: Question, documents: tuple[str, ...], corpus: Corpus, near: Record | None
) -> list[Candidate]:
    # What is asked was taken out of the subject; here its words are what the clause says.
    subject = " ".join([question.subject, *(_ASK_WORDS[ask] for ask in question.asks if ask in _ASK_WORDS)])
    if not documents or not subject.strip():
        return []
    hits = corpus.search(
        Query(
            text=subject,
            original=question.typed,
            accented=not question.restored,
            kinds=_ROW_KINDS if question.kind is Kind.COMPARE else _ROW_KINDS | _CLAUSE_KINDS,
            document_ids=frozenset(documents),
            limit=_HITS,
        )
    )
    return _candidates(hits, question, corpus, near)


def _candidates(hits: list[Hit], question: Question, corpus: Corpus, near: Record | None) -> list[Candidate]:
    """Records of the hits, best first; without a year an indicator stands for its newest twin."""
    asked = asked_of(question, near, corpus)
    ranked = _judged(_recorded(hits, question, corpus), asked, corpus)
    timeless = not question.narrow
    if "deadline" in question.asks and timeless:
        _sort_deadlines(ranked, asked.agencies, near, corpus)
    # An agency that a newer plan no longer names keeps its own clause of the older one.
    return _newest_clauses(ranked, near, corpus) if timeless and not asked.agencies else ranked


def _recorded(hits: list[Hit], question: Question, corpus: Corpus) -> list[tuple[Hit, Record]]:
    """The best hit of each record that may answer; without a time an indicator stands for its newest twin."""
    found: dict[str, tuple[Hit, Record]] = {}
    for hit in hits:
        record = corpus.record(hit.passage.id)
        if record is None or record.id == question.rejected or not _may_answer(record, question):
            continue
        if isinstance(record, Indicator) and not question.narrow:
            record = corpus.twins(record)[-1]
        found.setdefault(record.id, (hit, record))
    return list(found.values())


def _judged(found: list[tuple[Hit, Record]], asked: Asked, corpus: Corpus) -> list[Candidate]:
    """The records with their probabilities, the likeliest first."""
    rows = [evidence_of(hit, record, asked, corpus) for hit, record in found]
    chances = corpus.ranking.chances(rows, doubts_of(rows, asked.question, corpus))
    ranked = [
        Candidate(record, chance, hit.parts.coverage, row)
        for (hit, record), row, chance in zip(found, rows, chances, strict=True)
    ]
    return sorted(ranked, key=lambda candidate: -candidate.score)


def _sort_deadlines(
    ranked: list[Candidate], names: tuple[str, ...], near: Record | None, corpus: Corpus
) -> None:
    """An agency's deadline stands in its own section; else the plan in focus comes first, then the newest."""
    order = _plans(near, corpus)
    if names:
        ranked.sort(key=lambda c: not any(name in " ".join(getattr(c.record, "trail", ())) for name in names))
    else:
        ranked.sort(key=lambda c: order.index(corpus.document_of(c.record).id))


def _plans(near: Record | None, corpus: Corpus) -> list[str]:
    """The documents, that of the record in focus first, then the newest."""
    first = [corpus.document_of(near).id] if near is not None else []
    return [*first, *corpus.documents]


def _newest_clauses(ranked: list[Candidate], near: Record | None, corpus: Corpus) -> list[Candidate]:
    """Plans repeat each other nearly word by word: of such clauses only one is kept.

    It is that of the plan in focus, otherwise the newest plan's.
    """
    order = _plans(near, corpus)
    kept: list[Candidate] = []
    for candidate in sorted(ranked, key=lambda c: order.index(corpus.document_of(c.record).id)):
        text = name_of(candidate.record)
        twin = isinstance(candidate.record, Clause) and any(
            isinstance(other.record, Clause) and overlap(name_of(other.record), text) >= _SAME_CLAUSE
            for other in kept
        )
        if not twin:
            kept.append(candidate)
    return [candidate for candidate in ranked if candidate in kept]


def _may_answer(record: Record, question: Question) -> bool:
    """Title lines answer nothing; a horizon keeps its own goals; a deadline is a clause with a date."""
    if isinstance(record, Clause) and "number" in question.meta and DOCUMENT_NUMBER.search(record.text):
        return True  # the opening lines of a plan name what it rests on
    if (
        isinstance(record, Clause)
        and ("mo-dau" in record.path or "noi-nhan" in record.path)
        and record.trail == ()
    ):
        return False
    if isinstance(record, Clause) and "." not in record.path and len(record.text) <= _BARE_TITLE:
        return False
    if "deadline" in question.asks:
        return isinstance(record, Clause) and _DEADLINE.search(record.text) is not None
    if not question.horizons or question.years:
        return True  # "kế hoạch 2023 nói tới hết 2025 …": the plan of a year speaks of later ones
    if isinstance(record, Clause):
        named = {int(year) for title in record.trail for year in _GOAL_YEAR.findall(title)}
        return bool(named & set(question.horizons)) or (not named and question.kind is not Kind.INDICATOR)
    return not isinstance(record, Indicator) or record.period.end in question.horizons
