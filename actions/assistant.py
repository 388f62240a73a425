"""The assistant: from a message and the state of its conversation to a reply. Pure of Rasa."""

from __future__ import annotations

import re

from actions.candidates import ANNEX_FIELDS
from actions.clarifying import beyond_choices, clarify, picked
from actions.comparing import answer_comparison, answer_goals, horizon_sides, sides_of
from actions.corpus import Corpus, Record
from actions.dialogue import Dialogue
from actions.documents import answer_document
from actions.duties import answer_duty, assignment_of
from actions.indicators import answer_indicator
from actions.listing import answer_list
from actions.message import Message
from actions.question import Field, Kind, Question
from actions.records import answer_clause, answer_task, answer_without_field, holds
from actions.reply import Reply
from actions.resolving import ANSWERED_FROM, Outcome, Resolution, located, resolve, scope
from actions.subject import says_something
from actions.talk import answer_feedback, answer_out_of_scope, answer_talk
from actions.understanding import understand
from actions.unheld import (
    answer_absent_annex,
    answer_missing_year,
    answer_nothing,
    answer_row,
    answer_unheld,
    answer_unheld_document,
)
from knowledge.records import Clause, Document, Indicator, Task

_STRONG = 0.8
_DOCUMENT_NUMBER = re.compile(r"\d+/(?:\d{4}/)?[A-ZĐ]{2,}|\d+-[A-ZĐ]{2,}/")


