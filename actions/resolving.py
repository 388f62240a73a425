"""Which record a question is about: by row, by the focus, or by search over the right plans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from actions.corpus import Corpus, Record
from actions.dialogue import Dialogue
from actions.question import Field, Kind, Question
from actions.subject import says_something
from knowledge.records import Clause, Document, Indicator, Task
from knowledge.search.engine import Hit, Query
from knowledge.search.passages import Kind as PassageKind
from vietnamese import fold

ANSWERED_FROM = 0.45
"""Calibrated score from which the best record is answered."""
OFFERED_FROM = 0.09
"""Calibrated score from which the best records are named for the person to pick."""
_OPTIONS = 4
_CANDIDATES = 24
_VAGUE_WORDS = 9
_ASIDE = 4
_SECTION_PRIOR = 0.15
_SAME_CLAUSE = 0.7
_SAME_PLAN_PRIOR = 0.15
_NAMED = 0.6
_MOSTLY = 0.5
_WHOLE = 0.85
_ALIKE = 0.95
_CLOSE = 0.85
_LAST_HORIZON = 2030
_BARE_TITLE = 80
_ROW_KINDS = frozenset({PassageKind.INDICATOR, PassageKind.TASK, PassageKind.PLANNED})
_CLAUSE_KINDS = frozenset({PassageKind.CLAUSE})
_KIND_PRIOR = 0.06
_FIELD_PRIOR = 0.15
_AGENCY_PRIOR = 0.05
ANNEX_FIELDS = frozenset({Field.LEAD, Field.COORDINATOR, Field.TARGET, Field.BASIS, Field.NOTE})
"""Fields that only annex rows have as columns."""
_FOCUS_PRIOR = 0.2
_DEADLINE = re.compile(r"trước ngày \d{1,2}/\d{1,2}|ngày \d{1,2} tháng \d{1,2} hàng năm", re.IGNORECASE)
_ASK_WORDS = {
    "deadline": "báo cáo kết quả thực hiện trước ngày hàng năm",
    "funding": "kinh phí thực hiện bố trí từ nguồn ngân sách",
}
_DEADLINE_PRIOR = 0.3
_GOAL_YEAR = re.compile(r"đến năm (\d{4})")


class Outcome(Enum):
    """How a resolution ended."""

    FOUND = "found"
    SEVERAL = "several"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The records found, best first, and how sure the first one is (0 to 1)."""

    outcome: Outcome
    records: tuple[Record, ...] = ()
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents that a question may be answered from; `missing` years have none at all."""

    documents: tuple[str, ...]
    missing: tuple[int, ...] = ()


def scope(question: Question, corpus: Corpus) -> Scope:
    """The plans that a question names by document, by horizon or by year; all official ones when none."""
    if question.documents:
        return Scope(question.documents)
    if question.horizons:
        return Scope(tuple(d.id for year in question.horizons[:1] for d in corpus.covering(year)))
    if not question.years:
        return Scope(tuple(d.id for d in corpus.documents.values() if d.official))
    found = [d.id for year in question.years for d in corpus.plans_of(year)]
    missing = tuple(year for year in question.years if not corpus.plans_of(year))
    return Scope(tuple(dict.fromkeys(found)), missing)


def located(question: Question, corpus: Corpus) -> Question:
    """Years inside a named plan of several years are its horizons: "kế hoạch 67 … năm 2025"."""
    named = [corpus.documents[d] for d in question.documents if d in corpus.documents]
    if named and question.years and all(d.period.start < d.period.end for d in named):
        return question.but(years=(), horizons=question.years)
    if question.years == (_LAST_HORIZON,):
        return question.but(years=(), horizons=question.years)
    return question


def resolve(question: Question, dialogue: Dialogue, corpus: Corpus) -> Resolution:
    """The record that a question is about."""
    documents = scope(question, corpus).documents
    if question.row:
        return _by_row(question, documents, corpus)
    if question.clause and (clauses := _by_path(question.clause, documents, corpus)):
        outcome = Outcome.FOUND if len(clauses) == 1 else Outcome.SEVERAL
        return Resolution(outcome, clauses[:_OPTIONS], 1.0)
    if not says_something(question.subject) and dialogue.record and "deadline" not in question.asks:
        return _from_focus(question, dialogue.record, documents, corpus)
    near = corpus.record(dialogue.record) if dialogue.record else None
    if isinstance(near, Clause) and _is_within(question, near):
        return Resolution(Outcome.FOUND, (near,), 1.0)
    return _by_search(question, documents, corpus, near)


def _by_path(path: str, documents: tuple[str, ...], corpus: Corpus) -> tuple[Clause, ...]:
    """The clauses with a path, or with one that ends with it; none when it names no clause."""
    held = [clause for d in documents for clause in corpus.store.clauses(d)]
    whole = tuple(clause for clause in held if clause.path == path)
    return whole or tuple(clause for clause in held if clause.path.endswith(f".{path}") and "." in path)


def _is_within(question: Question, clause: Clause) -> bool:
    """True when a short question without a plan of its own asks on about the clause in focus."""
    words = [fold(word) for word in question.subject.split() if says_something(word)]
    said = set(fold(clause.text).replace(",", " ").replace(".", " ").split())
    own = question.agencies or question.row or question.kind in (Kind.LIST, Kind.COMPARE)
    return not own and 0 < len(words) <= _ASIDE and all(word in said for word in words)


def _by_row(question: Question, documents: tuple[str, ...], corpus: Corpus) -> Resolution:
    rows = corpus.by_row(question.row or "", documents)
    if not rows:
        return Resolution(Outcome.NOTHING)
    newest = [row for row in rows if row.document_id == rows[0].document_id]
    outcome = Outcome.FOUND if len(newest) == 1 else Outcome.SEVERAL
    return Resolution(outcome, tuple(newest[:_OPTIONS]), 1.0)


def _from_focus(question: Question, record_id: str, documents: tuple[str, ...], corpus: Corpus) -> Resolution:
    """The record of the focus, moved to the plan that is asked now."""
    record = corpus.record(record_id)
    if record is None:
        return Resolution(Outcome.NOTHING)
    if corpus.document_of(record).id in documents or not (question.years or question.documents):
        return Resolution(Outcome.FOUND, (record,), 1.0)
    if isinstance(record, Indicator):
        twin = next((t for t in corpus.twins(record) if t.document_id in documents), None)
        if twin:
            return Resolution(Outcome.FOUND, (twin,), 1.0)
        return _by_search(question.but(subject=record.name), documents, corpus, None)
    text = record.title if isinstance(record, Document) else name_of(record)
    return _by_search(question.but(subject=question.subject or text), documents, corpus, None)


def name_of(record: Record) -> str:
    """The words by which a record is known: its name, its text or its title."""
    match record:
        case Indicator() | Task():
            return record.name
        case Clause():
            return record.text
        case Document():
            return record.title


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A record with its score and how much of the subject it holds."""

    record: Record
    score: float
    coverage: float


