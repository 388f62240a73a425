"""The clause spoken of, asked of another plan: "còn kế hoạch 2025 thì bộ nào nhận?"."""

from __future__ import annotations

from actions.corpus import Corpus
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
_NOT = (Kind.TALK, Kind.FEEDBACK, Kind.GUIDE, Kind.DOCUMENT)


def asked_elsewhere(question: Question, dialogue: Dialogue, corpus: Corpus) -> Clause | None:
    """The clause of the plan named now that says what the one in focus says; None for another subject."""
    clause = corpus.record(dialogue.record or "")
    named = question.years or question.documents
    if not isinstance(clause, Clause) or not named or question.kind in _NOT:
        return None
    if question.row or question.clause or question.pillar or question.unheld or len(question.years) > 1:
        return None
    documents = scope(question, corpus).documents
    if clause.document_id in documents or not documents:
        return None
    twin = clause_twin(clause, documents, corpus)
    if twin is None or question.field is Field.TARGET or not holds(question.field, twin, corpus):
        return None
    return twin if _is_same_subject(question, twin, corpus) else None


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
