"""The assistant: from a message and the state of its conversation to a reply. Pure of Rasa."""

from __future__ import annotations

from dataclasses import replace

from actions.answering import Answerer
from actions.asking import asking
from actions.both import answer_both, both_meant
from actions.changing_plan import asked_elsewhere, plan_behind
from actions.clarifying import beyond_choices, has_value, picked, place_of, value_of
from actions.confidence import Confidence, default_confidence
from actions.corpus import Corpus, Record
from actions.correcting import corrected
from actions.courtesy import answer_abuse, is_abuse, is_errand
from actions.denying import denied
from actions.dialogue import Dialogue, Option
from actions.excluding import less_helped, meant
from actions.guide_parts import answer_part
from actions.leveling import leveled
from actions.listing import answer_list, opened_list
from actions.message import Message
from actions.neighbouring import neighbour, point
from actions.plurals import unplural
from actions.question import Field, Kind, Question
from actions.reply import Reply
from actions.resolving import located
from actions.returning import returned
from actions.several import joined, splits_of
from actions.talk import answer_out_of_scope
from actions.tasklist import answer_tasks
from actions.that_agency import with_that_agency
from actions.understanding import may_go_on, understand
from knowledge.records import Indicator
from knowledge.store import IndicatorFilter
from trolyso.answer import Status

_KEPT = 20
_OWN_WORDS = 0.6


def as_meant(message: Message) -> Message:
    """A message less what is taken back, not meant, only sounds like asking or is only told."""
    return asking(unplural(less_helped(meant(corrected(message)))))


