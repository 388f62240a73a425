"""What stands beside the record in focus: "dòng kế tiếp nói về gì?", "điểm b"."""

from __future__ import annotations

import re

from actions.corpus import Corpus
from actions.dialogue import Dialogue
from actions.message import Message
from knowledge.records import Clause, Indicator

_POINT = re.compile(
    r"\W*(?:(?:còn|thế|vậy|xem|coi|đọc|rồi|vậy còn|thế còn) )*(?:điểm|ý|khoản) ([a-zđ]|\d{1,2})"
    r"(?: (?:của )?(?:mục|khoản|phần|nội dung) (?:đó|này|ấy))?"
    r"(?: (?:thì sao|nói gì|nói sao|ghi gì|là gì|đi|nữa|vậy|thế nào))*\W*$",
    re.IGNORECASE,
)
_POINT_OF_IT = re.compile(
    r"\b(?:điểm|ý|khoản) ([a-zđ]|\d{1,2}) (?:của |trong |ở )?(?:mục|khoản|phần|nội dung) (?:đó|này|ấy)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\b(?:điểm|ý) ([a-zđ])\b", re.IGNORECASE)
_ROW = r"\b(?:dòng|hàng|chỉ tiêu|nhiệm vụ|mục|số|stt|cái)"
_AFTER = re.compile(
    rf"{_ROW} (?:kế|kế tiếp|kế nó|tiếp theo|tiếp sau|liền sau|ngay sau|sau nó|bên dưới|phía dưới|dưới nó)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"{_ROW} (?:liền trước|ngay trước|kế trước|trước nó|bên trên|phía trên|liền trên|trên nó)\b",
    re.IGNORECASE,
)


def point(message: Message, dialogue: Dialogue, corpus: Corpus) -> Clause | None:
    """The point of the clause in focus, or the one beside it, that is all the message names: "điểm b"."""
    named = _POINT.match(message.text) or _POINT_OF_IT.search(message.text)
    record = corpus.record(dialogue.record) if named and dialogue.record else None
    if named is None or not isinstance(record, Clause):
        return None
    key = named[1].lower()
    paths = (f"{record.path}.{key}", f"{record.path.rpartition('.')[0]}.{key}")
    found = (corpus.record(f"{record.document_id}#{path}") for path in paths)
    return next((clause for clause in found if isinstance(clause, Clause)), None)


def point_in(clause: Clause, typed: str, corpus: Corpus) -> Clause | None:
    """The point of a clause that a message names by its letter: "phần kỹ năng số, điểm d"."""
    named = _LETTER.search(typed)
    found = corpus.record(f"{clause.document_id}#{clause.path}.{named[1].lower()}") if named else None
    return found if isinstance(found, Clause) else None


def neighbour(message: Message, dialogue: Dialogue, corpus: Corpus) -> Indicator | None:
    """The annex row next to the one in focus, when the message asks for it and there is one."""
    step = 1 if _AFTER.search(message.text) else -1 if _BEFORE.search(message.text) else 0
    record = corpus.record(dialogue.record) if step and dialogue.record and not dialogue.pending else None
    if not isinstance(record, Indicator) or not (record.row or "").isdigit():
        return None
    rows = corpus.by_row(str(int(record.row or 0) + step), (record.document_id,))
    return next((row for row in rows if row.group == record.group), rows[0] if rows else None)
