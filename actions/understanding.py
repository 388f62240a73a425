"""From a message and the focus to a `Question`: the one place where they are merged.

The intent is evidence, not a verdict: what is named in the message (a role, a count, two years)
decides first, and a message that names nothing new goes on with the focus.
"""

from __future__ import annotations

import re
from datetime import date

from actions.dialogue import Dialogue
from actions.message import Message
from actions.question import Field, Kind, Question
from actions.subject import says_something, subject_of
from knowledge.records import Pillar, Role

_INTENTS = {
    "ask_indicator": Kind.INDICATOR,
    "list_indicators": Kind.LIST,
    "compare_years": Kind.COMPARE,
    "ask_clause": Kind.CLAUSE,
    "ask_document": Kind.DOCUMENT,
    "feedback": Kind.FEEDBACK,
    "out_of_scope": Kind.OUT_OF_SCOPE,
    "greet": Kind.TALK,
    "goodbye": Kind.TALK,
    "thanks": Kind.TALK,
    "help": Kind.TALK,
    "chitchat": Kind.TALK,
}
_CLAIM = re.compile(
    r"\b(?:đúng không|phải không|đúng hông|phải hông|đúng chưa|có phải|phải hôn|đúng hôn|hả|đúng ko|chứ gì|à)\b\s*[?.!]*\s*$"
    r"|\b(?:đúng không|phải không|có phải|có đúng)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:%|phần trăm)", re.IGNORECASE)
_RELATIVE = re.compile(r"(relative|focus):([+-]?\d+)")
_FIELD_OF_ROLE = {Role.LEAD: Field.LEAD, Role.COORDINATOR: Field.COORDINATOR}


def understand(message: Message, dialogue: Dialogue, today: date) -> Question:
    """The question that a message asks in its conversation."""
    question = _alone(message, dialogue, today)
    focus = dialogue.focus
    if focus is None or not _goes_on(question, message):
        return question
    return _merged(question, focus)


def _alone(message: Message, dialogue: Dialogue, today: date) -> Question:
    """What the message says by itself."""
    kind = _kind(message)
    hidden = {"agency", "pillar"} if kind is Kind.LIST else {"agency"} if kind is Kind.DUTY else set()
    role = _role(message)
    return Question(
        kind=kind,
        subject=subject_of(message, hidden),
        typed=message.text,
        field=_field(message, role),
        years=_years(message, dialogue, today),
        horizon=_number(message.value("horizon")),
        agencies=message.values("agency"),
        role=role,
        pillar=Pillar(pillar) if (pillar := message.value("pillar")) else None,
        documents=message.values("document"),
        row=message.value("row"),
        unheld=_unheld(message),
        claim=_CLAIM.search(message.text) is not None,
        restored=message.restored,
        values=tuple(m.group(1).replace(",", ".") for m in _VALUE.finditer(message.text)),
        asks=message.values("ask"),
        meta=message.values("meta"),
    )


def _unheld(message: Message) -> str | None:
    place = message.value("place")
    return f"place:{place}" if place else message.value("unheld")


def _kind(message: Message) -> Kind:
    """The kind by what is named, then by the intent."""
    asks = message.values("ask")
    named = message.values("agency") or message.values("pillar")
    kind = _INTENTS.get(message.intent, Kind.INDICATOR)
    if kind in (Kind.FEEDBACK, Kind.TALK, Kind.OUT_OF_SCOPE):
        return kind
    if message.value("row"):
        return Kind.INDICATOR
    if "compare" in asks or len(set(message.values("year"))) > 1:
        return Kind.COMPARE
    if "duty" in asks and message.values("agency") and kind is not Kind.LIST:
        return Kind.DUTY
    if named and ("count" in asks or "list" in asks):
        return Kind.LIST
    return kind


def _role(message: Message) -> Role | None:
    roles = message.values("role")
    return Role(roles[0]) if len(roles) == 1 else None


def _field(message: Message, role: Role | None) -> Field:
    fields = [Field(value) for value in message.values("field") if value in set(Field)]
    if role and (not fields or fields[0] is Field.RECORD):
        return _FIELD_OF_ROLE[role]
    return fields[0] if fields else Field.RECORD


def _years(message: Message, dialogue: Dialogue, today: date) -> tuple[int, ...]:
    """Calendar years; relative ones are read from the clock, or from the focus when it has a year."""
    years: list[int] = []
    focus_year = dialogue.focus.year if dialogue.focus else None
    for value in message.values("year"):
        if relative := _RELATIVE.fullmatch(value):
            base = focus_year if relative[1] == "focus" and focus_year else today.year
            years.append(base + int(relative[2]))
        elif value.isdigit():
            years.append(int(value))
    return tuple(dict.fromkeys(years))


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isdigit() else None


def _goes_on(question: Question, message: Message) -> bool:
    """True when a message needs the focus: it names no subject of its own."""
    if question.kind in (Kind.FEEDBACK, Kind.TALK, Kind.OUT_OF_SCOPE, Kind.DOCUMENT):
        return False
    if question.kind is Kind.LIST and question.agencies and message.intent == "list_indicators":
        return not question.years
    return not says_something(question.subject)


def _merged(question: Question, focus: Question) -> Question:
    """The focus with what the message changes."""
    agency_question = focus.kind in (Kind.LIST, Kind.DUTY)
    return focus.but(
        kind=_merged_kind(question, focus),
        typed=question.typed,
        subject=focus.subject,
        field=question.field if question.field is not Field.RECORD else focus.field,
        years=question.years or focus.years,
        horizon=question.horizon or (None if question.years else focus.horizon),
        agencies=question.agencies or (focus.agencies if agency_question else ()),
        role=question.role or focus.role,
        pillar=question.pillar or focus.pillar,
        documents=question.documents or (() if question.years else focus.documents),
        row=question.row,
        unheld=question.unheld,
        asks=question.asks,
        meta=question.meta,
        claim=question.claim,
        restored=focus.restored,
        values=question.values,
    )


def _merged_kind(question: Question, focus: Question) -> Kind:
    if question.kind in (Kind.COMPARE, Kind.LIST, Kind.DUTY):
        return question.kind
    return focus.kind if focus.kind is not Kind.COMPARE else Kind.INDICATOR
