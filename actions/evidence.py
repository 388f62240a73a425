"""What speaks for a record as the answer to a question: one row of numbers for each candidate."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from actions.corpus import Corpus, Record
from actions.question import Field, Kind, Question
from knowledge.records import Clause, Document, Indicator, Task
from knowledge.search.engine import Hit
from vietnamese import fold, syllables

ANNEX_FIELDS = frozenset({Field.LEAD, Field.COORDINATOR, Field.TARGET, Field.BASIS, Field.NOTE})
"""Fields that only annex rows have as columns."""
_TASK_FIELDS = frozenset({Field.YEARS, Field.FORM, Field.LEAD, Field.COORDINATOR})
_COSINE_CENTRE = 0.86
_COSINE_SCALE = 10.0
_ORGANISING = "to chuc thuc hien"
_OTHER_TASKS = "thuc hien cac noi dung khac"
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question prepared for comparing: its subject's folded syllables with their rarity, and its pairs.

    `total` is the sum of the weights, 1 when there are none.
    """

    question: Question
    weights: Mapping[str, float]
    total: float
    pairs: frozenset[tuple[str, str]]
    near: Record | None
    agencies: tuple[str, ...]


def asked_of(question: Question, near: Record | None, corpus: Corpus) -> Asked:
    """What is compared with each candidate; `near` is the record in focus."""
    said = syllables(fold(question.subject))
    names = tuple(corpus.agencies[a].name for a in question.agencies if a in corpus.agencies)
    weights = corpus.rarity(question.subject)
    total = sum(weights.values()) or 1.0
    return Asked(question, weights, total, frozenset(itertools.pairwise(said)), near, names)


def evidence_of(hit: Hit, record: Record, asked: Asked, corpus: Corpus) -> tuple[float, ...]:
    """The numbers of a candidate, in the order of `actions.ranking.FEATURES`."""
    parts = hit.parts
    dense = _COSINE_SCALE * (parts.dense - _COSINE_CENTRE)
    return (
        dense, parts.accented, parts.folded, parts.coverage, parts.fused,
        *_words(record, asked, corpus),
        max((_alike(wording, asked) for wording in hit.passage.said), default=0.0),
        *_kind(record, asked.question),
        *_shape(record, asked.question),
        *_named(hit, record, asked),
        *_plan(record, asked.question, corpus),
        *_nearness(record, asked.near, corpus),
    )  # fmt: skip


def doubts_of(rows: list[tuple[float, ...]], question: Question, corpus: Corpus) -> tuple[float, ...]:
    """The numbers for "no record", in the order of `actions.ranking.DOUBTS`."""
    best = [max((row[at] for row in rows), default=0.0) for at in (3, 0, 5)]
    words = math.log1p(len(question.subject.split()))
    strange = question.shares.get("out_of_scope", 0.0) + question.shares.get("chitchat", 0.0)
    unheard = corpus.unheard(question.subject)
    return (1.0, *best, strange, words, float(question.restored), float(question.narrow), unheard)


def name_of(record: Record) -> str:
    """The words by which a record is known: its name, its text or its title."""
    match record:
        case Indicator() | Task():
            return record.name
        case Clause():
            return record.text
        case Document():
            return record.title


def overlap(one: str, other: str) -> float:
    """Share of words that two names have in common."""
    left, right = set(one.casefold().split()), set(other.casefold().split())
    return len(left & right) / max(len(left | right), 1)


def _words(record: Record, asked: Asked, corpus: Corpus) -> tuple[float, float, float]:
    """Rare words of the subject in the record's own name, of the name in the subject, and shared pairs."""
    own = _syllables(name_of(record))
    held = set(own)
    said = sum(weight for word, weight in asked.weights.items() if word in held)
    rarity = corpus.name_rarity(record.id, name_of(record))
    name = sum(rarity.values())
    known = sum(weight for word, weight in rarity.items() if word in asked.weights)
    shared = len(asked.pairs & set(itertools.pairwise(own)))
    return said / asked.total, known / (name or 1), shared / max(len(asked.pairs), 1)


@lru_cache(maxsize=16384)
def _syllables(text: str) -> tuple[str, ...]:
    """The folded syllables of a name or a wording: the same ones are compared with every question."""
    return tuple(syllables(fold(text)))


