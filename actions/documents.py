"""Facts of a document itself: number, date, issuer, signer, approval, legal grounds; what is held."""

from __future__ import annotations

import re
from datetime import date

from actions.citing import clause_citation, document_citation, document_name, printed_date
from actions.corpus import Corpus
from actions.dialogue import Dialogue
from actions.question import Field, Question
from actions.reply import Reply, answered, unknown
from actions.resolving import scope
from actions.wording import capitalised, numbered
from knowledge.records import Clause, Document
from knowledge.store import IndicatorFilter
from trolyso.answer import Suggestion
from vietnamese import fold, syllables

_PART = re.compile(r"\b(điều|phụ lục) (?:số )?(\d{1,2})\b", re.IGNORECASE)
_TITLE_OF_ANNEX = re.compile(r"^\W*Phụ lục \d{1,2}\s*[:.]", re.IGNORECASE)
_DAY = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](20\d\d)\b")
_YEAR = re.compile(r"\b(20\d\d)\b")
_OWN_WORDS = 4
"""Different words from which a question about a document asks for something of its own."""
_SAID = 0.4
"""Share of them, by rarity, that a clause must say."""
_NEAREST = 2
_GROUNDS = {
    "grounds": ("can cu", "thuc hien quyet dinh", "thuc hien cong van", "thuc hien", "nham cu the hoa"),
    "proposal": ("theo de nghi",),
    "replaces": ("thay the", "bai bo"),
    "recipients": ("noi nhan",),
    "effect": ("co hieu luc",),
}


def answer_document(question: Question, corpus: Corpus, dialogue: Dialogue) -> Reply:
    """The facts of the document that is named, by number or by year; otherwise the list of all."""
    document = _document(question, corpus, dialogue)
    if document is None:
        return _all(question, corpus)
    if "annexes" in question.meta and (annexes := _annexes(document, corpus)):
        return _answer_annexes(question, document, annexes)
    if part := _part_not_held(question, document, corpus):
        text = f"Dạ, kho văn bản không có {part} của {document_name(document)}. {document.note}".strip()
        return unknown(text, dialogue, question.but(documents=(document.id,), years=()), document.id)
    grounds = _grounds(question, document, corpus)
    told = [*grounds, *(c for c in _near(question, document, corpus) if c not in grounds)]
    lines = [
        f"{_verdict(question, document, corpus)}{_first(question, document)}",
        *_facts(document),
        *(f"• {clause.text}" for clause in told),
        f"• Ghi chú: {document.note}" if document.note else "",
        f"Nguồn: {document_name(document)}.",
    ]
    citations = [document_citation(document), *(clause_citation(document, c) for c in told[:5])]
    focus = question.but(documents=(document.id,), years=())
    taps = (Suggestion("Nội dung chính", f"{document_name(document)} có những nội dung gì?"),)
    text = "\n".join(line for line in lines if line)
    if _lacks(question, document, grounds):
        # What is not held is unknown, whatever else is held about the document.
        return unknown(text, dialogue, focus, document.id, taps, tuple(citations))
    return answered(text, citations, focus, document.id, taps)


def _annexes(document: Document, corpus: Corpus) -> list[Clause]:
    """The clauses in which a document names its own annexes."""
    return [c for c in corpus.store.clauses(document.id) if _TITLE_OF_ANNEX.match(c.text)]


def _answer_annexes(question: Question, document: Document, annexes: list[Clause]) -> Reply:
    name = capitalised(document_name(document))
    lines = [
        f"{name} kèm theo {len(annexes)} phụ lục:",
        *(f"• {clause.text.lstrip('- ')}" for clause in annexes),
        f"Nguồn: {document_name(document)}.",
    ]
    citations = [document_citation(document), *(clause_citation(document, clause) for clause in annexes)]
    return answered(
        "\n".join(lines), citations, question.but(documents=(document.id,), years=()), document.id
    )


def _part_not_held(question: Question, document: Document, corpus: Corpus) -> str:
    """The article or annex that is asked for by number and not held; empty when none is named, or it is."""
    named = _PART.search(question.typed)
    if named is None or question.meta:
        return ""
    part = f"{named[1].capitalize()} {named[2]}"
    short = f"PL{named[2]}"
    annexes = {i.annex for i in corpus.store.indicators(IndicatorFilter((document.id,))).items}
    annexes |= {task.annex for task in corpus.store.tasks(document.id)}
    articles = {clause.path.removeprefix("QĐ.") for clause in corpus.store.clauses(document.id)}
    return "" if {part, short} & (annexes | articles) else part


def _lacks(question: Question, document: Document, grounds: list[Clause]) -> bool:
    """True when the asked name, number of the approval or replaced document is not printed."""
    approval = document.approval if "approval" in question.meta else None
    if "signer" in question.meta:
        return not (approval.signer if approval else document.signer)
    if "number" in question.meta and approval and not {"date", "signer"} & set(question.meta):
        return True
    return "replaces" in question.meta and not grounds


def _verdict(question: Question, document: Document, corpus: Corpus) -> str:
    """The first words when the person says who made the document and asks to confirm it."""
    if not question.claim:
        return ""
    if "signer" in question.meta and document.signer:
        return "" if fold(" ".join(document.signer.split()[-2:])) in fold(question.typed) else "Chưa đúng. "
    if "date" in question.meta and document.signed_on:
        return _verdict_of_day(question, document, document.signed_on)
    if "issuer" not in question.meta or not question.agencies:
        return ""
    names = [corpus.agencies[a].name.casefold() for a in question.agencies if a in corpus.agencies]
    right = any(name in document.issuer.casefold() for name in names)
    return "Theo văn bản thì đúng như vậy. " if right else "Chưa đúng. "