class Assistant:
    """Answers messages from one corpus."""

    def __init__(self, corpus: Corpus, confidence: Confidence | None = None) -> None:
        """`confidence`: what the chance of a record says of its answer, the committed curve when None."""
        self._corpus = corpus
        self._confidence = confidence or default_confidence()
        self._answerer = Answerer(corpus)

    def reply(self, message: Message, dialogue: Dialogue) -> Reply:
        """The reply to one message, and the state after it."""
        message = as_meant(message)
        return self._confidence.told(self._each(message, dialogue) or self._remembered(message, dialogue))

    def _remembered(self, message: Message, dialogue: Dialogue, part: bool = False) -> Reply:
        reply = self._one(message, dialogue, part)
        after = reply.dialogue
        if after.record and after.record == dialogue.record and not (after.options or dialogue.pending):
            # Going on about what was picked keeps the choices: "quay lại cái số 1".
            reply = replace(reply, dialogue=replace(after, options=dialogue.options))
        return replace(reply, dialogue=dialogue.followed_by(reply.dialogue))

    def _each(self, message: Message, dialogue: Dialogue) -> Reply | None:
        """Several questions in one message, each answered; None when it is one question."""
        for parts in splits_of(message):
            replies: list[Reply] = []
            for part in parts:
                before = replies[-1].dialogue if replies else dialogue
                replies.append(self._remembered(part, before, part=True))
            if together := joined(replies):
                return together
        return None

    def _one(self, message: Message, dialogue: Dialogue, part: bool = False) -> Reply:
        if is_abuse(message):
            return answer_abuse(dialogue)
        if is_errand(message):
            return answer_out_of_scope(dialogue)
        message, dialogue = returned(denied(message, dialogue), dialogue, self._corpus)
        if of_guide := answer_part(message, dialogue, self._corpus):
            return of_guide
        if together := self._both(message, dialogue):
            return together
        if pick := self._picked(message, dialogue) or self._neighbour(message, dialogue):
            return pick
        question = self._understood(message, dialogue).but(part=part)
        if twin := asked_elsewhere(question, dialogue, self._corpus):
            return self._answerer.about(question.but(kind=Kind.CLAUSE, subject=""), twin, 1.0)
        if behind := plan_behind(question, dialogue, self._corpus):
            return self._answerer.about(question.but(kind=Kind.CLAUSE, subject=""), behind, 1.0)
        if "more" in question.asks and dialogue.offset and dialogue.focus:
            focus, offset = dialogue.focus, dialogue.offset
            rest = answer_tasks(focus, self._corpus, offset)
            return rest or answer_list(focus, self._corpus, dialogue, offset)
        reply = self._answerer.answer(question, message, dialogue)
        return self._on_focus(question, message, dialogue, reply) or reply

    def _understood(self, message: Message, dialogue: Dialogue, *, back: bool = False) -> Question:
        question = understand(message, dialogue, self._corpus.today, back=back)
        question = located(self._of_goal(question, dialogue), self._corpus)
        question = with_that_agency(question, dialogue, self._corpus)
        return leveled(question, dialogue, self._corpus)

    def _of_goal(self, question: Question, dialogue: Dialogue) -> Question:
        """A year after a goal of a plan of many years is that of a goal beside it: "còn 2025?" after 2030."""
        goal = self._corpus.record(dialogue.record or "")
        if not (question.back and isinstance(goal, Indicator)):
            return question
        plan = self._corpus.document_of(goal)
        if plan.period.start == plan.period.end:
            return question
        if question.years == (goal.period.end,):
            return question.but(years=())  # "ai phối hợp thực hiện mục tiêu 2025 này?"
        rows = self._corpus.store.indicators(IndicatorFilter(document_ids=(plan.id,))).items
        beside = question.years and {row.period.end for row in rows}.issuperset(question.years)
        if not beside or question.documents not in ((), (plan.id,)):
            return question
        return question.but(years=(), horizons=question.years, documents=(plan.id,))

    def _on_focus(
        self, question: Question, message: Message, dialogue: Dialogue, reply: Reply
    ) -> Reply | None:
        """What a follow-up says of the record in focus, when it finds nothing by its own few words."""
        status = reply.answer.status
        found = status is Status.ANSWERED or (
            status is Status.CLARIFY and reply.answer.confidence > _OWN_WORDS
        )
        refused = status is Status.UNKNOWN and (question.unheld or question.years)
        spoken_of = dialogue.record or dialogue.pending
        if found or refused or question.back or not spoken_of or not may_go_on(message, question):
            return None
        on_focus = self._answerer.answer(self._understood(message, dialogue, back=True), message, dialogue)
        better = dialogue.pending and on_focus.answer.confidence > reply.answer.confidence
        # That the record in focus does not tell it is more than records that are only near.
        untold = on_focus.answer.status is Status.UNKNOWN and on_focus.dialogue.record == dialogue.record
        untold &= not question.narrow
        told = on_focus.answer.status is Status.ANSWERED or (untold and status is Status.CLARIFY)
        return on_focus if told or better else None

    def _picked(self, message: Message, dialogue: Dialogue) -> Reply | None:
        """The answer to what the message picks of what was offered or listed."""
        opened = opened_list(dialogue, self._corpus)
        place = place_of(message, opened)
        option = picked(message.text, place, opened) or self._of_value(message, opened)
        record = self._corpus.record(option.record) if option else None
        if record is not None:
            question = dialogue.focus or Question(Kind.INDICATOR, "", message.text)
            asked = understand(message, Dialogue(), self._corpus.today)
            record = self._of_year(record, asked.years)
            field = question.field if asked.field is Field.RECORD else asked.field
            reply = self._answerer.about(
                question.but(kind=Kind.INDICATOR, subject="", field=field), record, 1.0
            )
            # The choices stay: "còn cái đầu?" picks again.
            return replace(reply, dialogue=replace(reply.dialogue, options=opened.options[:_KEPT]))
        return beyond_choices(place, opened)

    def _both(self, message: Message, dialogue: Dialogue) -> Reply | None:
        """The answer about two records that were spoken of."""
        pair = both_meant(message, dialogue, self._corpus)
        if pair is None:
            return None
        asked = understand(message, Dialogue(), self._corpus.today)
        first, second = (self._of_year(record, asked.years) for record in pair)
        return answer_both(asked, (first, second), self._corpus)

    def _of_value(self, message: Message, opened: Dialogue) -> Option | None:
        """The one that was offered or listed with the value that is named: "còn cái đặt 90%?"."""
        named = value_of(message)
        offered = ((option, self._corpus.record(option.record)) for option in opened.options)
        held = [option for option, record in offered if named is not None and has_value(record, named)]
        return held[0] if len(held) == 1 else None

    def _of_year(self, record: Record, years: tuple[int, ...]) -> Record:
        """What was picked, in the plan of the year that is named with it: "mục cuối, hồi 2023 đặt mấy?"."""
        twins = self._corpus.twins(record) if years and isinstance(record, Indicator) else ()
        return next((twin for twin in twins if twin.period.end in years), record)

    def _neighbour(self, message: Message, dialogue: Dialogue) -> Reply | None:
        """The answer about what stands beside the record in focus."""
        if dialogue.focus is None:
            return None
        if clause := point(message, dialogue, self._corpus):
            asked = understand(message, Dialogue(), self._corpus.today).field
            return self._answerer.about(
                dialogue.focus.but(kind=Kind.CLAUSE, subject="", field=asked), clause, 1.0
            )
        row = neighbour(message, dialogue, self._corpus)
        if row is None:
            return None
        field = understand(message, Dialogue(), self._corpus.today).field
        return self._answerer.about(
            dialogue.focus.but(kind=Kind.INDICATOR, subject="", field=field), row, 1.0
        )