@lru_cache(maxsize=16384)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(_syllables(text))


def _alike(wording: str, asked: Asked) -> float:
    """What a subject and one of the wordings of a record share: the harmonic mean of both shares."""
    words = _words_of(wording)
    shared = words & asked.weights.keys()
    if not shared:
        return 0.0
    said = sum(asked.weights[word] for word in shared) / asked.total
    held = len(shared) / len(words)
    return 2 * said * held / (said + held)


def _kind(record: Record, question: Question) -> tuple[float, ...]:
    row, clause = float(isinstance(record, Indicator)), float(isinstance(record, Clause))
    task = float(isinstance(record, Task))
    of_rows = sum(question.shares.get(name, 0.0) for name in ("ask_indicator", "compare_years"))
    years = question.field in _TASK_FIELDS or "task" in question.things
    return (
        row,
        row * (of_rows + 1.0 * (question.kind is Kind.COMPARE)),
        row * (question.field in ANNEX_FIELDS),
        clause * (question.shares.get("ask_clause", 0.0) + 1.0 * (question.kind is Kind.DUTY)),
        task,
        task * years,
    )


def _shape(record: Record, question: Question) -> tuple[float, float, float, float]:
    """A heading says little by itself, nor does a task of an agency when none is named or "other tasks"."""
    if not isinstance(record, Clause):
        return 0.0, 0.0, 0.0, 0.0
    section = bool(record.trail) and _ORGANISING in fold(record.trail[0])
    of_agency = section and not question.agencies and not _asks_duty(question)
    rest = _OTHER_TASKS in fold(record.text)
    return float(len(record.text) < 90), record.path.count(".") / 4, float(of_agency), float(rest)


def _asks_duty(question: Question) -> bool:
    return question.kind is Kind.DUTY or "duty" in question.asks


def _named(hit: Hit, record: Record, asked: Asked) -> tuple[float, float, float, float]:
    """Agencies and figures that the question names and the record holds."""
    # Who asks whether an agency leads something may be wrong about the agency.
    named = () if asked.question.claim else asked.question.agencies
    agency = bool(set(named) & set(hit.passage.agencies))
    section = isinstance(record, Clause) and any(n in " ".join(record.trail) for n in asked.agencies)
    figures = _figures(record)
    value = bool(figures & {*asked.question.values, *_said_figures(asked.question)})
    counted = asked.question.field is Field.TARGET and bool(figures)
    return float(agency), float(section), float(value), float(counted)


def _said_figures(question: Question) -> set[str]:
    """Figures of the subject that may be values: "hơn 35 sản phẩm", "trong 300 đó"; one digit says little."""
    found = (figure.replace(",", ".") for figure in _FIGURE.findall(question.subject))
    return {figure for figure in found if len(figure) > 1}


def _figures(record: Record) -> set[str]:
    text = f"{record.target_raw or ''}" if isinstance(record, Indicator) else name_of(record)
    return {figure.replace(",", ".") for figure in _FIGURE.findall(text)}


def _plan(record: Record, question: Question, corpus: Corpus) -> tuple[float, float]:
    """How old the record's plan is when no time was asked, and whether it is official."""
    document = corpus.document_of(record)
    place = list(corpus.documents).index(document.id)
    return (0.0 if question.narrow else place / 4), float(not document.official)


def _nearness(record: Record, near: Record | None, corpus: Corpus) -> tuple[float, float, float, float]:
    """How near the record stands to the one in focus: in words, in its plan, in its annex, in its section."""
    if near is None or near.id == record.id:
        return 0.0, 0.0, 0.0, 0.0
    plan = corpus.document_of(near).id == corpus.document_of(record).id
    row = path = 0.0
    if isinstance(near, Indicator) and isinstance(record, Indicator):
        row = 1 / (1 + abs(near.order - record.order)) if plan else 0.0
    if isinstance(near, Clause) and isinstance(record, Clause) and plan:
        shared = [a == b for a, b in zip(near.path.split("."), record.path.split("."), strict=False)]
        path = sum(itertools.takewhile(bool, shared)) / 4
    return overlap(name_of(near), name_of(record)), float(plan), row, path
