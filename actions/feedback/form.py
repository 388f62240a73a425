"""One turn of the form: from the draft and a message to the draft after it. Pure of Rasa."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from actions.feedback.draft import SHORTEST, Draft, End, Note, Step, detail
from actions.feedback.reading import (
    asks_why,
    is_question,
    is_small_talk,
    meanings,
    names_record,
    says_more,
    says_nothing,
    tells_matter,
    topic_of,
    wants_to_tell,
)
from actions.feedback.wordlists import Meaning
from actions.message import Message
from knowledge.feedback import Topic, read_code

_PERSONAL = (Step.CONSENT, Step.PLACE, Step.CONTACT)
_CLEARED = {
    Meaning.PART_WHAT: ("what",),
    Meaning.PART_FIELD: ("field",),
    Meaning.PART_PERSON: ("consent", "place", "contact"),
}


class Aside(StrEnum):
    """What a message in the middle wants that the form does not give."""

    QUESTION = "question"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Turn:
    """The draft after a message, and what is answered before the form goes on."""

    draft: Draft
    aside: Aside | None = None


def begin(message: Message) -> Turn:
    """The first message: it may hold the matter already, or be no feedback at all."""
    told = wants_to_tell(message)
    if read_code(message.typed) and not tells_matter(message):
        return Turn(Draft(end=End.NO_FEEDBACK), Aside.STATUS)
    if not told and names_record(message):
        return Turn(Draft(end=End.NO_FEEDBACK), Aside.QUESTION)
    if tells_matter(message) and len(message.typed) >= SHORTEST:
        return Turn(Draft().with_text(message.typed))
    return Turn(Draft())


def advance(draft: Draft, message: Message) -> Turn:
    """The turn that a message makes while a question of the form is open."""
    step = draft.step
    if step is None:
        return Turn(draft)
    said = meanings(message)
    if Meaning.CANCEL in said or (Meaning.FORGET in said and step in (Step.WHAT, Step.FIELD, Step.REVIEW)):
        return Turn(Draft(end=End.CANCELLED))
    if aside := _aside(step, message, said):
        return Turn(draft.but(note=Note.RESUMED), aside)
    return Turn(_ANSWERS[step](draft.but(note=None), message, said, draft.note))


def _aside(step: Step, message: Message, said: frozenset[Meaning]) -> Aside | None:
    """A question, a greeting, or a ticket that is asked for; nothing that is an answer to the step."""
    if message.intent == "feedback_status" and read_code(message.typed):
        return Aside.STATUS
    if said or (step in _PERSONAL and asks_why(message)):
        return None
    if step is Step.WHAT and message.value("ordinal") and len(message.typed.strip()) < SHORTEST:
        return Aside.QUESTION  # a pick among what a question in the middle brought
    if is_small_talk(message) or is_question(message, of_plans=step is Step.WHAT):
        return Aside.QUESTION
    return None


def _what(draft: Draft, message: Message, _said: frozenset[Meaning], _before: Note | None) -> Draft:
    if len(message.typed.strip()) < SHORTEST:
        return draft.but(note=Note.TOO_SHORT)
    return draft.with_text(message.typed)


def _field(draft: Draft, message: Message, said: frozenset[Meaning], before: Note | None) -> Draft:
    topic = topic_of(message)
    if topic is None and Meaning.SKIP in said:
        topic = Topic.OTHER
    # People tell a story in several messages; the field may be named in the midst of it.
    more = not said and not message.value("ordinal") and says_more(message)
    told = draft.with_text(message.typed) if more else draft
    if topic is not None:
        return told.but(field=topic)
    if more:
        return told.but(note=Note.ADDED)
    return draft.but(field=Topic.OTHER) if before is Note.UNCLEAR else draft.but(note=Note.UNCLEAR)


def _consent(draft: Draft, message: Message, said: frozenset[Meaning], before: Note | None) -> Draft:
    if Meaning.YES in said:
        return draft.but(consent=True)
    if said & {Meaning.NO, Meaning.FORGET, Meaning.SKIP}:
        return draft.but(consent=False)
    if asks_why(message):
        return draft.but(note=Note.WHY)
    # Asked twice without a clear yes is a no.
    return draft.but(consent=False) if before is Note.UNCLEAR else draft.but(note=Note.UNCLEAR)


def _place(draft: Draft, message: Message, said: frozenset[Meaning], _before: Note | None) -> Draft:
    return _detail("place", draft, message, said)


def _contact(draft: Draft, message: Message, said: frozenset[Meaning], _before: Note | None) -> Draft:
    return _detail("contact", draft, message, said)


def _detail(name: str, draft: Draft, message: Message, said: frozenset[Meaning]) -> Draft:
    if said:
        return draft.but(**{name: ""})  # no short answer of the form is a place or a way to reach somebody
    if asks_why(message):
        return draft.but(note=Note.WHY)
    return draft if says_nothing(message) else draft.but(**{name: detail(message.typed)})


def _review(draft: Draft, _message: Message, said: frozenset[Meaning], _before: Note | None) -> Draft:
    parts = [part for part in _CLEARED if part in said]
    if parts:
        return draft.but(**{name: None for part in parts for name in _CLEARED[part]})
    if Meaning.EDIT in said:
        return draft.but(note=Note.WHICH_PART)
    if said & {Meaning.SEND, Meaning.YES}:
        return draft.but(review=True)
    return draft.but(note=Note.UNCLEAR)


_ANSWERS = {
    Step.WHAT: _what,
    Step.FIELD: _field,
    Step.CONSENT: _consent,
    Step.PLACE: _place,
    Step.CONTACT: _contact,
    Step.REVIEW: _review,
}
