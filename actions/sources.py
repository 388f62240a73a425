"""Where the record that was spoken of stands: its document with the date, its row or its clause."""

from __future__ import annotations

from actions.citing import (
    clause_citation,
    document_citation,
    document_name,
    indicator_citation,
    shortened,
    source_of_clause,
    source_of_indicator,
    source_of_task,
    task_citation,
)
from actions.corpus import Corpus, Record
from actions.evidence import name_of
from actions.question import Question
from actions.reply import Reply, answered
from knowledge.records import Clause, Document, Indicator, Task
from trolyso.answer import Citation

_NAME = 160


def answer_source(question: Question, record: Record, corpus: Corpus) -> Reply:
    """The place of a record, as it is cited, and the title of its document."""
    document = corpus.document_of(record)
    place, citation = _place(record, document)
    text = f"“{shortened(name_of(record), _NAME)}” nằm ở: {place}.\n• Văn bản: {document.title}."
    if document.note:
        text += f"\n• Ghi chú: {document.note}"
    return answered(text, [citation], question, record.id)


def _place(record: Record, document: Document) -> tuple[str, Citation]:
    match record:
        case Indicator():
            return source_of_indicator(document, record), indicator_citation(document, record)
        case Task():
            return source_of_task(document, record), task_citation(document, record)
        case Clause():
            return source_of_clause(document, record), clause_citation(document, record)
        case Document():
            return document_name(document), document_citation(document)
