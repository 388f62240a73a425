"""The records that a search brings for a question, each with the evidence for and against it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions.corpus import Corpus, Record
from actions.question import Field, Kind, Question
from knowledge.records import Clause, Document, Indicator, Task
from knowledge.search.engine import Hit, Query
from knowledge.search.passages import Kind as PassageKind

ANNEX_FIELDS = frozenset({Field.LEAD, Field.COORDINATOR, Field.TARGET, Field.BASIS, Field.NOTE})
"""Fields that only annex rows have as columns."""
_HITS = 24
_ROW_KINDS = frozenset({PassageKind.INDICATOR, PassageKind.TASK, PassageKind.PLANNED})
_CLAUSE_KINDS = frozenset({PassageKind.CLAUSE})
# What evidence beside the text adds to a calibrated score (0 to 1), chosen on eval/tuning.jsonl.
_KIND_PRIOR = 0.06
_FIELD_PRIOR = 0.15
_AGENCY_PRIOR = 0.05
_SECTION_PRIOR = 0.15
_FOCUS_PRIOR = 0.2
_SAME_PLAN_PRIOR = 0.15
_DEADLINE_PRIOR = 0.3
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
    """A record with its score and how much of the subject it holds."""

    record: Record
    score: float
    coverage: float


def find_candidates(
    question: Question, documents: tuple[str, ...], corpus: Corpus, near: Record | None
) -> list[Candidate]:
    """Records for the subject of a question in some documents, best first; `near` is the one in focus."""
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
    found: dict[str, Candidate] = {}
    names = tuple(corpus.agencies[a].name for a in question.agencies if a in corpus.agencies)
    timeless = not (question.years or question.documents or question.horizons)
    for hit in hits:
        record = corpus.record(hit.passage.id)
        if record is None or not _may_answer(record, question):
            continue
        if isinstance(record, Indicator) and timeless:
            record = corpus.twins(record)[-1]
        score = min(max(hit.score + _evidence(hit, record, question, near, names), 0.0), 1.0)
        known = found.get(record.id)
        if known is None or known.score < score:
            found[record.id] = Candidate(record, score, hit.parts.coverage)
    ranked = sorted(found.values(), key=lambda candidate: -candidate.score)
    if "deadline" in question.asks and timeless:
        _sort_deadlines(ranked, names, corpus)
    # An agency that a newer plan no longer names keeps its own clause of the older one.
    return _newest_clauses(ranked, corpus) if timeless and not names else ranked


def _sort_deadlines(ranked: list[Candidate], names: tuple[str, ...], corpus: Corpus) -> None:
    """An agency's deadline stands in its own section; without an agency the newest plan's comes first."""
    order = list(corpus.documents)
    if names:
        ranked.sort(key=lambda c: not any(name in " ".join(getattr(c.record, "trail", ())) for name in names))
    else:
        ranked.sort(key=lambda c: order.index(corpus.document_of(c.record).id))


def _newest_clauses(ranked: list[Candidate], corpus: Corpus) -> list[Candidate]:
    """Plans repeat each other nearly word by word: of such clauses only the newest plan's is kept."""
    order = list(corpus.documents)
    kept: list[Candidate] = []
    for candidate in sorted(ranked, key=lambda c: order.index(corpus.document_of(c.record).id)):
        text = name_of(candidate.record)
        twin = isinstance(candidate.record, Clause) and any(
            isinstance(other.record, Clause) and _overlap(name_of(other.record), text) >= _SAME_CLAUSE
            for other in kept
        )
        if not twin:
            kept.append(candidate)
    return [candidate for candidate in ranked if candidate in kept]


def _evidence(
    hit: Hit, record: Record, question: Question, near: Record | None, names: tuple[str, ...]
) -> float:
    """What the kind of question and the focus add to a hit, or take from it."""
    wanted = _CLAUSE_KINDS if question.kind in (Kind.CLAUSE, Kind.DUTY) else _ROW_KINDS
    prior = _FIELD_PRIOR if question.field in ANNEX_FIELDS and wanted is _ROW_KINDS else _KIND_PRIOR
    evidence = prior if hit.passage.kind in wanted else -prior
    if question.agencies and set(question.agencies) & set(hit.passage.agencies):
        evidence += _AGENCY_PRIOR
    if "deadline" in question.asks:
        evidence += _DEADLINE_PRIOR
    if isinstance(record, Clause) and any(name in " ".join(record.trail) for name in names):
        evidence += _SECTION_PRIOR
    if near is not None and near.id != record.id:
        evidence += _FOCUS_PRIOR * _overlap(name_of(near), name_of(record))
        if isinstance(near, Clause) and isinstance(record, Clause) and near.document_id == record.document_id:
            evidence += _SAME_PLAN_PRIOR
    return evidence


def _overlap(one: str, other: str) -> float:
    """Share of words that two names have in common."""
    left, right = set(one.casefold().split()), set(other.casefold().split())
    return len(left & right) / max(len(left | right), 1)


def _may_answer(record: Record, question: Question) -> bool:
    """Title lines answer nothing; a horizon keeps its own goals; a deadline is a clause with a date."""
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
    if not question.horizons:
        return True
    if isinstance(record, Clause):
        named = {int(year) for title in record.trail for year in _GOAL_YEAR.findall(title)}
        return bool(named & set(question.horizons)) or (not named and question.kind is not Kind.INDICATOR)
    return not isinstance(record, Indicator) or record.period.end in question.horizons


def name_of(record: Record) -> str:
    """The words by which a record is known: its name, its text or its title."""
    match record:
        case Indicator() | Task():
            return record.name
        case Clause():
            return record.text
        case Document():
            return record.title
