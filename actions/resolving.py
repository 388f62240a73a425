"""Which record a question is about: by row, by the focus, or by search over the right plans."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from actions.corpus import Corpus, Record
from actions.dialogue import Dialogue
from actions.question import Kind, Question
from actions.subject import says_something
from knowledge.records import Document, Indicator
from knowledge.search.engine import Hit, Query
from knowledge.search.passages import Kind as PassageKind

ANSWERED_FROM = 0.5
"""Calibrated score from which the best record is answered."""
OFFERED_FROM = 0.22
"""Calibrated score from which the best records are named for the person to pick."""
_NEAR = 0.12
_OPTIONS = 4
_CANDIDATES = 12
_ROW_KINDS = frozenset({PassageKind.INDICATOR, PassageKind.TASK, PassageKind.PLANNED})
_CLAUSE_KINDS = frozenset({PassageKind.CLAUSE})
_KIND_PRIOR = 0.06


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
    if question.horizon:
        return Scope(tuple(d.id for d in corpus.covering(question.horizon)))
    if not question.years:
        return Scope(tuple(d.id for d in corpus.documents.values() if d.official))
    found = [d.id for year in question.years for d in (corpus.plans_of(year) or corpus.covering(year))]
    missing = tuple(y for y in question.years if not (corpus.plans_of(y) or corpus.covering(y)))
    return Scope(tuple(dict.fromkeys(found)), missing)


def resolve(question: Question, dialogue: Dialogue, corpus: Corpus) -> Resolution:
    """The record that a question is about."""
    documents = scope(question, corpus).documents
    if question.row:
        return _by_row(question, documents, corpus)
    if not says_something(question.subject) and dialogue.record:
        return _from_focus(question, dialogue.record, documents, corpus)
    return _by_search(question, documents, corpus)


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
        return _by_search(question.but(subject=record.name), documents, corpus)
    text = record.title if isinstance(record, Document) else getattr(record, "name", "") or getattr(record, "text", "")
    return _by_search(question.but(subject=question.subject or text), documents, corpus)


def _by_search(question: Question, documents: tuple[str, ...], corpus: Corpus) -> Resolution:
    if not documents or not question.subject:
        return Resolution(Outcome.NOTHING)
    hits = corpus.search(
        Query(
            text=question.subject,
            original=question.typed,
            accented=not question.restored,
            kinds=_ROW_KINDS | _CLAUSE_KINDS,
            document_ids=frozenset(documents),
            limit=_CANDIDATES,
        )
    )
    ranked = _newest_first(_ranked(hits, question), question, corpus)
    if not ranked or ranked[0][1] < OFFERED_FROM:
        return Resolution(Outcome.NOTHING, tuple(record for record, _ in ranked[:1]), ranked[0][1] if ranked else 0.0)
    best = ranked[0][1]
    near = [record for record, score in ranked if best - score < _NEAR][:_OPTIONS]
    if best < ANSWERED_FROM:
        return Resolution(Outcome.SEVERAL, tuple(record for record, _ in ranked[: _OPTIONS - 1]), best)
    if len(near) > 1 and _equally_named(question, hits):
        return Resolution(Outcome.SEVERAL, tuple(near), best)
    return Resolution(Outcome.FOUND, tuple(record for record, _ in ranked[:1]), best)


def _ranked(hits: list[Hit], question: Question) -> list[tuple[Hit, float]]:
    """Hits with the evidence of the kind of question: rows for indicators, clauses for contents."""
    wanted = _CLAUSE_KINDS if question.kind in (Kind.CLAUSE, Kind.DUTY) else _ROW_KINDS
    scored = [(hit, hit.score + (_KIND_PRIOR if hit.passage.kind in wanted else -_KIND_PRIOR)) for hit in hits]
    return sorted(scored, key=lambda pair: -pair[1])


def _newest_first(
    ranked: list[tuple[Hit, float]], question: Question, corpus: Corpus
) -> list[tuple[Record, float]]:
    """Records of hits; without a year, an indicator stands for its newest twin."""
    records: dict[str, tuple[Record, float]] = {}
    for hit, score in ranked:
        record = corpus.record(hit.passage.id)
        if record is None:
            continue
        if isinstance(record, Indicator) and not (question.years or question.documents or question.horizon):
            record = corpus.twins(record)[-1]
        records.setdefault(record.id, (record, min(max(score, 0.0), 1.0)))
    return list(records.values())


def _equally_named(question: Question, hits: list[Hit]) -> bool:
    """True when the subject is too short to tell the first hits apart: both hold nearly all of it."""
    first, *others = hits
    return any(
        hit.parts.coverage >= 0.9 * first.parts.coverage and hit.passage.kind == first.passage.kind for hit in others[:3]
    ) and len(question.subject.split()) <= 8
