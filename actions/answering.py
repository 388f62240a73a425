"""From a question to its reply: which kind of answer it gets, from which record, or which refusal."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.absent import absent_annex, nearest_held, stated_in_plan
from actions.assigning import answer_assigned, given_to_another
from actions.breakdown import names_part, part_asked
from actions.cited import answer_cited, is_of_cited
from actions.citing import document_name
from actions.clarifying import clarify, suggest
from actions.comparing import answer_comparison, answer_goals, horizon_sides, sides_of
from actions.corpus import Corpus, Record
from actions.counted import counts_unknown
from actions.counting import answer_count
from actions.dialogue import Dialogue
from actions.documents import answer_document
from actions.duties import answer_duty
from actions.evidence import name_of
from actions.guidance import answer_guide, answer_guides, asks_which, find_guide
from actions.indicators import answer_indicator
from actions.kinds import asks_mention
from actions.listing import answer_list, listable
from actions.message import Message
from actions.neighbouring import point_in
from actions.question import Field, Kind, Question
from actions.records import answer_clause, answer_task, answer_without_field, holds
from actions.reply import Reply
from actions.resolving import LIKELY_FROM, Outcome, Resolution, resolve, scope
from actions.second_look import all_goals, is_bare, is_list, names_annex, names_one_thing, really_unheld
from actions.selections import find_list, sector_of
from actions.sources import answer_source
from actions.subject import says_something
from actions.successors import answer_successor
from actions.talk import answer_feedback, answer_out_of_scope, answer_talk
from actions.tasklist import answer_tasks
from actions.unheld import (
    answer_absent_annex,
    answer_missing_year,
    answer_nothing,
    answer_part,
    answer_row,
    answer_unheld,
)
from knowledge.records import Clause, Document, Indicator, Task
from trolyso.answer import Status

_STRONG = 0.5
_ASSIGNED = 0.15
_ASIDE = 2
_GUIDED = 0.3
# A short message that surely asks how something is done ("hướng dẫn VNeID") says little of what.
_GUIDED_SURELY = 0.05
_SURE = 0.85
_GUIDED_INSTEAD = 0.6
_GUIDED_TOO = 0.5
"""The same of a how-to that tells of something unheld: "lỡ ghi sai số tiền thì sửa sao?"."""
_GUIDED_RATHER = 0.9
"""How probable a guide must be that is told rather than records that are only near."""
_GUIDED_BY_STORY = 0.2
"""The same for a story that likeliest asks how something is done: no record surely tells it."""
_OF_STORY = 0.3
"""Share of the intent from which a story may ask so."""
_HOW_TO_TOO = 0.1
"""Share of the intent from which a message may ask for a how-to, whatever it sounds like more."""
_UNSURE = 0.5
"""Share of the intent up to which a message may still ask for a how-to rather than be out of scope."""
_GUIDES_TOO = (None, "address", "result")
"""What a guide may tell: where a page is, how to see what became of a request; not what something costs."""
_WRONG = "Chưa đúng. "
_PAGE = re.compile(r"\b[a-z0-9-]+\.(?:[a-z0-9-]+\.)*(?:vn|com|net|org)\b", re.IGNORECASE)


class Answerer:
    """Answers questions from one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def answer(self, question: Question, message: Message, dialogue: Dialogue) -> Reply:
        """The reply to a question that was read from a message, by its kind."""
        if asks_which(message.folded):
            return answer_guides(self._corpus, dialogue)
        if told := answer_successor(question, self._corpus, dialogue):
            return told
        match question.kind:
            case Kind.TALK:
                return answer_talk(message.intent, dialogue)
            case Kind.FEEDBACK:
                return answer_feedback(dialogue)
            case Kind.OUT_OF_SCOPE:
                return self._doubted(question, dialogue)
            case Kind.GUIDE if _guide_may_tell(question):
                sure = message.shares.get("ask_guide", 0.0) >= _SURE
                bars = (_GUIDED_TOO, _GUIDED_SURELY) if sure else (_GUIDED_INSTEAD, _GUIDED)
                if guided := self._guided(question, bars[not question.unheld]):
                    return guided
        question = question.but(kind=Kind.CLAUSE) if question.kind is Kind.GUIDE else question
        refused = self._refused(question, dialogue)
        return refused or self._sourced(question, dialogue) or self._of_plans(question, dialogue)

    def _refused(self, question: Question, dialogue: Dialogue) -> Reply | None:
        """What no record can hold, and years without any plan."""
        if really_unheld(question):
            if question.unheld == "address" and (told := self._with_address(question, dialogue)):
                return told
            # A how-to lists the addresses of the pages that it speaks of.
            if question.unheld == "address" and (guided := self._guided(question, _GUIDED_INSTEAD)):
                return guided
            nearest = nearest_held(question, dialogue, self._corpus)
            return answer_unheld(question, nearest, self._corpus, dialogue)
        if is_of_cited(question) or (question.row and question.references and not question.documents):
            return answer_cited(question, self._corpus, dialogue)
        missing = scope(question, self._corpus).missing
        if missing and len(missing) == len(question.years):
            return answer_missing_year(question, missing, self._corpus, dialogue)
        return None

    def _with_address(self, question: Question, dialogue: Dialogue) -> Reply | None:
        """The record near to a question that names a page: "địa chỉ web của sàn nông sản là gì?"."""
        asked = question.but(unheld=None, kind=Kind.INDICATOR, field=Field.RECORD)
        spoken_of = self._corpus.record(dialogue.record or "")
        if spoken_of and _PAGE.search(_told_of(spoken_of)):
            return self.about(asked, spoken_of, 1.0)
        found = resolve(asked, dialogue, self._corpus)
        near = found.records if found.confidence >= LIKELY_FROM else ()
        named = (record for record in near if _PAGE.search(_told_of(record)))
        return next((self.about(asked, record, found.confidence) for record in named), None)

    def _sourced(self, question: Question, dialogue: Dialogue) -> Reply | None:
        """Where the record in focus stands, when that is all that is asked."""
        own = not question.back and sum(map(says_something, question.subject.split())) > _ASIDE
        offered = dialogue.options[0].record if dialogue.pending and dialogue.options else ""
        record = self._corpus.record(dialogue.record or offered)
        if "source" not in question.asks or own or record is None:
            return None
        return answer_source(dialogue.focus or question, record, self._corpus)

    def _of_plans(self, question: Question, dialogue: Dialogue) -> Reply:
        match question.kind:
            case Kind.DOCUMENT:
                return self._of_document(question, dialogue)
            case Kind.LIST if question.back and (row := self._row_with_part(question, dialogue)):
                return self.about(question.but(kind=Kind.INDICATOR, field=Field.TARGET), row, 1.0)
            case Kind.LIST if names_one_thing(question):
                text = "list" in question.asks and "who" not in question.asks
                kind = Kind.CLAUSE if text else Kind.INDICATOR
                return self._from_records(question.but(kind=kind, changes=()), dialogue)
            case Kind.LIST if is_list(question) or sector_of(question, self._corpus):
                return self._listed(question, dialogue)
            case Kind.INDICATOR | Kind.CLAUSE if all_goals(question, dialogue):
                return self._listed(question, dialogue)
            case Kind.DUTY if question.back and (row := self._row_in_focus(dialogue)):
                return self.about(question.but(kind=Kind.INDICATOR, field=Field.RECORD), row, 1.0)
            case Kind.DUTY:
                reply = answer_duty(question, self._corpus) or self._duties_in_annex(question, dialogue)
                return reply or self._from_records(self._with_agencies(question), dialogue)
        return self._from_records(question, dialogue)

    def _guided(self, question: Question, least: float) -> Reply | None:
        """The guide that is meant, when that is as probable as asked."""
        found = find_guide(question, self._corpus)
        return (
            answer_guide(question, *found[:1], self._corpus, found[1])
            if found and found[1] >= least
            else None
        )

    def _guided_rather(self, question: Question, dialogue: Dialogue) -> Reply | None:
        """The guide that surely fits what no record surely does, when nothing of the plans is named."""
        of_plans = dialogue.record is not None and self._corpus.record(dialogue.record) is not None
        least = _UNSURE if of_plans else _HOW_TO_TOO
        how_to = question.shares.get("ask_guide", 0.0)
        if how_to < least or question.narrow or question.role or question.back:
            return None
        if question.wider and how_to >= _OF_STORY:
            return self._guided(question, _GUIDED_BY_STORY)  # whoever else the story tells of
        named = (question.agencies and how_to < _UNSURE) or question.things
        return None if named else self._guided(question, _GUIDED_RATHER)

    def _row_with_part(self, question: Question, dialogue: Dialogue) -> Indicator | None:
        """The row in focus when its value has a part of the name that is asked: "cấp huyện thì chỗ nào?"."""
        row = self._row_in_focus(dialogue)
        return row if row and names_part(question.typed, row) else None

    def _row_in_focus(self, dialogue: Dialogue) -> Indicator | None:
        record = self._corpus.record(dialogue.record or "")
        return record if isinstance(record, Indicator) else None

    def _duties_in_annex(self, question: Question, dialogue: Dialogue) -> Reply | None:
        """What the annex of a named plan gives an agency that has no section of its own."""
        listed = question.but(kind=Kind.LIST, subject="")
        named = question.narrow and (question.pillar or (names_annex(question) and is_bare(question)))
        found = find_list(listed, self._corpus) if named else None
        return answer_list(listed, self._corpus, dialogue) if found and found.records else None

    def _with_agencies(self, question: Question) -> Question:
        """An agency without a section of its own is searched for by its name."""
        names = " ".join(
            self._corpus.agencies[a].name for a in question.agencies if a in self._corpus.agencies
        )
        return question.but(kind=Kind.CLAUSE, subject=f"{names} {question.subject}".strip())

    def _of_document(self, question: Question, dialogue: Dialogue) -> Reply:
        """Facts of a document, unless it is not held or what is asked fits a record of it clearly better."""
        if question.references and not question.documents:
            return answer_cited(question, self._corpus, dialogue)
        if says_something(question.subject) and not question.meta_of_document:
            field = Field.BASIS if question.field is Field.RECORD else question.field
            basis = question.but(kind=Kind.INDICATOR, field=field)
            found = resolve(basis, dialogue, self._corpus)
            if (
                found.outcome is Outcome.FOUND
                and found.confidence >= _STRONG
                and isinstance(found.records[0], Indicator | Task)
            ):
                return self.about(basis, found.records[0], found.confidence)
        return answer_document(question, self._corpus, dialogue)

    def _listed(self, question: Question, dialogue: Dialogue) -> Reply:
        """A list; a plan without an annex still says in its own section what an agency must do."""
        if question.references and not (question.narrow or question.basis_asked or question.agencies):
            return answer_cited(question, self._corpus, dialogue)
        documents = scope(question, self._corpus).documents
        no_annex = not self._corpus.with_indicators.intersection(documents)
        of_section = question.agencies and not question.counting and no_annex
        duties = "duty" in question.asks and "indicator" not in question.things
        if (duties or of_section) and (reply := answer_duty(question, self._corpus)):
            return reply
        if tasks := answer_tasks(question, self._corpus):
            return tasks
        if counted := answer_count(question, self._corpus, dialogue):
            return counted
        if not listable(question, self._corpus) or self._finds_none(question):
            return self._from_records(question.but(kind=Kind.INDICATOR), dialogue)
        return answer_list(question, self._corpus, dialogue)

    def _finds_none(self, question: Question) -> bool:
        """True when a list about a thing of its own has no row: the thing is searched for."""
        found = find_list(question, self._corpus)
        own = sum(says_something(word) for word in question.subject.split())
        return own > _ASIDE and found is not None and not found.records and not question.limited

    def _doubted(self, question: Question, dialogue: Dialogue) -> Reply:
        """The intent says out of scope; only a record that fits very well says otherwise."""
        if really_unheld(question):
            return answer_out_of_scope(dialogue)
        unsure = question.shares.get("out_of_scope", 0.0) <= _UNSURE and not question.narrow
        if unsure and (guided := self._guided(question, _GUIDED_INSTEAD)):
            return guided
        found = resolve(question.but(kind=Kind.INDICATOR), dialogue, self._corpus)
        if (
            found.outcome is Outcome.FOUND
            and found.confidence >= _STRONG
            and len(question.typed.split()) <= 40
        ):
            return self.about(question.but(kind=Kind.INDICATOR), found.records[0], found.confidence)
        return answer_out_of_scope(dialogue)

    def _from_records(self, question: Question, dialogue: Dialogue) -> Reply:
        """Find the record and answer from it, ask back, or say that it is not held."""
        if told := self._without_annex(question, dialogue) or self._goals(question, dialogue):
            return told
        if counts_unknown(question, self._corpus):
            return answer_nothing(question, None, self._corpus, dialogue)
        found = resolve(self._comparable(question), dialogue, self._corpus)
        if part := self._part(question, found, dialogue):
            return part
        if found.outcome is Outcome.FOUND:
            return self.about(question, found.records[0], found.confidence)
        moved = self._led_by_another(question, found) or self._moved_into_absent(question, dialogue)
        if told := moved or self._guided_rather(question, dialogue):
            return told
        if found.outcome is not Outcome.NOTHING and self._may_tell(question, found):
            return self._not_there(question, dialogue, self._offered(question, found))
        if question.row:
            return self._of_other_row(question, dialogue)
        if elsewhere := self._of_another_year(question, dialogue):
            return elsewhere
        # What no plan says may be what people need to be shown.
        open_question = question.kind is Kind.CLAUSE and not question.narrow
        guided = self._guided(question, _GUIDED_INSTEAD) if open_question else None
        return guided or answer_nothing(question, _first(found), self._corpus, dialogue)

    def _of_other_row(self, question: Question, dialogue: Dialogue) -> Reply:
        """A row that the annex does not have, with the one that surely fits what is said of it."""
        missing = answer_row(question, self._corpus, scope(question, self._corpus).documents, dialogue)
        if question.back or not says_something(question.subject):
            return missing
        found = resolve(question.but(row=None), Dialogue(), self._corpus)
        best = _first(found)
        if found.outcome is not Outcome.FOUND or not isinstance(best, Indicator):
            return missing
        reply = self.about(question.but(row=None), best, found.confidence)
        text = f"{missing.answer.text.split('. ')[0].rstrip('.')}. {reply.answer.text}"
        return replace(reply, answer=replace(reply.answer, text=text))

    def _of_another_year(self, question: Question, dialogue: Dialogue) -> Reply | None:
        """The correction of who takes an indicator for that of a year whose annex is held and lacks it."""
        if not question.claim or len(question.years) != 1 or question.back:
            return None
        documents = scope(question, self._corpus).documents
        found = resolve(question.but(years=()), dialogue, self._corpus)
        best = _first(found)
        if found.outcome is not Outcome.FOUND or not isinstance(best, Indicator):
            return None
        twins = {twin.document_id for twin in self._corpus.twins(best)}
        if twins & set(documents) or not self._corpus.with_indicators.intersection(documents):
            return None
        reply = self.about(question.but(years=(), claim=False), best, found.confidence)
        text = f"Chưa đúng: kế hoạch năm {question.years[0]} không có chỉ tiêu này. {reply.answer.text}"
        return replace(reply, answer=replace(reply.answer, text=text))

    def _part(self, question: Question, found: Resolution, dialogue: Dialogue) -> Reply | None:
        """The refusal of a part that the record does not tell."""
        best = _first(found)
        if not isinstance(best, Indicator) or found.confidence < LIKELY_FROM:
            return None
        part = part_asked(question, best)
        return answer_part(question, part, best, self._corpus, dialogue) if part else None

    def _offered(self, question: Question, found: Resolution) -> Reply:
        """The choices; one that is likely is shown whole before the others."""
        if found.outcome is Outcome.LIKELY:
            best = self.about(question, found.records[0], found.confidence)
            if best.answer.status is not Status.ANSWERED:
                return best
            return suggest(best, question, found.records, self._corpus)
        return clarify(question, found.records, self._corpus, found.confidence)

    def _moved_into_absent(self, question: Question, dialogue: Dialogue) -> Reply | None:
        """The refusal when the row in focus is asked for a year whose plan is held without its annex."""
        row = self._row_in_focus(dialogue)
        plans = [plan for year in question.horizons for plan in self._corpus.plans_of(year)]
        absent = [plan for plan in plans if plan.id not in self._corpus.with_indicators]
        if row is None or not question.back or not absent or question.documents:
            return None
        return answer_absent_annex(question, absent[0], row, self._corpus, dialogue)

    def _not_there(self, question: Question, dialogue: Dialogue, reply: Reply) -> Reply:
        """The choices, after a word that the row in focus does not stand in the plan that is asked now."""
        row = self._corpus.record(dialogue.record or "")
        documents = scope(question, self._corpus).documents
        if not (question.back and isinstance(row, Indicator)) or row.document_id in documents:
            return reply
        text = f"Dạ, {self._named(documents)} không có chỉ tiêu “{row.name}”. {reply.answer.text}"
        return replace(reply, answer=replace(reply.answer, text=text))

    def _named(self, documents: tuple[str, ...]) -> str:
        return ", ".join(document_name(self._corpus.documents[d]) for d in documents)

    def _without_annex(self, question: Question, dialogue: Dialogue) -> Reply | None:
        """A field of an annex that is not held: what the plan itself states of it, or where it stands."""
        absent = absent_annex(question, dialogue, self._corpus)
        if absent is None:
            return None
        row = self._row_in_focus(dialogue)
        if row and question.back and asks_mention(question.typed):
            asked = question.but(kind=Kind.CLAUSE, field=Field.RECORD, subject=row.name, back=False)
            return self._from_records(asked, dialogue)
        if stated := stated_in_plan(question, dialogue, self._corpus):
            return self.about(question, stated, _STRONG)
        nearest = nearest_held(question, dialogue, self._corpus)
        return answer_absent_annex(question, absent, nearest, self._corpus, dialogue)

    def _goals(self, question: Question, dialogue: Dialogue) -> Reply | None:
        """The goals of two horizons beside each other."""
        if len(question.horizons) < 2 or question.field not in (Field.RECORD, Field.TARGET):
            return None
        sides = horizon_sides(question, dialogue, self._corpus)
        return answer_goals(question, sides, self._corpus) if len(sides) > 1 else None

    def _may_tell(self, question: Question, found: Resolution) -> bool:
        """False when an amount is asked of the plans' texts and none of those that are near names any."""
        if question.kind is not Kind.CLAUSE or "how_much" not in question.asks:
            return True
        clauses = [record for record in found.records if isinstance(record, Clause)]
        return len(clauses) < len(found.records) or any(holds(Field.TARGET, c, self._corpus) for c in clauses)

    def _comparable(self, question: Question) -> Question:
        """A comparison looks for one record in any of the plans that it names; twins give the sides."""
        if question.kind is not Kind.COMPARE:
            return question
        plans = tuple(d.id for year in question.years for d in self._corpus.plans_of(year))
        held = tuple(plan for plan in plans if plan in self._corpus.with_indicators)
        return question.but(years=(), documents=held or question.documents)

    def about(self, question: Question, record: Record, confidence: float) -> Reply:
        """The reply that a kind of record gives to a question."""
        match record:
            case Indicator() if question.kind is Kind.COMPARE:
                sides = sides_of(question, record, self._corpus)
                return answer_comparison(question, sides, self._corpus, confidence)
            case Indicator():
                return answer_indicator(question, record, self._corpus, confidence)
            case Task():
                return answer_task(question, record, self._corpus, confidence)
            case Clause():
                return self._about_clause(question, record, confidence)
            case Document():
                return answer_document(question.but(documents=(record.id,)), self._corpus, Dialogue())

    def _about_clause(self, question: Question, clause: Clause, confidence: float) -> Reply:
        """A clause, the point of it that is named, or who has to do what it says."""
        clause = point_in(clause, question.typed, self._corpus) or clause
        wrong = question.claim and given_to_another(question, clause, self._corpus)
        lacks = not holds(question.field, clause, self._corpus)
        if wrong or question.field is Field.LEAD or (question.field is Field.COORDINATOR and lacks):
            verdict = _WRONG if wrong else ""
            if told := answer_assigned(question, clause, self._corpus, confidence, verdict):
                return told
        if lacks:
            return answer_without_field(question, clause, self._corpus)
        return answer_clause(question, clause, self._corpus, confidence)

    def _led_by_another(self, question: Question, found: Resolution) -> Reply | None:
        """The correction of who claims that an agency leads what the plan gives to another one."""
        clauses = [record for record in found.records if isinstance(record, Clause)]
        if not question.claim or question.field is not Field.LEAD or found.confidence < _ASSIGNED:
            return None
        wrong = (clause for clause in clauses if given_to_another(question, clause, self._corpus))
        told = (answer_assigned(question, c, self._corpus, found.confidence, _WRONG) for c in wrong)
        return next((reply for reply in told if reply), None)


def _told_of(record: Record) -> str:
    """The words of a record in which the address of a page may stand."""
    cells = (record.target_raw, record.note_raw) if isinstance(record, Indicator) else ()
    return " ".join([name_of(record), *filter(None, cells)])


def _guide_may_tell(question: Question) -> bool:
    """False for what no how-to tells: what something costs, who somebody is."""
    place = (question.unheld or "").startswith("place:")
    told = question.unheld == "budget" and "how_much" not in question.asks
    return place or told or question.unheld in _GUIDES_TOO


def _first(found: Resolution) -> Record | None:
    return found.records[0] if found.records else None
