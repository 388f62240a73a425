"""What an agency must do in a plan: its own section, word by word, with the clauses that it refers to."""

from __future__ import annotations

from actions.corpus import Corpus
from actions.question import Question
from actions.records import answer_clause
from actions.reply import Reply
from actions.resolving import scope
from knowledge.records import Clause

_HEADING = 160


def answer_duty(question: Question, corpus: Corpus) -> Reply | None:
    """The section of the agency in the newest plan that has one; None when no plan in scope has."""
    for document_id in scope(question, corpus).documents:
        for agency_id in question.agencies:
            section = section_of(agency_id, document_id, corpus) or _of_successor(
                agency_id, document_id, corpus
            )
            if section:
                return answer_clause(question, section, corpus, 0.9)
    return None


def _of_successor(agency_id: str, document_id: str, corpus: Corpus) -> Clause | None:
    """The section of the agency that holds the work now, in a plan that no longer names the old one."""
    agency = corpus.agencies.get(agency_id)
    return section_of(agency.successor, document_id, corpus) if agency and agency.successor else None


def section_of(agency_id: str, document_id: str, corpus: Corpus) -> Clause | None:
    """The clause whose heading is the agency ("2. Sở Tài chính") or that begins with its name and a colon."""
    names = _names(agency_id, corpus)
    clauses = corpus.store.clauses(document_id)
    for clause in clauses:
        heading = clause.text.split("\n", 1)[0]
        if (
            len(heading) <= _HEADING
            and (clause.trail or clause.path[0].isdigit())
            and _titles(heading, names)
        ):
            return clause
    return next((c for c in clauses if ":" in c.text and _begins(c.text.split(":", 1)[0], names)), None)


def _names(agency_id: str, corpus: Corpus) -> tuple[str, ...]:
    agency = corpus.agencies.get(agency_id)
    return tuple(name.casefold() for name in (agency.name, *agency.aliases)) if agency else ()


def _titles(heading: str, names: tuple[str, ...]) -> bool:
    folded = heading.casefold().removeprefix("đề nghị ").strip(" .:")
    return any(folded == name or folded.startswith((f"{name},", f"{name} –", f"{name} và")) for name in names)


def _begins(start: str, names: tuple[str, ...]) -> bool:
    return len(start) <= _HEADING and any(name in start.casefold() for name in names)
