"""What is asked on about a how-to that was just given: what to bring, who helps, what to beware of, where."""

from __future__ import annotations

import re

from actions.citing import guide_citation
from actions.corpus import Corpus
from actions.dialogue import Dialogue
from actions.message import Message
from actions.reply import Reply, answered
from actions.wording import numbered
from knowledge.records import Guide

_WORD = re.compile(r"\w+")
_SHORT = 12
"""Words of a message that only asks on."""
_HELPERS = "hoc-ky-nang-so"
"""The guide that tells who helps on the spot."""
_BRING = re.compile(
    r"\b(?:mang|đem|cầm)(?: theo)?\b|\bchuẩn bị\b|\bcần (?:có |những )?(?:gì|giấy tờ|giấy gì)\b"
    r"|\bgiấy tờ (?:gì|nào)\b",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"\b(?:ai|người nào|có người)\b.*\b(?:giúp|hỗ trợ|chỉ|kèm|phụ|làm giùm)\b"
    r"|\b(?:nhờ|hỏi) (?:ai|được ai)\b|\bgiúp (?:tôi|em|mình)\b.*\b(?:ở xã|ở ấp|gần nhà)\b",
    re.IGNORECASE,
)
_BEWARE = re.compile(
    r"\b(?:coi chừng|cẩn thận|để ý|lưu ý|đề phòng|phải tránh|đừng làm|không nên|bị (?:gạt|lừa))\b",
    re.IGNORECASE,
)
_CHECK = re.compile(r"\b(?:kiểm tra|biết là (?:xong|được)|làm xong thì|chắc ăn)\b", re.IGNORECASE)
_WHERE = re.compile(
    r"\b(?:trang nào|trang web nào|địa chỉ|link|đường dẫn|vô trang|vào trang)\b", re.IGNORECASE
)
_OTHER = frozenset({"year", "horizon", "document", "row", "clause", "role", "pillar", "reference"})
"""What a message about the plans names."""


def answer_part(message: Message, dialogue: Dialogue, corpus: Corpus) -> Reply | None:
    """The part of the guide in focus that a short message asks for; None when it asks for something else."""
    if dialogue.focus is None or dialogue.record is None:
        return None
    if len(_WORD.findall(message.text)) > _SHORT or _OTHER & {e.kind for e in message.entities}:
        return None
    guide = next((g for g in corpus.store.guides() if g.id == dialogue.record), None)
    if guide is None:
        return None
    text = _part(message.text, guide, corpus)
    return answered(text, [guide_citation(guide)], dialogue.focus, guide.id) if text else None


def _part(text: str, guide: Guide, corpus: Corpus) -> str:
    if _BRING.search(text):
        return _listed(f"Để làm theo bài “{guide.title}”, anh chị cần chuẩn bị:", guide.prepare)
    if _HELP.search(text):
        helpers = corpus.store.guide(_HELPERS)
        return helpers.summary if helpers else ""
    if _BEWARE.search(text):
        return _listed("Anh chị xin nhớ:", guide.avoid)
    if _CHECK.search(text):
        return _listed("Trước khi xong, anh chị kiểm tra lại:", guide.check)
    if _WHERE.search(text):
        return _listed("Địa chỉ chính thức:", tuple(f"{link.name}: {link.url}" for link in guide.links))
    return ""


def _listed(opening: str, points: tuple[str, ...]) -> str:
    return f"{opening}\n{numbered(list(points))}" if points else ""
