"""Documents that the held ones only name: what that tells of them, and that the rest is not held."""

from __future__ import annotations

import re

from actions.citing import clause_citation, shortened, source_of_clause
from actions.corpus import Corpus
from actions.dialogue import Dialogue
from actions.question import Question
from actions.reply import Reply, answered, unknown
from actions.wording import capitalised
from knowledge.records import Clause, Document

_SHOWN = 420
_OPENING = 6
"""Words that may stand before the number of a document that a question begins with."""
_DATED = re.compile(r"\bngày\s+\d{1,2}\s*(?:/|tháng)\s*\d{1,2}\s*(?:/|năm)\s*\d{4}", re.IGNORECASE)
_NAMING = frozenset({"date", "number", "issuer", "title", "grounds"})
"""Facts of a document that stand where it is named."""
_WHAT = re.compile(
    r"\b(?:ban hành|phê duyệt) (?:cái )?gì\b|\bvề (?:việc|cái|vấn đề|chuyện) gì\b|\btên (?:là )?gì\b"
    r"|\b(?:là|ra) (?:văn bản|cái|quyết định|kế hoạch)? ?gì\b|\bkhi nào\b|\bngày (?:nào|mấy|tháng)\b"
    r"|\b(?:bằng|theo) (?:quyết định|kế hoạch|văn bản|công văn) nào\b",
    re.IGNORECASE,
)
_IN_IT = re.compile(
    r"\b(?:trong|phụ lục(?: số)?(?: \d)? (?:của|kèm theo)|nội dung(?: của)?)"
    r" (?:phụ lục (?:của )?)?(?:quyết định|kế hoạch|nghị quyết|chỉ thị|công văn)? ?(?:số )?$",
    re.IGNORECASE,
)
"""What stands before the number of a document in which something is looked for."""
_CONTENT = re.compile(
    r"\b(?:giao|đặt|quy định|yêu cầu|phân công|đề ra|bố trí|chi|có những|gồm)\b"
    r".*\b(?:bao nhiêu|mấy|nào|gì|ai)\b",
    re.IGNORECASE,
)


def answer_cited(question: Question, corpus: Corpus, dialogue: Dialogue) -> Reply:
    """What its naming tells of a document that is not held, when that is asked; else that it is not held."""
    number = question.references[0]
    mention = _mention(number, corpus)
    if mention is None:
        return unknown(_absent(number), dialogue)
    document = corpus.documents[mention.document_id]
    source = source_of_clause(document, mention)
    quote = f"“{shortened(_around(mention.text, number), _SHOWN)}”"
    citation = clause_citation(document, mention)
    if not _told_by_naming(question, mention):
        text = f"{_absent(number)}\nNó được nhắc tới ở {source}: {quote}"
        return unknown(text, dialogue, citations=(citation,))
    text = (
        f"{capitalised(source)} nhắc tới văn bản này như sau:\n{quote}\n"
        f"Bản thân văn bản {number} không có trong kho, nên em chỉ biết chừng đó.\nNguồn: {source}."
    )
    return answered(text, [citation], question, mention.id)


def is_of_cited(question: Question) -> bool:
    """True when the content of a document that is named by its number and not held is asked for."""
    if not question.references or question.documents or question.references[0].isdigit():
        return False
    place = question.typed.casefold().find(question.references[0].casefold())
    if place < 0:
        return False
    before, after = question.typed[:place], question.typed[place:]
    if _IN_IT.search(before):
        return True
    opens = len(before.split()) <= _OPENING
    return opens and _CONTENT.search(after) is not None


def _absent(number: str) -> str:
    return f"Dạ, văn bản {number} không có trong kho, nên em không trả lời được về văn bản này."


def _told_by_naming(question: Question, mention: Clause) -> bool:
    asked = bool(_NAMING & set(question.meta)) or _WHAT.search(question.typed) is not None
    return asked and _DATED.search(mention.text) is not None


def _mention(number: str, corpus: Corpus) -> Clause | None:
    """The clause that names a document best: with its date, in the newest plan."""
    wanted = re.compile(rf"(?<![\w/]){re.escape(number)}{'(?=/)' if number.isdigit() else ''}", re.IGNORECASE)
    found = [c for d in _official_first(corpus) for c in corpus.store.clauses(d.id) if wanted.search(c.text)]
    dated = [c for c in found if _DATED.search(_around(c.text, number))]
    return next(iter(dated or found), None)


def _official_first(corpus: Corpus) -> list[Document]:
    return sorted(corpus.documents.values(), key=lambda document: not document.official)


def _around(text: str, number: str) -> str:
    """The line of a clause that names the document."""
    lines = [line for line in text.split("\n") if number.casefold() in line.casefold()]
    return lines[0] if lines else text
