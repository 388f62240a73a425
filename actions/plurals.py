"""Words of asking that ask nothing: "mấy" of a plural ("cho mấy doanh nghiệp làm thử"), "năm nào cũng"."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.message import Entity, Message

_PLURAL = re.compile(r"(?:là )?mấy\b(?! (?:phần trăm|%))", re.IGNORECASE)
_ASKS_WHAT = re.compile(r"\b(?:nào|gì|ra sao|thế nào|những ai|(?:phải|đúng) (?:không|chưa))\b", re.IGNORECASE)
_LATELY = re.compile(
    r"mấy (?:(?:năm|bữa|hôm|tháng|tuần|ngày) (?:nay|rồi|trước|qua|gần đây)"
    r"|(?:anh|chị|cô|chú|bác|ông|bà|thầy|bạn|đứa) (?!nào))",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:[,.;?!]|$)")
_EVERY = re.compile(
    r"\b(?:(?:(?:năm|ngày|lúc|khi|hồi|chỗ|nơi|người|bữa|tháng|nhà|xã|huyện|sở|bên) nào|ai|đâu|bao nhiêu)"
    r"(?: [^\W\d]+){0,4}? (?:cũng|đều))\b",
    re.IGNORECASE,
)
"""What speaks of all: "năm nào tới vụ cũng bị ép giá"."""
_OPEN = frozenset({"ask", "field", "meta", "unheld"})
_NUMBER = frozenset({("ask", "how_much"), ("ask", "count"), ("field", "target")})


def unplural(message: Message) -> Message:
    """The message without what only sounds like asking: "ai cũng", and plurals beside another question."""
    every = [hit.span() for hit in _EVERY.finditer(message.text)]
    told = [e for e in message.entities if e.kind in _OPEN and any(a <= e.start < b for a, b in every)]
    kept = tuple(e for e in message.entities if e not in told and not _is_plural(e, message))
    return replace(message, entities=kept) if len(kept) < len(message.entities) else message


def _is_plural(entity: Entity, message: Message) -> bool:
    said = message.text[entity.start : entity.end]
    if (entity.kind, entity.value) not in _NUMBER or not _PLURAL.match(said):
        return False
    if _LATELY.match(message.text, entity.start):
        return True
    if _ENDS.match(message.text, entity.end):
        return False  # "năm 2023 với năm 2024 là mấy, có tăng không"
    counted = any(
        (other.kind, other.value) in _NUMBER and not _PLURAL.match(message.text[other.start : other.end])
        for other in message.entities
    )
    return not counted and _ASKS_WHAT.search(message.text) is not None
