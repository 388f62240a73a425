"""What a person says that he does not mean: "không lấy phần xã hội số", "chứ không hỏi năm 2023"."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.correcting import blanked
from actions.message import Message

_NOT_MEANT = re.compile(
    r"\b(?:(?:chứ |cũng |và |mà )?(?:không|khỏi|đừng)(?: phải)?"
    r" (?:lấy|tính|kể|gộp|hỏi|nói|đưa|liệt kê|bao gồm|cần hỏi)"
    r"|ngoại trừ|trừ ra|loại trừ|bỏ qua|chứ không phải (?:hỏi|là|bên|của))\b"
    r"(?! (?:lại|rõ|được|gì|nào|sao)\b)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:.?!\n]|\b(?:mà|nhưng|chỉ (?:lấy|tính|hỏi|cần))\b", re.IGNORECASE)
_LIMITS = frozenset({"year", "horizon", "period", "agency", "role", "pillar", "document", "kind"})


def meant(message: Message) -> Message:
    """The message less the clauses that name a limit only to say that it is not asked.

    Another limit of the same kind must be left: "không hỏi năm 2023 nữa" alone stays as it is.
    """
    for hit in _NOT_MEANT.finditer(message.text):
        end = _CLAUSE_END.search(message.text, hit.end())
        stop = end.start() if end else len(message.text)
        inside = [e for e in message.entities if hit.end() <= e.start and e.end <= stop and e.kind in _LIMITS]
        outside = {e.kind for e in message.entities if not hit.start() <= e.start < stop}
        if inside and all(entity.kind in outside for entity in inside):
            left = tuple(e for e in message.entities if not hit.start() <= e.start < stop)
            message = replace(message, text=blanked(message.text, hit.start(), stop), entities=left)
    return message
