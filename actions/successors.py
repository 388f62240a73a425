"""Which agency holds the work of a renamed or merged one in the newest plan: "Sở TTTT giờ là sở nào?"."""

from __future__ import annotations

from actions.citing import clause_citation, document_citation, document_name, source_of_clause
from actions.corpus import Corpus
from actions.dialogue import Dialogue
from actions.duties import section_of
from actions.question import Question
from actions.reply import Reply, answered, unknown
from knowledge.records import Agency
from trolyso.answer import Suggestion


def answer_successor(question: Question, corpus: Corpus, dialogue: Dialogue) -> Reply | None:
    """Who holds the work now, with where the plan shows it; None when no agency is asked about."""
    agency = next((corpus.agencies[a] for a in question.agencies if a in corpus.agencies), None)
    if "successor" not in question.asks or agency is None:
        return None
    newest = next(iter(corpus.documents.values()))
    if agency.successor:
        return _named(question, agency, corpus.agencies[agency.successor], corpus)
    before = [old for old in corpus.agencies.values() if old.successor == agency.id]
    if before:
        return _named(question, before[0], agency, corpus)
    text = (
        f"Dạ, các văn bản trong kho không nói {agency.name} đổi tên hay chuyển việc cho cơ quan khác "
        f"(văn bản mới nhất: {document_name(newest)})."
    )
    return unknown(text, dialogue, citations=(document_citation(newest),))


def _named(question: Question, old: Agency, new: Agency, corpus: Corpus) -> Reply:
    """The sentence, with the section of the new agency in the newest plan as its source."""
    newest = next(iter(corpus.documents.values()))
    section = section_of(new.id, newest.id, corpus)
    source = source_of_clause(newest, section) if section else document_name(newest)
    citation = clause_citation(newest, section) if section else document_citation(newest)
    lines = [
        f"Theo {document_name(newest)}, việc trước đây của {old.name} nay do {new.name} đảm nhận.",
        f"• Đối chiếu: {old.evidence}." if old.evidence else "",
        f"Nguồn: {source}.",
    ]
    tap = Suggestion(f"Việc của {new.name}", f"kế hoạch 2025 giao {new.name} làm gì?")
    focus = question.but(agencies=(new.id,), documents=(newest.id,), years=())
    return answered("\n".join(line for line in lines if line), [citation], focus, None, (tap,))
