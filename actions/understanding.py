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
    r"\b(?:đúng không|phải không|đúng hông|phải hông|đúng chưa|có phải|phải hôn|đúng hôn|hả|đúng ko|chứ gì|à)"
    r"\b\s*[?.!]*\s*$"
    r"|\b(?:đúng không|phải không|có phải|có đúng)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:%|phần trăm)", re.IGNORECASE)
_RELATIVE = re.compile(r"(relative|focus):([+-]?\d+)")
_POINTS_BACK = re.compile(
    r"\b(?:kế hoạch|văn bản|quyết định|bản|năm|tài liệu) (?:đó|này|ấy|trên)\b"
    r"|^\W*(?:thế|vậy|còn|vậy còn|thế còn)\b",
    re.IGNORECASE,
)
_FIELD_OF_ROLE = {Role.LEAD: Field.LEAD, Role.COORDINATOR: Field.COORDINATOR}


def understand(message: Message, dialogue: Dialogue, today: date) -> Question:
    """The question that a message asks in its conversation."""
    question = _alone(message, dialogue, today)
    focus = dialogue.focus
    if focus is None:
        return question
    if dialogue.pending and question.kind is Kind.OUT_OF_SCOPE:
        # An answer to "which one?" may sound like anything; it is looked for among the same records.
        question = question.but(kind=focus.kind, years=focus.years, documents=focus.documents)
    if _goes_on(question, message):
        return _merged(question, focus)
    return _in_focus(question, message, focus)


def _in_focus(question: Question, message: Message, focus: Question) -> Question:
    """A new subject in the plan spoken of: "kế hoạch đó giao ai…", "còn ứng dụng thương mại điện tử?"."""
    named = question.years or question.documents or question.horizons
    if (question.row or question.clause) and not named:
        return question.but(years=focus.years, documents=focus.documents)
    if named or question.kind in (Kind.FEEDBACK, Kind.TALK, Kind.OUT_OF_SCOPE, Kind.DOCUMENT):
        return question
    if not _POINTS_BACK.search(message.text):
        return question
    return question.but(
        years=focus.years,
        documents=focus.documents,
        horizons=focus.horizons,
        field=question.field if question.field is not Field.RECORD else focus.field,
    )


def _alone(message: Message, dialogue: Dialogue, today: date) -> Question:
    """What the message says by itself."""
    kind = _kind(message)
    hidden = {"agency", "pillar"} if kind is Kind.LIST else set()
    if kind is Kind.DUTY or message.intent == "follow_up":
        hidden = hidden | {"agency"}
    role = _role(message)
    return Question(
        kind=kind,
        subject=subject_of(message, hidden),
        typed=message.text,
        field=_field(message, role),
        years=_years(message, dialogue, today),
        horizons=_horizons(message),
        agencies=message.values("agency"),
        role=role,
        pillar=Pillar(pillar) if (pillar := message.value("pillar")) else None,
        documents=message.values("document"),
        row=message.value("row"),
        unheld=message.value("unheld"),
        claim=_CLAIM.search(message.text) is not None,
        restored=message.restored,
        values=tuple(m.group(1).replace(",", ".") for m in _VALUE.finditer(message.text)),
        asks=message.values("ask"),
        meta=message.values("meta"),
        things=message.values("kind"),
        clause=message.value("clause"),
        references=message.values("reference"),
    )


def _kind(message: Message) -> Kind:
    """The kind by what is named, then by the intent."""
    asks = message.values("ask")
    agency = message.values("agency")
    kind = _INTENTS.get(message.intent, Kind.INDICATOR)
    if kind is Kind.FEEDBACK and _asks_for_record(message):
        kind = Kind.INDICATOR
    if kind is Kind.TALK and (agency or _asks_for_record(message)):
        kind = Kind.INDICATOR
    if kind in (Kind.FEEDBACK, Kind.TALK, Kind.OUT_OF_SCOPE):
        return kind
    if message.value("row"):
        return Kind.INDICATOR
    if kind is Kind.DOCUMENT:
        of_agency = agency and not message.values("meta") and not message.value("field") and "who" not in asks
        return Kind.DUTY if of_agency else kind
    if "compare" in asks or len(set(message.values("year"))) > 1 or len(message.values("horizon")) > 1:
        return Kind.COMPARE
    if agency and kind is not Kind.LIST and ("duty" in asks or (kind is Kind.CLAUSE and "list" in asks)):
        return Kind.DUTY
    if (agency or message.values("pillar")) and ("count" in asks or "list" in asks):
        return Kind.LIST
    return kind


def _asks_for_record(message: Message) -> bool:
    """True when a message that sounds like a complaint names a role, a year or a field of a record."""
    return bool(message.value("role") or message.value("year") or message.value("field"))


def _role(message: Message) -> Role | None:
    roles = message.values("role")
    return Role(roles[0]) if len(roles) == 1 else None


def _field(message: Message, role: Role | None) -> Field:
    fields = [Field(value) for value in message.values("field") if value in set(Field)]
    if role and (not fields or fields[0] is Field.RECORD):
        return _FIELD_OF_ROLE[role]
    if not fields and ("how_much" in message.values("ask") or _VALUE.search(message.text)):
        return Field.TARGET
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


def _horizons(message: Message) -> tuple[int, ...]:
    return tuple(int(value) for value in message.values("horizon") if value.isdigit())


def _goes_on(question: Question, message: Message) -> bool:
    """True when a message needs the focus: it names no subject of its own."""
    if (
        question.row
        or question.clause
        or question.kind in (Kind.FEEDBACK, Kind.TALK, Kind.OUT_OF_SCOPE, Kind.DOCUMENT)
    ):
        return False
    if question.kind is Kind.LIST and question.agencies and message.intent == "list_indicators":
        return not question.years
    if question.claim and question.agencies and not says_something(subject_of(message, {"agency"})):
        return True
    return not says_something(question.subject) or _only_points_back(question, message)


def _only_points_back(question: Question, message: Message) -> bool:
    """A short follow-up that asks for a field ("cơ quan nào làm đầu mối?") is about the record in focus."""
    asks_field = question.field is not Field.RECORD or "who" in question.asks
    return message.intent == "follow_up" and asks_field and len(question.subject.split()) <= 2


def _merged(question: Question, focus: Question) -> Question:
    """The focus with what the message changes."""
    agency_question = focus.kind in (Kind.LIST, Kind.DUTY)
    return focus.but(
        kind=_merged_kind(question, focus),
        typed=question.typed,
        subject=focus.subject,
        field=question.field if question.field is not Field.RECORD else focus.field,
        years=question.years or focus.years,
        horizons=question.horizons or (() if question.years else focus.horizons),
        agencies=question.agencies or (focus.agencies if agency_question else ()),
        role=question.role or focus.role,
        pillar=question.pillar or focus.pillar,
        documents=question.documents or (() if question.years else focus.documents),
        row=question.row,
        clause=question.clause,
        references=question.references,
        unheld=question.unheld,
        asks=question.asks,
        meta=question.meta,
        things=question.things or focus.things,
        claim=question.claim,
        restored=focus.restored,
        values=question.values,
    )


def _merged_kind(question: Question, focus: Question) -> Kind:
    if question.kind in (Kind.COMPARE, Kind.LIST, Kind.DUTY):
        return question.kind
    if question.agencies and focus.kind in (Kind.INDICATOR, Kind.COMPARE) and not question.claim:
        return Kind.LIST
    return focus.kind if focus.kind is not Kind.COMPARE else Kind.INDICATOR
