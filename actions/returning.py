"""Going back to what was spoken of before: "quay lại OCOP", "chỉ tiêu đầu tiên", "chuyện hồi nãy"."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.corpus import Corpus, Record
from actions.correcting import only_entities
from actions.dialogue import Dialogue
from actions.evidence import name_of
from actions.message import Message
from actions.question import Kind, Question
from actions.subject import says_something, subject_of
from knowledge.records import Clause, Document
from vietnamese import fold, syllables

_BACK = re.compile(
    r"\b(?:(?:quay|trở|lật|vòng) (?:lại|về)|nói tiếp|trở về|hồi đầu|ban đầu"
    r"|(?:hồi|lúc|ban|khi|vừa) nãy)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:(?:cái|chỉ tiêu|câu|mục|việc|nội dung|vụ)(?: hỏi)? (?:đầu tiên|thứ nhất|đầu)"
    r"|hồi đầu|lúc đầu|ban đầu)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(?:thôi|chuyện|vụ|việc|câu|hỏi|cái|chỉ tiêu|mục|đầu tiên|đầu|nãy|trước|trên)\b", re.IGNORECASE
)
_BEFORE = re.compile(r"\b(?:cái|chỉ tiêu|câu|mục|việc)(?: hỏi)? (?:trước(?: đó)?|kia|trên)\b", re.IGNORECASE)
_LIST = re.compile(r"\bdanh sách\b", re.IGNORECASE)
_NUMBER = re.compile(r"\bsố \d{1,3}\b", re.IGNORECASE)
_KEPT = frozenset({"year", "role", "field", "agency", "ask", "horizon", "unheld", "meta", "document"})
_HALF = 0.5
_STEM = 3
_TWO = 2


def returned(message: Message, dialogue: Dialogue, corpus: Corpus) -> tuple[Message, Dialogue]:
    """The message and the state as they read after going back; both as they were when it does not."""
    back, first = _BACK.search(message.text), _FIRST.search(message.text)
    named = bool(back) and _by_words(_spoken(message, ("agency",)), _held(dialogue, corpus)[::-1]) is not None
    if back and not named and (shown := _list_meant(message, dialogue)):
        if message.intent not in ("list_indicators", "ask_indicator"):
            message = replace(message, intent="follow_up", shares={})
        return message, replace(dialogue, focus=shown, record=None, options=(), pending=False, offset=1)
    first = first if back or not dialogue.options else None
    numbered = message.value("row") or _NUMBER.search(message.text)
    # Of two that stand open "cái kia" is the other one.
    before = len(dialogue.options) != _TWO and _BEFORE.search(message.text)
    if not dialogue.history or numbered or not (back or first or before):
        return message, dialogue
    record = _meant(message, dialogue, corpus, bool(first))
    if record is None:
        return message, dialogue
    asked = replace(only_entities(message, _KEPT), intent="follow_up", shares={})
    return asked, replace(dialogue, focus=_focus(record, corpus), record=record.id, options=(), pending=False)


def _list_meant(message: Message, dialogue: Dialogue) -> Question | None:
    """The list that was shown of the agency that is named, or the last one when a list is asked for."""
    agencies = set(message.values("agency"))
    if agencies:
        return next((shown for shown in reversed(dialogue.lists) if agencies & set(shown.agencies)), None)
    return dialogue.lists[-1] if dialogue.lists and _LIST.search(message.text) else None


def _meant(message: Message, dialogue: Dialogue, corpus: Corpus, first: bool) -> Record | None:
    """The record that was spoken of: by its words, the first one, or the one before the last."""
    held = _held(dialogue, corpus)
    subject = _spoken(message)
    if named := _by_words(subject, held if first else held[::-1]):
        return named
    if says_something(subject):
        return None
    if first:
        return held[0] if held else None
    place = -2 if _BEFORE.search(message.text) or dialogue.record == dialogue.history[-1] else -1
    return held[place] if len(held) >= -place else held[0] if held else None


def _held(dialogue: Dialogue, corpus: Corpus) -> list[Record]:
    return [record for name in dialogue.history if (record := corpus.record(name)) is not None]


def _spoken(message: Message, less: tuple[str, ...] = ()) -> str:
    """The words of a message that name what is gone back to, without mentions of some kinds."""
    return _ASIDE.sub(" ", _BACK.sub(" ", _FIRST.sub(" ", subject_of(message, less))))


def _by_words(subject: str, held: list[Record]) -> Record | None:
    """The record that the words fit best, the first of `held` when several do."""
    words = {fold(word) for word in syllables(subject) if says_something(word)}
    if not words:
        return None
    shares = [_told(words, name_of(record)) for record in held]
    best = max(shares, default=0.0)
    return next((r for r, s in zip(held, shares, strict=True) if s == best > _HALF), None)


def _told(words: set[str], name: str) -> float:
    """The share of some words that a name holds, also as the beginning of a longer one: "web", "website"."""
    held = set(syllables(fold(name)))
    begun = {own[:end] for own in held for end in range(_STEM, len(own))}
    return len(words & (held | begun)) / len(words)


def _focus(record: Record, corpus: Corpus) -> Question:
    document = corpus.document_of(record)
    whole_year = document.period.start == document.period.end
    kind = Kind.DOCUMENT if isinstance(record, Document) else Kind.INDICATOR
    if isinstance(record, Clause):
        kind = Kind.CLAUSE
    return Question(
        kind=kind,
        subject=name_of(record),
        typed="",
        years=(document.period.start,) if whole_year else (),
        documents=() if whole_year else (document.id,),
    )
