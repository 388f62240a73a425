"""To whom a plan gives a task: the section of an agency that refers to the clause, or says so itself."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.citing import clause_citation, clause_place
from actions.corpus import Corpus
from actions.question import Question
from actions.records import answer_clause
from actions.reply import Reply
from knowledge.records import Clause, Role

_ORGANISING = "tổ chức thực hiện"
_GIVES = re.compile(r"\b(?:chủ trì|phối hợp với|phối hợp cùng)\b", re.IGNORECASE)
_LEADS = re.compile(r"\bchủ trì\b", re.IGNORECASE)
_DOES = re.compile(r"^\W*(?:\w\) )?thực hiện\b", re.IGNORECASE | re.MULTILINE)
_DEPARTMENT = re.compile(r"\bsở (?:nào|khác|gì)\b", re.IGNORECASE)
_OTHERS = 3


def assignments_of(clause: Clause, question: Question, corpus: Corpus) -> tuple[Clause, ...]:
    """The clauses that give another one to agencies by referring to it, the one that is asked for first.

    That is the section of a named agency, or of the one that holds its work now; of a department when a
    department is asked for; then what says who leads, in the order of the plan.
    """
    path = clause.path
    found = [
        candidate
        for candidate in corpus.store.clauses(clause.document_id)
        if any(path == ref or path.startswith(f"{ref}.") for ref in candidate.references)
        and (_LEADS.search(candidate.text) or _DOES.search(candidate.text))
    ]
    return tuple(sorted(found, key=lambda candidate: _rank(candidate, question, corpus)))


def is_assignment(clause: Clause) -> bool:
    """True for a clause in the section of an agency that has it do something, or work with others."""
    organising = bool(clause.trail) and _ORGANISING in clause.trail[0].casefold()
    return organising and bool(_GIVES.search(clause.text) or _DOES.search(clause.text))


def is_led(clause: Clause, question: Question, corpus: Corpus) -> bool:
    """True for a clause whose lead is given to somebody in so many words."""
    return any(_LEADS.search(given.text) for given in assignments_of(clause, question, corpus))


def given_to_another(question: Question, clause: Clause, corpus: Corpus) -> bool:
    """True when a clause is given to another agency than the one that the person names."""
    given = assignments_of(clause, question, corpus) or ((clause,) if is_assignment(clause) else ())
    if not given or not question.agencies or question.role is Role.COORDINATOR:
        return False
    names = [corpus.agencies[a].name for a in question.agencies if a in corpus.agencies]
    return not any(_is_of(assignment, names) for assignment in given)


def answer_assigned(
    question: Question, clause: Clause, corpus: Corpus, confidence: float, verdict: str = ""
) -> Reply | None:
    """Who has to do what a clause says, with the others to whom it is given; None when nobody is named."""
    given = assignments_of(clause, question, corpus)
    if not given:
        return None
    reply = answer_clause(question, given[0], corpus, confidence, verdict)
    # What was asked about stays in focus: "hồi kế hoạch 2023 thì mảng này sở nào làm?".
    reply = replace(reply, dialogue=replace(reply.dialogue, record=clause.id))
    named = [other for other in given[1:] if other.trail and other.trail != given[0].trail][:_OTHERS]
    if not named:
        return reply
    document = corpus.documents[clause.document_id]
    told = "; ".join(f"{_heading(other)} ({clause_place(other)})" for other in named)
    source = f"\nCùng được giao nội dung này: {told}."
    citations = (*reply.answer.citations, *(clause_citation(document, other) for other in named))
    return replace(reply, answer=replace(reply.answer, text=reply.answer.text + source, citations=citations))


def _rank(assignment: Clause, question: Question, corpus: Corpus) -> tuple[bool, bool, bool]:
    held = [corpus.agencies[a] for a in question.agencies if a in corpus.agencies]
    names = [agency.name for agency in held]
    names += [corpus.agencies[agency.successor].name for agency in held if agency.successor]
    department = _DEPARTMENT.search(question.typed) is not None
    return (
        not _is_of(assignment, names),
        department and not _heading(assignment).casefold().startswith("sở"),
        _LEADS.search(assignment.text) is None,
    )


def _is_of(assignment: Clause, names: list[str]) -> bool:
    place = " ".join([*assignment.trail, _heading(assignment)]).casefold()
    return any(name.casefold() in place for name in names)


def _heading(clause: Clause) -> str:
    """The agency that a section is of: "4. Sở Nội vụ" without its number, or its first line."""
    if len(clause.trail) > 1:
        return re.sub(r"^\W*\w{1,3}[.)] *", "", clause.trail[-1])
    return clause.text.split("\n", 1)[0]
