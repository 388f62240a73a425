"""What is asked on about a how-to that was just given: what to bring, who helps, what to beware of, where."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.citing import guide_citation
from actions.corpus import Corpus
from actions.dialogue import Dialogue
from actions.guide_points import nearest_of, nearest_points
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
    r"\b(?:mang|đem|cầm)(?: theo)?\b|\b(?:có|để) sẵn\b|\bchuẩn bị\b"
    r"|\bcần (?:có |những )?(?:gì|giấy tờ|giấy gì)\b|\bgiấy tờ (?:gì|nào)\b",
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
_ASKS_ON = frozenset({"ask_guide", "follow_up", "out_of_scope", "chitchat", "help", "affirm", "deny"})
"""Intents that a message may sound like which asks on about what was told."""
_ASIDES = frozenset({"cancel", "thanks", "goodbye", "greet"})
_SURE = 0.5
"""How likely an aside must be to be one, once a how-to was told."""
_OF_PLANS = frozenset({"document", "indicator", "task", "planned", "goal"})
_NEAR = 0.85
_FARTHER = 0.035
"""How much nearer another guide may come than the one that is spoken of."""
_OTHER = frozenset({"year", "horizon", "document", "row", "clause", "role", "pillar", "reference"})
"""What a message about the plans names."""


def answer_part(message: Message, dialogue: Dialogue, corpus: Corpus) -> Reply | None:
    """The part of the guide in focus that a short message asks for; None when it asks for something else."""
    if dialogue.focus is None or dialogue.record is None:
        return None
    if len(_WORD.findall(message.text)) > _SHORT or _OTHER & {e.kind for e in message.entities}:
        return None
    guides = {guide.id: guide for guide in corpus.store.guides()}
    guide = guides.pop(dialogue.record, None)
    if guide is None:
        return None
    text = _part(message.text, guide, corpus) or _nearest(message, guide, [*guides.values()], corpus)
    return answered(text, [guide_citation(guide)], dialogue.focus, guide.id) if text else None


def _nearest(message: Message, guide: Guide, others: Sequence[Guide], corpus: Corpus) -> str:
    """The points that come nearest to a message, unless another guide comes nearer or none comes near."""
    unsure = message.confidence < _SURE
    if not (message.intent in _ASKS_ON or unsure) or _OF_PLANS & set(message.values("kind")):
        return ""
    points = nearest_points(message.text, guide, corpus)
    if points[0][1] < max(_NEAR, nearest_of(message.text, others, corpus) - _FARTHER):
        return ""
    return _listed(f"Theo bài “{guide.title}”:", tuple(point for point, _ in points))


def _part(text: str, guide: Guide, corpus: Corpus) -> str:
    if _WHERE.search(text):
        return _listed("Địa chỉ chính thức:", tuple(f"{link.name}: {link.url}" for link in guide.links))
    if _BRING.search(text):
        return _listed(f"Để làm theo bài “{guide.title}”, anh chị cần chuẩn bị:", guide.prepare)
    if _HELP.search(text):
        helpers = corpus.store.guide(_HELPERS)
        told = [point for point, _ in nearest_points(text, guide, corpus)]
        return _listed(f"Theo bài “{guide.title}”:", (*told, helpers.summary)) if helpers else ""
    if _BEWARE.search(text):
        return _listed("Anh chị xin nhớ:", guide.avoid)
    if _CHECK.search(text):
        return _listed("Trước khi xong, anh chị kiểm tra lại:", guide.check)
    return ""


def _listed(opening: str, points: tuple[str, ...]) -> str:
    return f"{opening}\n{numbered(list(points))}" if points else ""
