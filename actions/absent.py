"""Fields of an annex that is not held: whether one is asked, and what is held in its place."""

from __future__ import annotations

from actions.assigning import assignments_of, is_assignment, is_led
from actions.citing import DOCUMENT_NUMBER
from actions.corpus import Corpus, Record
from actions.dialogue import Dialogue
from actions.evidence import ANNEX_FIELDS
from actions.question import Field, Kind, Question
from actions.records import counts, whole_text
from actions.resolving import Outcome, is_within, resolve, scope
from knowledge.records import Clause, Document, Indicator

_ASSIGNED = 0.15
_STATED = 0.3
_NEAREST = 0.4


def absent_annex(question: Question, dialogue: Dialogue, corpus: Corpus) -> Document | None:
    """The one plan in scope, when a field of an annex row is asked and its annex is not held."""
    moved = question.kind is Kind.COMPARE and question.back and dialogue.record is None
    row_asked = question.field is Field.TARGET and "indicator" in question.things
    if not (question.kind is Kind.INDICATOR or moved or row_asked) or question.horizons:
        return None
    near = corpus.record(dialogue.record or "")
    on_clause = question.back or question.agencies or is_within(question, near) if near else False
    if isinstance(near, Clause) and on_clause and not (row_asked and not counts(whole_text(near, corpus))):
        return None  # asked on about the clause, which is held
    of_row = question.field in ANNEX_FIELDS or question.row or "indicator" in question.things
    if not of_row and not _moves_a_row(question, dialogue, corpus):
        return None
    documents = [corpus.documents[d] for d in scope(question, corpus).documents]
    absent = [d for d in documents if d.id not in corpus.with_indicators and d.official]
    return absent[0] if absent and len(absent) == len(documents) else None


def _moves_a_row(question: Question, dialogue: Dialogue, corpus: Corpus) -> bool:
    """True when the indicator in focus is asked for another year, without a subject of its own."""
    spoken_of = [dialogue.record or "", *(option.record for option in dialogue.options)]
    return question.back and any(isinstance(corpus.record(r), Indicator) for r in spoken_of if r)


def stated_in_plan(question: Question, dialogue: Dialogue, corpus: Corpus) -> Clause | None:
    """A clause of the plan itself that holds the asked field: a share, a document, or who leads."""
    if question.row or ("indicator" in question.things and question.field is not Field.LEAD):
        return None
    found = resolve(question.but(kind=Kind.CLAUSE), dialogue, corpus)
    best = found.records[0] if found.outcome is not Outcome.NOTHING else None
    assigned = question.field in (Field.LEAD, Field.COORDINATOR) and "indicator" not in question.things
    if not isinstance(best, Clause) or found.confidence < (_ASSIGNED if assigned else _STATED):
        return None
    match question.field:
        case Field.TARGET:
            return best if "%" in best.text else None
        case Field.BASIS:
            return best if DOCUMENT_NUMBER.search(best.text) else None
        case Field.LEAD | Field.COORDINATOR:
            clauses = [record for record in found.records if isinstance(record, Clause)]
            led = [c for c in clauses if is_led(c, question, corpus) or is_assignment(c)]
            given = led or [c for c in clauses if assignments_of(c, question, corpus)]
            names = found.outcome is Outcome.FOUND and _names_agency(best, question, corpus)
            return best if names else given[0] if given else None
    return None


def _names_agency(clause: Clause, question: Question, corpus: Corpus) -> bool:
    """True for a clause that names another agency than those asked of: "… do Sở … điều phối"."""
    others = (agency for agency in corpus.agencies.values() if agency.id not in question.agencies)
    return any(f"do {agency.name}" in clause.text for agency in others)


def nearest_held(question: Question, dialogue: Dialogue, corpus: Corpus) -> Record | None:
    """What is held about the same subject, whatever the year."""
    open_question = question.but(years=(), documents=(), horizons=(), row=None, unheld=None)
    found = resolve(open_question, dialogue, corpus)
    return found.records[0] if found.records and found.confidence >= _NEAREST else None
