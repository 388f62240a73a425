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
_WITH = re.compile(r"\bphối hợp((?: thực hiện| làm)? (?:với|cùng|chung với) .+)$", re.IGNORECASE | re.DOTALL)
"""Whom those help who are asked for: "ai phối hợp với huyện, xã vậy"."""
_SHORT = 14
_LIMITS = frozenset({"year", "horizon", "period", "agency", "role", "pillar", "document", "kind"})


def less_helped(message: Message) -> Message:
    """A short question for those who help, less whom they help: that one leads what is spoken of."""
    helped = _WITH.search(message.text)
    asked = [e.start for e in message.entities if e.kind == "ask" and e.value == "who"]
    if helped is None or len(message.text.split()) > _SHORT or not asked or max(asked) > helped.start():
        return message
    left = tuple(e for e in message.entities if e.start < helped.start(1))
    return replace(message, text=blanked(message.text, *helped.span(1)), entities=left)


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
