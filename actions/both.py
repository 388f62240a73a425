"""Two records that were spoken of, asked about together: "trong hai cái đó cái nào cao hơn?"."""

from __future__ import annotations

import re

from actions.citing import (
    clause_citation,
    indicator_citation,
    shortened,
    source_of_clause,
    source_of_indicator,
)
from actions.corpus import Corpus, Record
from actions.dialogue import Dialogue
from actions.message import Message
from actions.question import Field, Kind, Question
from actions.records import whole_text
from actions.reply import Reply, answered
from actions.subject import says_something, subject_of
from actions.wording import cell, target_text, when
from knowledge.records import Clause, Indicator, Target
from trolyso.answer import Citation

_TWO = r"(?:hai|2)"
_THING = r"(?:cái|chỉ tiêu|mức|mục|việc|con số|số|dòng|kế hoạch|bên|phần|tỷ lệ)"
_BOTH = re.compile(
    rf"\bcả {_TWO}\b|\b{_TWO} {_THING}(?: \w+)? (?:đó|này|ấy|trên|vừa|nãy|kia)\b|\bso {_TWO} {_THING}\b",
    re.IGNORECASE,
)
_TAKEN = frozenset({"change", "bound", "kind", "agency"})
_FEW = 2
"""Words of its own that such a message may say: "so mức của hai kế hoạch vừa nói"."""
_PAIR = 2
_QUOTED = 300


def both_meant(message: Message, dialogue: Dialogue, corpus: Corpus) -> tuple[Record, Record] | None:
    """The two records that a message asks about together: those offered, or the last two told."""
    said = _BOTH.search(message.text)
    if dialogue.focus is None or said is None:
        return None
    own = sum(says_something(word) for word in _BOTH.sub(" ", subject_of(message, _TAKEN)).split())
    if own > _FEW or message.value("document") or message.value("row"):
        return None
    offered = [option.record for option in dialogue.options]
    names = offered if len(offered) == _PAIR else _told(dialogue)
    found = [record for name in names if (record := corpus.record(name)) is not None]
    pair = tuple(record for record in found if isinstance(record, Indicator | Clause))
    # "cả hai mốc đó" after a clause and a goal means other two.
    alike = len({type(record) for record in pair}) == 1 or not said[0].casefold().startswith("cả")
    return (pair[0], pair[1]) if len(pair) == _PAIR and alike else None


def _told(dialogue: Dialogue) -> list[str]:
    """The last two different records that were told, the earlier one first."""
    distinct = list(dict.fromkeys(reversed(dialogue.history)))
    return distinct[1::-1] if len(distinct) >= _PAIR else []


def answer_both(question: Question, pair: tuple[Record, Record], corpus: Corpus) -> Reply:
    """What is asked of each, one after the other; first which value is the higher, when that can be told."""
    lines = [_higher(pair)] if question.field in (Field.RECORD, Field.TARGET) else []
    citations: list[Citation] = []
    for number, record in enumerate(pair, 1):
        text, citation = _one(question, record, corpus)
        lines.append(f"{number}. {text}")
        citations.append(citation)
    focus = question.but(kind=Kind.INDICATOR, subject="", back=False)
    return answered("\n".join(line for line in lines if line), citations, focus, pair[1].id)


def _one(question: Question, record: Record, corpus: Corpus) -> tuple[str, Citation]:
    document = corpus.document_of(record)
    if isinstance(record, Clause):
        told = f"“{shortened(whole_text(record, corpus), _QUOTED)}”"
        return f"{told} (nguồn: {source_of_clause(document, record)}).", clause_citation(document, record)
    assert isinstance(record, Indicator)
    facts = {
        Field.LEAD: f"chủ trì: {cell(record.lead_raw)}",
        Field.COORDINATOR: f"phối hợp: {cell(record.coordinator_raw)}",
        Field.BASIS: f"căn cứ: {cell(record.basis_raw)}",
        Field.NOTE: f"ghi chú: {cell(record.note_raw)}",
    }
    fact = facts.get(question.field, f"mục tiêu: {target_text(record)}; chủ trì: {cell(record.lead_raw)}")
    head = f"{when(document, record)}, “{record.name}”: {fact}"
    return f"{head} (nguồn: {source_of_indicator(document, record)}).", indicator_citation(document, record)


def _higher(pair: tuple[Record, Record]) -> str:
    """Which value is the higher one; empty when they are not single numbers of one unit and one kind."""
    first, second = (_value(record) for record in pair)
    if first is None or second is None or (first.unit, first.comparator) != (second.unit, second.comparator):
        return ""
    assert first.value is not None
    assert second.value is not None
    if first.value == second.value:
        return "Hai mức bằng nhau."
    return f"Mục {'thứ nhất' if first.value > second.value else 'thứ hai'} đặt mức cao hơn."


def _value(record: Record) -> Target | None:
    """The only target of a row, when it is a number."""
    targets = record.targets if isinstance(record, Indicator) else ()
    return targets[0] if len(targets) == 1 and targets[0].value is not None and not targets[0].upper else None
