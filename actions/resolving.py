"""Which record a question is about: by row, by the focus, or by search over the right plans."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from actions.candidates import Candidate, find_candidates, name_of
from actions.corpus import Corpus, Record
from actions.dialogue import Dialogue
from actions.question import Kind, Question
from actions.subject import says_something
from knowledge.records import Clause, Document, Indicator
from vietnamese import fold

ANSWERED_FROM = 0.45
"""Calibrated score from which the best record is answered."""
OFFERED_FROM = 0.09
"""Calibrated score from which the best records are named for the person to pick."""
_OPTIONS = 4
_VAGUE_WORDS = 9
_ASIDE = 4
_NAMED = 0.6
_MOSTLY = 0.5
_WHOLE = 0.85
_ALIKE = 0.95
_CLOSE = 0.85
_LAST_HORIZON = 2030


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


def _by_search(
    question: Question, documents: tuple[str, ...], corpus: Corpus, near: Record | None
) -> Resolution:
    return _decide(find_candidates(question, documents, corpus, near), question)


def _decide(ranked: list[Candidate], question: Question) -> Resolution:
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


def _alike(ranked: list[Candidate], question: Question) -> list[Candidate]:
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


def _close(ranked: list[Candidate]) -> list[Candidate]:
    """Rows that the search itself cannot tell apart: probable both, and nearly equally so."""
    first = ranked[0]
    if isinstance(first.record, Clause):
        return []
    return [c for c in ranked if type(c.record) is type(first.record) and c.score >= _CLOSE * first.score]


def _share(name: str, subject: str) -> float:
    """Share of the words of a name that a subject says."""
    words, said = fold(name).split(), set(fold(subject).split())
    return sum(word.strip(",.;()") in said for word in words) / max(len(words), 1)