def _by_search(
    question: Question, documents: tuple[str, ...], corpus: Corpus, near: Record | None
) -> Resolution:
    # What is asked was taken out of the subject; here its words are what the clause says.
    subject = " ".join([question.subject, *(_ASK_WORDS[ask] for ask in question.asks if ask in _ASK_WORDS)])
    if not documents or not subject.strip():
        return Resolution(Outcome.NOTHING)
    hits = corpus.search(
        Query(
            text=subject,
            original=question.typed,
            accented=not question.restored,
            kinds=_ROW_KINDS if question.kind is Kind.COMPARE else _ROW_KINDS | _CLAUSE_KINDS,
            document_ids=frozenset(documents),
            limit=_CANDIDATES,
        )
    )
    return _decide(_candidates(hits, question, corpus, near), question)


def _decide(ranked: list[_Candidate], question: Question) -> Resolution:
    """Answer, ask back or give up, by how probable the best one is and how near the others are."""
    records = tuple(candidate.record for candidate in ranked)
    best = ranked[0].score if ranked else 0.0
    if best < OFFERED_FROM and not (ranked and ranked[0].coverage >= _MOSTLY and question.narrow):
        return Resolution(Outcome.NOTHING, records[:1], best)
    if best < ANSWERED_FROM:
        return Resolution(Outcome.SEVERAL, records[: _OPTIONS - 1], best)
    alike = _alike(ranked, question) or _close(ranked)
    different = {getattr(c.record, "series", None) or c.record.id: c.record for c in alike}
    if len(different) > 1:
        return Resolution(Outcome.SEVERAL, tuple(different.values())[:_OPTIONS], best)
    return Resolution(Outcome.FOUND, records[:1], best)


def _alike(ranked: list[_Candidate], question: Question) -> list[_Candidate]:
    """The rows that hold all of a short subject, when it names none of them more than the others."""
    first = ranked[0]
    if (
        isinstance(first.record, Clause)
        or first.coverage < _WHOLE
        or len(question.subject.split()) > _VAGUE_WORDS
    ):
        return []
    if _share(name_of(first.record), question.subject) >= _NAMED:
        return []
    return [
        c for c in ranked if type(c.record) is type(first.record) and c.coverage >= _ALIKE * first.coverage
    ]


def _close(ranked: list[_Candidate]) -> list[_Candidate]:
    """Rows that the search itself cannot tell apart: probable both, and nearly equally so."""
    first = ranked[0]
    if isinstance(first.record, Clause):
        return []
    return [c for c in ranked if type(c.record) is type(first.record) and c.score >= _CLOSE * first.score]


def _share(name: str, subject: str) -> float:
    """Share of the words of a name that a subject says."""
    words, said = fold(name).split(), set(fold(subject).split())
    return sum(word.strip(",.;()") in said for word in words) / max(len(words), 1)


def _candidates(hits: list[Hit], question: Question, corpus: Corpus, near: Record | None) -> list[_Candidate]:
    """Records of the hits, best first; without a year an indicator stands for its newest twin."""
    found: dict[str, _Candidate] = {}
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
            found[record.id] = _Candidate(record, score, hit.parts.coverage)
    ranked = sorted(found.values(), key=lambda candidate: -candidate.score)
    if "deadline" in question.asks and timeless and not question.agencies:
        order = list(corpus.documents)
        ranked.sort(key=lambda candidate: order.index(corpus.document_of(candidate.record).id))
    return _newest_clauses(ranked, corpus) if timeless else ranked


def _newest_clauses(ranked: list[_Candidate], corpus: Corpus) -> list[_Candidate]:
    """Plans repeat each other nearly word by word: of such clauses only the newest plan's is kept."""
    order = list(corpus.documents)
    kept: list[_Candidate] = []
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
