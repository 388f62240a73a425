"""Answers about one record that is not an indicator: a task, a planned document, a clause."""

from __future__ import annotations

import re

from actions.citing import (
    DOCUMENT_NUMBER,
    clause_citation,
    clause_place,
    document_name,
    shortened,
    source_of_clause,
    source_of_task,
    task_citation,
)
from actions.corpus import Corpus
from actions.dialogue import Dialogue
from actions.question import Field, Question
from actions.reply import Reply, answered, unknown
from actions.wording import cell, task_years
from knowledge.records import Clause, Document, Task
from trolyso.answer import Suggestion

_QUOTED = 1800
_CHILD = 420
_REFERENCE = 260
_NEEDED = {
    Field.BASIS: re.compile(rf"{DOCUMENT_NUMBER.pattern}|\bLuật\b"),
    Field.COORDINATOR: re.compile(r"phối hợp", re.IGNORECASE),
    Field.TARGET: re.compile(r"\d|\b(?:một|hai|ba|bốn|mỗi|từng|tất cả) \w", re.IGNORECASE),
}
_AMOUNT = re.compile(r"\b(?:bao nhiêu|nhiêu|mấy)\b(?! (?:năm|tháng|giai đoạn))", re.IGNORECASE)
_NO_FIGURE = re.compile(r"\b\d+/\S+|\b20\d\d\b")
"""Numbers of documents, dates and years, which count nothing."""
_FIELD_NAMES = {
    Field.BASIS: "căn cứ pháp lý",
    Field.COORDINATOR: "cơ quan phối hợp",
    Field.TARGET: "con số mục tiêu",
}
ARTICLE_WARNING = (
    "Lưu ý: bài báo này không ghi tên tỉnh và không ghi số văn bản, nên đây không phải chỉ tiêu "
    "chính thức của Vĩnh Long."
)


def answer_task(question: Question, task: Task, corpus: Corpus, confidence: float) -> Reply:
    """A task with its years, or a planned document with its form."""
    document = corpus.documents[task.document_id]
    if question.field is Field.TARGET and _AMOUNT.search(question.typed) and not counts(task.name):
        text = (
            f"Dạ, {document_name(document)} có “{task.name}” nhưng không ghi con số này, "
            "nên em không trả lời được."
        )
        return unknown(text, Dialogue(question, task.id), citations=(task_citation(document, task),))
    lines = [_task_sentence(question.field, task), f"• Chủ trì: {cell(task.lead_raw)}"]
    if task.planned:
        lines += [f"• Phối hợp: {cell(task.coordinator_raw)}", f"• Loại hình: {task.form}"]
    else:
        lines.append(f"• Năm thực hiện: {task_years(task)}")
    lines.append(f"Nguồn: {source_of_task(document, task)}.")
    citations = [task_citation(document, task)]
    return answered("\n".join(lines), citations, question, task.id, (), confidence)


def counts(text: str) -> bool:
    """True when a text has a figure that counts something."""
    return any(map(str.isdigit, _NO_FIGURE.sub(" ", text)))


def _task_sentence(field: Field, task: Task) -> str:
    match field:
        case Field.LEAD:
            return f"Cơ quan chủ trì “{task.name}”: {cell(task.lead_raw)}."
        case Field.YEARS | Field.TARGET if not task.planned:
            return f"“{task.name}” thực hiện trong giai đoạn {task_years(task)}."
        case Field.FORM if task.planned:
            return f"“{task.name}” có loại hình: {task.form}."
    kind = "Văn bản, chương trình dự kiến" if task.planned else "Nhiệm vụ"
    return f"{kind}: “{task.name}”."