def _verdict_of_day(question: Question, document: Document, signed: date) -> str:
    """Whether a day that is named, or a year that is not the plan's own, is that of the signature."""
    right = {signed, *([document.approval.signed_on] if document.approval else [])}
    days = {tuple(map(int, found)) for found in _DAY.findall(question.typed)}
    if days:
        return "Đúng vậy. " if days <= {(day.day, day.month, day.year) for day in right} else "Chưa đúng. "
    years = {int(year) for year in _YEAR.findall(question.typed)} - {document.period.end}
    return "" if not years else "Đúng vậy. " if years <= {day.year for day in right} else "Chưa đúng. "


def _document(question: Question, corpus: Corpus, dialogue: Dialogue) -> Document | None:
    if "corpus" in question.meta and not question.documents:
        return None
    if question.documents or question.years:
        named = scope(question, corpus).documents
        return corpus.documents[named[0]] if named else None
    if dialogue.focus and dialogue.focus.documents:
        return corpus.documents[dialogue.focus.documents[0]]
    record = corpus.record(dialogue.record) if dialogue.record else None
    return corpus.document_of(record) if record else None


def _facts(document: Document) -> list[str]:
    """What every document is asked for; a fact that is not printed is said to be missing."""
    day = document.signed_on
    return [
        f"• Tên: {document.title}",
        f"• Số: {document.number or 'bản trong kho không in số'}",
        f"• Ngày ký: {printed_date(day) if day else 'bản trong kho không in ngày'}",
        f"• Cơ quan ban hành: {document.issuer}",
        f"• Người ký: {document.signer or 'bản trong kho không in tên người ký'}",
        *_approval(document),
    ]


def _first(question: Question, document: Document) -> str:
    """The asked fact in one sentence."""
    if "approval" in question.meta and document.approval:
        approval = document.approval
        day = printed_date(approval.signed_on)
        return f"Quyết định phê duyệt {document_name(document)} do {approval.signer} ký ngày {day}."
    return _own(question, document)


def _own(question: Question, document: Document) -> str:
    name = capitalised(document_name(document))
    day = document.signed_on
    match next((m for m in question.meta if m in ("signer", "issuer", "date")), None):
        case "signer" if document.signer:
            return f"{name} do {document.signer} ký."
        case "signer":
            return f"{name}: bản trong kho không in tên người ký."
        case "issuer" if document.official:
            return f"{name} do {document.issuer} xây dựng, ban hành."
        case "issuer":
            return f"{name}: {document.issuer}."
        case "date":
            return (
                f"{name} được ký ngày {printed_date(day)}."
                if day
                else f"{name}: bản trong kho không in ngày ký."
            )
    return f"{name}: {document.title}."


def _approval(document: Document) -> list[str]:
    approval = document.approval
    if approval is None:
        return []
    decision = f"{approval.title} (bản trong kho không in số), {approval.issuer}"
    signed = f"ngày {printed_date(approval.signed_on)}, người ký {approval.signer}"
    return [f"• Được phê duyệt bằng: {decision}, {signed}"]


def _grounds(question: Question, document: Document, corpus: Corpus) -> list[Clause]:
    """The opening clauses that the question asks for, such as the legal grounds or the proposal."""
    cited = question.field is Field.BASIS or "cited" in question.meta
    asked = (*question.meta, "grounds") if cited else question.meta
    starts = tuple(start for kind in asked for start in _GROUNDS.get(kind, ()))
    if not starts:
        return []
    approval = bool({"approval", "effect"} & set(question.meta))
    formal = [c for c in corpus.store.clauses(document.id) if _formal(c)]
    found = [
        c
        for c in formal
        if fold(c.text).startswith(starts) or ("effect" in asked and "co hieu luc" in fold(c.text))
    ]
    own = [c for c in found if c.path.startswith("QĐ") == approval]
    return own or found


def _near(question: Question, document: Document, corpus: Corpus) -> list[Clause]:
    """The opening and closing clauses that say most of what a question asks in words of its own.

    "Ngoài chiến lược của Thủ tướng còn có một công văn từ Bộ gửi xuống …, ký hiệu gì?"
    """
    weights = corpus.rarity(question.subject)
    if len(weights) < _OWN_WORDS:
        return []
    total = sum(weights.values())
    shares = [
        (sum(weights[word] for word in weights.keys() & set(syllables(fold(clause.text)))) / total, clause)
        for clause in corpus.store.clauses(document.id)
        if _formal(clause)
    ]
    near = sorted((each for each in shares if each[0] >= _SAID), key=lambda each: -each[0])
    return [clause for _, clause in near[:_NEAREST]]


def _formal(clause: Clause) -> bool:
    """True for the opening, the closing and the articles of a decision."""
    return any(part in clause.path for part in ("mo-dau", "noi-nhan", "QĐ"))


def _all(question: Question, corpus: Corpus) -> Reply:
    """What the corpus holds."""
    documents = list(corpus.documents.values())
    names = [f"{capitalised(document_name(d))}: {d.title}" for d in documents]
    text = f"Kho văn bản hiện có {len(documents)} văn bản:\n{numbered(names)}"
    return answered(text, [document_citation(d) for d in documents], question.but(documents=()), None)
