"""A level of government that the record in focus tells apart, or the row beside it: "còn cấp huyện?"."""

from __future__ import annotations

import re

from actions.corpus import Corpus, Record
from actions.dialogue import Dialogue
from actions.evidence import name_of, overlap
from actions.question import Kind, Question
from actions.resolving import scope
from actions.subject import says_something
from knowledge.records import Indicator
from knowledge.store import IndicatorFilter
from vietnamese import fold

_LEVELS = {"ubnd-tinh": "cap tinh", "ubnd-huyen": "cap huyen", "ubnd-xa": "cap xa"}
_ALSO = {"cap tinh": ("tai tinh", "cua tinh", "nganh tinh")}
"""What else names a level in a row."""
_BESIDE = 5
"""Rows of an annex within which the same thing stands for another level."""
_ALIKE = 0.25
_NO_RECORD = (Kind.LIST, Kind.TALK, Kind.OUT_OF_SCOPE)
_ALONE = re.compile(
    r"\W*(?:(?:a|o|roi|con|the|vay|cho|tren|duoi|phia|ben) )*(tinh|huyen|xa)\b(?: thi sao)?\W*$"
)
"""A message that is nothing but a level."""
_SHORT = 5
"""Words of a message that may be nothing but a level: "cấp tỉnh thì sao?"."""


def leveled(question: Question, dialogue: Dialogue, corpus: Corpus) -> Question:
    """The question on about the record, when it only names a level that the record gives a value of its own,
    or about the row beside it that is the same for that level.

    Otherwise the level counts as an agency, and its list is asked.
    """
    on_record = question.back or len(question.typed.split()) <= _SHORT or not _has_own(question, corpus)
    record = corpus.record(dialogue.record) if dialogue.record and on_record else None
    levels = _levels(question)
    if dialogue.focus is None or record is None or not levels:
        return question
    kind = Kind.INDICATOR if question.kind in _NO_RECORD else question.kind
    told = fold(name_of(record))
    apart = sum(level in told for level in _LEVELS.values()) > 1
    if apart and all(level in told for level in levels):
        return question.but(kind=kind, agencies=())
    of_row = not question.role or "who" in question.asks
    alone = len(levels) == 1 and len(question.agencies) <= 1 and of_row
    if alone and _elsewhere(question, record, corpus):
        # "Kế hoạch 67 thì đến 2025 cấp xã mấy phần trăm?": the same is looked for there.
        return question.but(kind=kind, agencies=(), subject=f"{name_of(record)} {question.typed}", back=False)
    beside = _beside(record, levels[0], corpus) if alone and levels[0] not in told else None
    if beside is None:
        return question
    return question.but(kind=kind, agencies=(), row=beside.row, documents=(beside.document_id,), years=())


def _elsewhere(question: Question, record: Record, corpus: Corpus) -> bool:
    """True when another plan than that of the record is named."""
    named = question.years or question.documents or question.horizons
    return bool(named) and corpus.document_of(record).id not in scope(question, corpus).documents


def _has_own(question: Question, corpus: Corpus) -> bool:
    """True when a question says more than the levels that it names."""
    left = fold(question.subject)
    for name in (
        *_LEVELS.values(),
        *(fold(corpus.agencies[a].name) for a in _LEVELS if a in corpus.agencies),
    ):
        left = left.replace(name, " ")
    return says_something(left)


def _levels(question: Question) -> list[str]:
    """The levels that a question names, as an agency, in so many words, or alone: "ở tỉnh?", "xã?"."""
    named = [_LEVELS[agency] for agency in question.agencies if agency in _LEVELS]
    if named or question.agencies:
        return named
    alone = _ALONE.match(fold(question.typed))
    return [level for level in _LEVELS.values() if level in fold(question.typed)] or (
        [f"cap {alone[1]}"] if alone else []
    )


def _beside(record: Record, level: str, corpus: Corpus) -> Indicator | None:
    """The numbered row near an indicator that says the same of a level."""
    if not isinstance(record, Indicator):
        return None
    rows = corpus.store.indicators(IndicatorFilter(document_ids=(record.document_id,))).items
    near = [
        (overlap(record.name, row.name), row)
        for row in rows
        if row.row and row.id != record.id and abs(row.order - record.order) <= _BESIDE
    ]
    named = (level, *_ALSO.get(level, ()))
    fits = [
        (share, row) for share, row in near if share >= _ALIKE and any(n in fold(row.name) for n in named)
    ]
    return max(fits, key=lambda each: each[0])[1] if fits else None
