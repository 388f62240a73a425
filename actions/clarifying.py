"""Asking back: two to four records about equally near, picked by tap, by number or by words."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from actions.citing import (
    clause_citation,
    clause_place,
    document_citation,
    document_name,
    indicator_citation,
    shortened,
    task_citation,
)
from actions.corpus import Corpus, Record
from actions.dialogue import Dialogue, Option
from actions.excerpts import excerpt
from actions.indicators import short_record
from actions.message import Message
from actions.question import Kind, Question
from actions.records import whole_text
from actions.reply import Reply
from actions.subject import says_something, subject_of
from actions.wording import cell, numbered, target_text, task_years, when
from knowledge.records import Clause, Document, Indicator, Task
from trolyso.answer import Answer, Citation, Status, Suggestion
from vietnamese import syllables

_PLACE = re.compile(r"\b(?:thứ|mục|cái|việc)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(?:cái|mục|câu|ý|việc) (?:số )?(\d{1,2})\b(?![.,/%]\d)", re.IGNORECASE)
_THAT_ONE = re.compile(r"\b(?:nó|(?:chỉ tiêu|cái|việc|nhiệm vụ|mục) (?:đó|này|ấy))\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:cái|mục|dòng|chỉ tiêu|việc|vụ|nhiệm vụ)(?: mà)? (?:nói |nào )?(?:về|liên quan(?: tới| đến)?)\b",
    re.IGNORECASE,
)
"""What names one of the rows that were listed by its subject: "cái về mức hài lòng ấy"."""
_IN_LIST = re.compile(r"\b(?:trong|của|ở) (?:cái )?(?:danh sách|số)\b|\btrong đó\b", re.IGNORECASE)
_VALUED = re.compile(
    r"\b(?:cái|mục|dòng|chỉ tiêu|việc)(?: nào)?(?: (?:mà|đặt|ghi|giao|có|là|mức))* (\d+(?:[.,]\d+)?) ?%",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\b(?:cái|mục|việc|chỉ tiêu|dòng) (?:sau|kia|còn lại)\b", re.IGNORECASE)
"""The other one of two: "cái sau ai phối hợp?"."""
_ANEW = re.compile(r"\W*(?:(?:à|ờ|ừ|dạ|rồi)\W+)*(?:thế|còn|vậy)\b", re.IGNORECASE)
_POINTING = frozenset({"này", "đó", "ấy", "kia", "cái", "với", "và", "thế", "còn", "vậy"})
"""What a pick says beside the words of what is picked."""
_TWO = 2
_TITLE = 60
_SUBJECT = 6
"""Words of a subject that may be one of those that were listed."""
_EXCERPT = 320


def clarify(question: Question, records: tuple[Record, ...], corpus: Corpus, confidence: float) -> Reply:
    """Name the records and let the person pick one."""
    items = [_sides(record, corpus, question) for record in records]
    text = f"Dạ, có {len(items)} nội dung gần với câu hỏi, anh chị muốn hỏi mục nào?\n{numbered(items)}"
    taps = tuple(Suggestion(shortened(_name(r), _TITLE), str(n)) for n, r in enumerate(records, 1))
    cited = [side for record in records for side in _compared(record, corpus, question)]
    citations = tuple(_citation(record, corpus) for record in cited)
    answer = Answer(Status.CLARIFY, text, taps, citations, (), round(confidence, 3))
    options = tuple(Option(_name(record), record.id) for record in records)
    return Reply(answer, Dialogue(question, None, options, pending=True))


def suggest(reply: Reply, question: Question, records: tuple[Record, ...], corpus: Corpus) -> Reply:
    """What is likeliest meant, shown whole and called so, with the others to pick from."""
    names = [_name(record) for record in records]
    others = [_line(record, corpus, question) for record in records[1:]]
    text = (
        f"Dạ, em chưa chắc đã hiểu đúng ý; nội dung gần nhất là:\n{reply.answer.text}\n\n"
        f"Nếu anh chị hỏi mục khác, xin chọn:\n{numbered(others, 2)}"
    )
    taps = tuple(Suggestion(shortened(name, _TITLE), str(n)) for n, name in enumerate(names, 1) if n > 1)
    seen = {(cite.document, cite.row, cite.section) for cite in reply.answer.citations}
    cited = (_citation(record, corpus) for record in records[1:])
    citations = (
        *reply.answer.citations,
        *(cite for cite in cited if (cite.document, cite.row, cite.section) not in seen),
    )
    answer = replace(reply.answer, status=Status.CLARIFY, text=text, suggestions=taps, citations=citations)
    options = tuple(Option(name, record.id) for name, record in zip(names, records, strict=True))
    return Reply(answer, replace(reply.dialogue, options=options, pending=True))


def place_of(message: Message, dialogue: Dialogue) -> str | None:
    """The place that a message names; "chỉ tiêu thứ 2" is a place while a list or choices stand open."""
    if place := message.value("ordinal"):
        return place
    if len(dialogue.options) == _TWO and _OTHER.search(message.text):
        return "1" if dialogue.record == dialogue.options[1].record else "2"
    if not dialogue.options or message.values("document"):
        return None
    if len(dialogue.options) == 1 and _THAT_ONE.search(message.text) and not message.values("agency"):
        return "1"
    row = next((entity for entity in message.entities if entity.kind == "row"), None)
    if row is None:
        number = _NUMBERED.search(message.text)
        return number.group(1) if number and not dialogue.pending else None
    said = message.text[row.start : row.end]
    return row.value if _PLACE.search(said) or _IN_LIST.search(message.text) else None


def picked(message_text: str, pick: str | None, dialogue: Dialogue) -> Option | None:
    """The option that a message picks, by number, by place or by words that only it holds."""
    options = dialogue.options
    if not options:
        return None
    if pick == "-1":
        return options[-1]
    if pick and pick.isdigit():
        return options[int(pick) - 1] if 1 <= int(pick) <= len(options) else None
    if about := _ABOUT.search(message_text):
        said = [word for word in syllables(message_text[about.end() :]) if says_something(word)]
        return _by_words(" ".join(said), options) if len(said) <= _SUBJECT else None
    return _by_words(message_text, options) if dialogue.pending else None


def value_of(message: Message) -> Decimal | None:
    """The share that tells which one is meant ("còn cái đặt 90%?"); None when more is said, or none is."""
    named = _VALUED.search(message.text)
    if named is None or says_something(subject_of(message, ("bound",))):
        return None
    return Decimal(named[1].replace(",", "."))


def has_value(record: Record | None, value: Decimal) -> bool:
    """True for a row with that share among its targets."""
    return isinstance(record, Indicator) and any(t.value == value and t.unit == "%" for t in record.targets)


def beyond_choices(pick: str | None, dialogue: Dialogue) -> Reply | None:
    """The choices once more, when a clarification is open and the number is none of them."""
    if not (dialogue.pending and pick and pick.isdigit()):
        return None
    titles = [option.title for option in dialogue.options]
    text = f"Dạ, em chỉ nêu {len(titles)} mục, anh chị chọn lại giúp em nhé:\n{numbered(titles)}"
    taps = tuple(Suggestion(shortened(title, _TITLE), str(n)) for n, title in enumerate(titles, 1))
    return Reply(Answer(Status.CLARIFY, text, taps), dialogue)


def _by_words(text: str, options: tuple[Option, ...]) -> Option | None:
    """The one option that holds more of the said words than every other."""
    words = {word for word in syllables(text.lower()) if len(word) > 1 and word not in _POINTING}
    if not words or not says_something(text):
        return None
    counts = [len(words & set(syllables(option.title.lower()))) for option in options]
    best = max(counts)
    # "thế tài khoản thanh toán thì mấy %" asks of something else, unless an option says all of it.
    least = len(words) - 1 if _ANEW.match(text) else 0.5 * len(words)
    clear = counts.count(best) == 1 and best > least
    return options[counts.index(best)] if clear else None


def _compared(record: Record, corpus: Corpus, question: Question) -> tuple[Record, ...]:
    """A record with its twins of the other years when years are compared, the asked one first."""
    if question.kind is not Kind.COMPARE or not isinstance(record, Indicator):
        return (record,)
    return (record, *(twin for twin in corpus.twins(record) if twin.id != record.id))


def _sides(record: Record, corpus: Corpus, question: Question) -> str:
    """The line of a choice; when years are compared, with the value of each."""
    first, *others = _compared(record, corpus, question)
    told = (
        f"{when(corpus.document_of(o), o).lower()}: {target_text(o)}"
        for o in others
        if isinstance(o, Indicator)
    )
    return "; ".join([_line(first, corpus, question), *told])


def _line(record: Record, corpus: Corpus, question: Question) -> str:
    match record:
        case Indicator():
            row = f" [STT {record.row}]" if record.row else ""
            return f"{short_record(record, corpus, question.field)}{row}"
        case Task():
            return f"{record.name} ({record.form or task_years(record)}; chủ trì: {cell(record.lead_raw)})"
        case Clause():
            document = document_name(corpus.documents[record.document_id])
            text = excerpt(whole_text(record, corpus), question.subject, _EXCERPT)
            return f"{document}, {clause_place(record)}: {text}"
        case Document():
            return record.title


def _name(record: Record) -> str:
    match record:
        case Indicator() | Task():
            return record.name
        case Clause():
            return shortened(record.text, 120)
        case Document():
            return record.title


def _citation(record: Record, corpus: Corpus) -> Citation:
    document = corpus.document_of(record)
    match record:
        case Indicator():
            return indicator_citation(document, record)
        case Task():
            return task_citation(document, record)
        case Clause():
            return clause_citation(document, record)
        case Document():
            return document_citation(record)
