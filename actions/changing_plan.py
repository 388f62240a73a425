"""What was spoken of, asked of another plan: "còn kế hoạch 2025 thì bộ nào nhận?"."""

from __future__ import annotations

from actions.citing import DOCUMENT_NUMBER
from actions.corpus import Corpus, Record
from actions.dialogue import Dialogue
from actions.moving import clause_twin
from actions.question import Field, Kind, Question
from actions.records import holds, whole_text
from actions.resolving import scope
from actions.subject import says_something
from knowledge.records import Clause
from vietnamese import fold, syllables

_FEW = 3
"""Words of its own that a message may say which asks the same of another plan."""
_SAID = 0.8
_NOT = (Kind.TALK, Kind.FEEDBACK, Kind.GUIDE)
_NUMBERED = frozenset({"number", "date"})


def asked_elsewhere(question: Question, dialogue: Dialogue, corpus: Corpus) -> Clause | None:
    """The clause of the plan named now that says what the one in focus says; None for another subject."""
    offered = dialogue.options[0].record if dialogue.pending and dialogue.options else ""
    clause = corpus.record(dialogue.record or offered)
    named = question.years or question.documents
    if not isinstance(clause, Clause) or not named or question.kind in _NOT:
        return None
    if question.kind is Kind.DOCUMENT and not _asks_number_again(question, clause, dialogue):
        return None
    if question.row or question.clause or question.pillar or question.unheld or len(question.years) > 1:
        return None
    if question.kind is Kind.DUTY and question.agencies and not question.back:
        return None  # "còn Mặt trận Tổ quốc năm 2025 được đề nghị làm gì?" asks of its own section
    if question.kind is Kind.LIST and not question.changes:
        return None  # "ở bản 2023 thì những sở nào …?"; "… thì liệt kê khác gì?" asks of the clause
    documents = scope(question, corpus).documents
    if clause.document_id in documents or not documents:
        return None
    if question.field is Field.LEAD and question.back:
        clause = _given(clause, corpus) or clause
        question = question.but(agencies=())
    twin = clause_twin(clause, documents, corpus)
    if twin is None or question.field is Field.TARGET or not holds(question.field, twin, corpus):
        return None
    return twin if _is_same_subject(question, twin, corpus) else None


def plan_behind(question: Question, dialogue: Dialogue, corpus: Corpus) -> Record | None:
    """What the plan named now says of the how-to in focus: "kế hoạch 2025 có nói gì về nội dung này?"."""
    guides = {guide.id: guide for guide in corpus.store.guides()} if question.back and question.narrow else {}
    guide = guides.get(dialogue.record or "")
    bases = [basis for name in guide.plan if (basis := corpus.record(name))] if guide else []
    documents = scope(question, corpus).documents if bases else ()
    held = [basis for basis in bases if corpus.document_of(basis).id in documents]
    clauses = [basis for basis in bases if isinstance(basis, Clause)]
    twins = [twin for clause in clauses if (twin := clause_twin(clause, documents, corpus))]
    return next(iter(held or twins), None)


def _given(clause: Clause, corpus: Corpus) -> Clause | None:
    """What the section of an agency gives it, when that is one thing: "việc đó hồi 2023 do sở nào làm?"."""
    own = [c for c in corpus.store.clauses(clause.document_id) if _within(c, clause)]
    given = [path for c in own for path in c.references]
    return corpus.store.clause(clause.document_id, given[0]) if len(given) == 1 else None


def _within(other: Clause, clause: Clause) -> bool:
    return other.path == clause.path or other.path.startswith(f"{clause.path}.")


def _asks_number_again(question: Question, clause: Clause, dialogue: Dialogue) -> bool:
    """True for "vậy năm 2023 là kế hoạch số mấy?" after the number of what a clause cites was asked."""
    before = dialogue.focus
    asked = before is not None and ("number" in before.meta or before.field is Field.BASIS)
    own = bool(question.meta) and set(question.meta) <= _NUMBERED
    return asked and own and DOCUMENT_NUMBER.search(clause.text) is not None


def _is_same_subject(question: Question, twin: Clause, corpus: Corpus) -> bool:
    """True when a message says few words of its own, or what it says stands in the clause."""
    place = " ".join(twin.trail)
    named = [corpus.agencies[agency].name for agency in question.agencies if agency in corpus.agencies]
    if named and not any(name in place for name in named):
        return False  # "Sở Nông nghiệp thì được giao gì?" is asked of another section
    if question.back:
        return True
    own = [fold(word) for word in question.subject.split() if says_something(word)]
    held = set(syllables(fold(f"{place} {whole_text(twin, corpus)}")))
    return len(own) <= _FEW or sum(word in held for word in own) > _SAID * len(own)
