""" "Mấy" that only makes a plural: "cho mấy doanh nghiệp làm thử ở lĩnh vực nào" asks for no number."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.message import Entity, Message

_PLURAL = re.compile(r"(?:là )?mấy\b(?! (?:phần trăm|%))", re.IGNORECASE)
_ASKS_WHAT = re.compile(r"\b(?:nào|gì|ra sao|thế nào|những ai)\b", re.IGNORECASE)
_LATELY = re.compile(r"mấy (?:năm|bữa|hôm|tháng|tuần|ngày) (?:nay|rồi|trước|qua|gần đây)", re.IGNORECASE)
_NUMBER = frozenset({("ask", "how_much"), ("ask", "count"), ("field", "target")})


def unplural(message: Message) -> Message:
    """The message without the numbers that a plural was taken for, when it asks for something else."""
    kept = tuple(entity for entity in message.entities if not _is_plural(entity, message))
    return replace(message, entities=kept) if len(kept) < len(message.entities) else message


def _is_plural(entity: Entity, message: Message) -> bool:
    said = message.text[entity.start : entity.end]
    if (entity.kind, entity.value) not in _NUMBER or not _PLURAL.match(said):
        return False
    if _LATELY.match(message.text, entity.start):
        return True
    counted = any(
        (other.kind, other.value) in _NUMBER and not _PLURAL.match(message.text[other.start : other.end])
        for other in message.entities
    )
    return not counted and _ASKS_WHAT.search(message.text) is not None
