"""A level of government that the record in focus tells apart: "đối với cấp huyện thì sao?"."""

from __future__ import annotations

from actions.corpus import Corpus
from actions.dialogue import Dialogue
from actions.evidence import name_of
from actions.question import Kind, Question
from vietnamese import fold

_LEVELS = {"ubnd-tinh": "cap tinh", "ubnd-huyen": "cap huyen", "ubnd-xa": "cap xa"}


def leveled(question: Question, dialogue: Dialogue, corpus: Corpus) -> Question:
    """The question on about the record, when it only names a level that the record gives a value of its own.

    Otherwise the level counts as an agency, and its list is asked.
    """
    record = corpus.record(dialogue.record) if dialogue.record and question.back else None
    levels = [_LEVELS[agency] for agency in question.agencies if agency in _LEVELS]
    told = fold(name_of(record)) if record is not None else ""
    apart = sum(level in told for level in _LEVELS.values()) > 1
    if dialogue.focus is None or not levels or not apart or not all(level in told for level in levels):
        return question
    kind = Kind.INDICATOR if question.kind is Kind.LIST else question.kind
    return question.but(kind=kind, agencies=())