def answer_clause(
    question: Question, clause: Clause, corpus: Corpus, confidence: float, verdict: str = ""
) -> Reply:
    """The clause word by word, with its place, its points and the clauses that it refers to.

    `verdict` stands before it when a claim was wrong.
    """
    document = corpus.documents[clause.document_id]
    children = _children(clause, corpus)
    lines = [
        f"{verdict}{_opening(document)}, {clause_place(clause)}{_trail(clause)}:",
        f"“{shortened_text(clause.text)}”",
        *(f"{child.label} {shortened(child.text, _CHILD)}" for child in children),
        *_referred((clause, *children), corpus),
        clause.note and f"Lưu ý: {clause.note}",
        ARTICLE_WARNING if not document.official else "",
        f"Nguồn: {source_of_clause(document, clause)}.",
    ]
    citations = [clause_citation(document, c) for c in (clause, *children[:8])]
    return answered(
        "\n".join(line for line in lines if line),
        citations,
        question.but(documents=(document.id,), subject=question.subject or shortened(clause.text, 120)),
        clause.id,
        _suggestions(document, corpus),
        confidence,
    )


def holds(field: Field, clause: Clause, corpus: Corpus) -> bool:
    """True when a clause or one of its points can hold the asked field of a record."""
    needed = _NEEDED.get(field)
    if needed is None:
        return True
    return any(needed.search(c.text) is not None for c in (clause, *_children(clause, corpus)))


def answer_without_field(question: Question, clause: Clause, corpus: Corpus) -> Reply:
    """The subject is held but not what is asked of it: that is said first, then what is held."""
    document = corpus.documents[clause.document_id]
    text = (
        f"Dạ, văn bản có nhắc nội dung này nhưng không nêu {_FIELD_NAMES[question.field]}, "
        "nên em không trả lời được.\n"
        f"{_opening(document)}, {clause_place(clause)}: “{shortened(clause.text, _CHILD)}”"
    )
    return unknown(text, Dialogue(question, clause.id), citations=(clause_citation(document, clause),))


def _opening(document: Document) -> str:
    if not document.official:
        return "Theo bài báo trong kho"
    if document.number is None:
        return f"Theo {document.kind.lower()} năm {document.period.end} ({document.issuer})"
    return f"Theo {document.kind} {document.number}"


def _trail(clause: Clause) -> str:
    return f" ({' › '.join(shortened(title, 70) for title in clause.trail)})" if clause.trail else ""


def shortened_text(text: str) -> str:
    """A clause's own text; only a very long one is cut, at a word, and shows that it is."""
    return text if len(text) <= _QUOTED else shortened(text, _QUOTED)


def _children(clause: Clause, corpus: Corpus) -> tuple[Clause, ...]:
    """The points below a heading; none below a clause that says something itself."""
    if len(clause.text) > 200 and not clause.text.rstrip().endswith(":"):
        return ()
    prefix = f"{clause.path}."
    depth = clause.path.count(".") + 1
    below = [c for c in corpus.store.clauses(clause.document_id) if c.path.startswith(prefix)]
    return tuple(c for c in below if c.path.count(".") == depth)


def whole_text(clause: Clause, corpus: Corpus) -> str:
    """The text of a clause; a heading with that of its points."""
    return " ".join([clause.text, *(child.text for child in _children(clause, corpus))])


def _referred(clauses: tuple[Clause, ...], corpus: Corpus) -> list[str]:
    """What the references in the clauses mean, so that nobody has to look them up."""
    found: dict[str, str] = {}
    for clause in clauses:
        for path in clause.references:
            target = corpus.store.clause(clause.document_id, path)
            if target and path not in found:
                found[path] = f"   – mục {path}: {shortened(target.text, _REFERENCE)}"
    return ["Các mục được dẫn:", *found.values()] if found else []


def _suggestions(document: Document, corpus: Corpus) -> tuple[Suggestion, ...]:
    """The same subject in the plans of other years."""
    years = [
        d.period.start for d in corpus.documents.values() if d.official and d.period.start == d.period.end
    ]
    others = [year for year in years if year != document.period.end and year in (2023, 2025)]
    return tuple(
        Suggestion(f"Kế hoạch năm {year}", f"còn kế hoạch năm {year} thì sao?") for year in others[:2]
    )