class Assistant:
    """Answers messages from one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def reply(self, message: Message, dialogue: Dialogue) -> Reply:
        """The reply to one message, and the state after it."""
        if option := picked(message.text, message.value("ordinal"), dialogue):
            question = dialogue.focus or Question(Kind.INDICATOR, "", message.text)
            record = self._corpus.record(option.record)
            if record is not None:
                return self._about(question.but(kind=Kind.INDICATOR), record, 1.0)
        if again := beyond_choices(message.value("ordinal"), dialogue):
            return again
        question = located(understand(message, dialogue, self._corpus.today), self._corpus)
        if "more" in question.asks and dialogue.offset and dialogue.focus:
            return answer_list(dialogue.focus, self._corpus, dialogue, dialogue.offset)
        return self._answer(question, message, dialogue)

    def _answer(self, question: Question, message: Message, dialogue: Dialogue) -> Reply:
        match question.kind:
            case Kind.TALK:
                return answer_talk(message.intent, dialogue)
            case Kind.FEEDBACK:
                return answer_feedback(dialogue)
            case Kind.OUT_OF_SCOPE:
                return self._doubted(question, dialogue)
        if _really_unheld(question):
            return answer_unheld(question, self._nearest(question, dialogue), self._corpus, dialogue)
        missing = scope(question, self._corpus).missing
        if missing and len(missing) == len(question.years):
            return answer_missing_year(question, missing, self._corpus, dialogue)
        match question.kind:
            case Kind.DOCUMENT:
                return self._of_document(question, dialogue)
            case Kind.LIST if question.agencies or question.role is None:
                return self._listed(question, dialogue)
            case Kind.INDICATOR | Kind.CLAUSE if _all_goals(question, dialogue):
                return self._listed(question, dialogue)
            case Kind.DUTY:
                reply = answer_duty(question, self._corpus)
                return reply or self._from_records(self._with_agencies(question), dialogue)
        return self._from_records(question, dialogue)

    def _with_agencies(self, question: Question) -> Question:
        """An agency without a section of its own is searched for by its name."""
        names = " ".join(
            self._corpus.agencies[a].name for a in question.agencies if a in self._corpus.agencies
        )
        return question.but(kind=Kind.CLAUSE, subject=f"{names} {question.subject}".strip())

    def _of_document(self, question: Question, dialogue: Dialogue) -> Reply:
        """Facts of a document, unless it is not held or what is asked fits a record of it clearly better."""
        if question.references and not question.documents:
            return answer_unheld_document(question, self._corpus, dialogue)
        if says_something(question.subject) and not question.meta_of_document:
            basis = question.but(kind=Kind.INDICATOR, field=Field.BASIS)
            found = resolve(basis, dialogue, self._corpus)
            if (
                found.outcome is Outcome.FOUND
                and found.confidence >= _STRONG
                and isinstance(found.records[0], Indicator)
            ):
                return self._about(basis, found.records[0], found.confidence)
        return answer_document(question, self._corpus, dialogue)

    def _listed(self, question: Question, dialogue: Dialogue) -> Reply:
        """A list; a plan without an annex still says in its own section what an agency must do."""
        documents = scope(question, self._corpus).documents
        if (
            question.agencies
            and not question.counting
            and not self._corpus.with_indicators.intersection(documents)
        ):
            reply = answer_duty(question, self._corpus)
            if reply:
                return reply
        return answer_list(question, self._corpus, dialogue)

    def _doubted(self, question: Question, dialogue: Dialogue) -> Reply:
        """The intent says out of scope; only a record that fits very well says otherwise."""
        found = resolve(question.but(kind=Kind.INDICATOR), dialogue, self._corpus)
        if (
            found.outcome is Outcome.FOUND
            and found.confidence >= _STRONG
            and len(question.typed.split()) <= 40
        ):
            return self._about(question.but(kind=Kind.INDICATOR), found.records[0], found.confidence)
        return answer_out_of_scope(dialogue)

    def _from_records(self, question: Question, dialogue: Dialogue) -> Reply:
        """Find the record and answer from it, ask back, or say that it is not held."""
        absent = self._absent_annex(question, dialogue)
        if absent is not None:
            stated = self._stated(question, dialogue)
            if stated is not None:
                return self._about(question, stated, _STRONG)
            return answer_absent_annex(
                question, absent, self._nearest(question, dialogue), self._corpus, dialogue
            )
        if question.kind is Kind.COMPARE and len(question.horizons) > 1:
            sides = horizon_sides(question, dialogue, self._corpus)
            if len(sides) > 1:
                return answer_goals(question, sides, self._corpus)
        found = resolve(self._comparable(question), dialogue, self._corpus)
        if found.outcome is Outcome.FOUND:
            return self._about(question, found.records[0], found.confidence)
        if found.outcome is Outcome.SEVERAL:
            return clarify(question, found.records, self._corpus, found.confidence)
        if question.row:
            return answer_row(question, self._corpus, scope(question, self._corpus).documents, dialogue)
        return answer_nothing(question, _first(found), self._corpus, dialogue)

    def _comparable(self, question: Question) -> Question:
        """A comparison looks for one record in any of the plans that it names; twins give the sides."""
        if question.kind is not Kind.COMPARE:
            return question
        plans = tuple(d.id for year in question.years for d in self._corpus.plans_of(year))
        held = tuple(plan for plan in plans if plan in self._corpus.with_indicators)
        return question.but(years=(), documents=held or question.documents)

    def _about(self, question: Question, record: Record, confidence: float) -> Reply:
        """The reply that a kind of record gives to a question."""
        match record:
            case Indicator() if question.kind is Kind.COMPARE:
                sides = sides_of(question, record, self._corpus)
                return answer_comparison(question, sides, self._corpus, confidence)
            case Indicator():
                return answer_indicator(question, record, self._corpus, confidence)
            case Task():
                return answer_task(question, record, self._corpus, confidence)
            case Clause() if not holds(question.field, record):
                return answer_without_field(question, record, self._corpus)
            case Clause():
                return answer_clause(question, record, self._corpus, confidence)
            case Document():
                return answer_document(question.but(documents=(record.id,)), self._corpus, Dialogue())

    def _absent_annex(self, question: Question, dialogue: Dialogue) -> Document | None:
        """The one plan in scope, when a field of an annex row is asked and its annex is not held."""
        if question.kind is not Kind.INDICATOR or question.horizons:
            return None
        of_row = question.field in ANNEX_FIELDS or question.row or "indicator" in question.things
        if not of_row and not self._moves_a_row(question, dialogue):
            return None
        documents = [self._corpus.documents[d] for d in scope(question, self._corpus).documents]
        absent = [d for d in documents if d.id not in self._corpus.with_indicators and d.official]
        return absent[0] if absent and len(absent) == len(documents) else None

    def _moves_a_row(self, question: Question, dialogue: Dialogue) -> bool:
        """True when the indicator in focus is asked for another year, without a subject of its own."""
        same = dialogue.focus is not None and dialogue.focus.subject == question.subject
        return same and isinstance(self._corpus.record(dialogue.record or ""), Indicator)

    def _stated(self, question: Question, dialogue: Dialogue) -> Clause | None:
        """A clause of the plan itself that holds the asked field: a share, a document, or who leads."""
        if question.row or "indicator" in question.things:
            return None
        found = resolve(question.but(kind=Kind.CLAUSE), dialogue, self._corpus)
        best = found.records[0] if found.outcome is Outcome.FOUND else None
        if not isinstance(best, Clause) or found.confidence < _STRONG:
            return None
        match question.field:
            case Field.TARGET:
                return best if "%" in best.text else None
            case Field.BASIS:
                return best if _DOCUMENT_NUMBER.search(best.text) else None
            case Field.LEAD:
                return assignment_of(best, self._corpus)
        return None

    def _nearest(self, question: Question, dialogue: Dialogue) -> Record | None:
        """What is held about the same subject, whatever the year."""
        open_question = question.but(years=(), documents=(), horizons=(), row=None, unheld=None)
        found = resolve(open_question, dialogue, self._corpus)
        return found.records[0] if found.records and found.confidence >= ANSWERED_FROM else None


def _all_goals(question: Question, dialogue: Dialogue) -> bool:
    """True for "mục tiêu đến năm 2030 là gì": a time and kinds of record, without a subject."""
    goals = {"goal", "indicator"} & set(question.things)
    timed = question.years or question.horizons
    return bool(goals and timed) and not (
        question.row or dialogue.record or says_something(question.subject) or question.agencies
    )


def _first(found: Resolution) -> Record | None:
    return found.records[0] if found.records else None


def _really_unheld(question: Question) -> bool:
    """True when no record can hold the asked thing; where money comes from or when to report may be held."""
    if question.unheld == "budget" and "funding" in question.asks:
        return "how_much" in question.asks
    if question.unheld == "result" and ("deadline" in question.asks or "duty" in question.asks):
        return False
    return question.unheld is not None
