"""Where a long story asks: what is named there counts, what is only told does not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from actions.message import Entity, Message

STORY = 30
"""Words from which a message may tell a story before it asks."""
_WORD = re.compile(r"\w+")
_CLAUSE = re.compile(r"[^,;:.?!\n]+[,;:.?!\n]*")
_ANNOUNCED = re.compile(
    r"\b(?:cho (?:tôi|em|mình|chị|anh|con|cháu|bác|cô|chú) (?:xin )?(?:hỏi|biết)|cho hỏi|xin hỏi|muốn hỏi"
    r"|hỏi là|hỏi thử|hỏi thăm|muốn biết|cho biết"
    r"|(?:nhờ|giúp)(?: \w+)? (?:coi|xem|tra|tìm)(?: lại| thử)? (?:giùm|giúp|dùm))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.?!\n]+[.?!\n]*")
_OPEN_END = re.compile(r"\b(nào|gì|đâu|không|chưa)\b[^.?!\n]*\?\s*$", re.IGNORECASE)
"""What makes the last sentence a question though nothing of it is a known phrase."""
_QUESTIONS = frozenset({"ask", "field", "role", "meta", "row"})
_OF_ITSELF = frozenset({"deadline", "duty", "count"})
"""What is asked without any field of a record."""
_NEAREST = frozenset({"year", "horizon", "document", "pillar"})
"""What a question without it takes from the words before it."""
_TIMES = frozenset({"year", "horizon"})
_OF_PLANS = frozenset({"document", "row", "role", "reference"})
"""What is named where the plans are asked, however it sounds."""
_LIMITS = frozenset({"agency", "pillar", "period", "unheld", *_NEAREST})
"""What a question may still be given after its question mark: "…? Năm 2024 nha."."""
_TOLD = frozenset({"unheld", "role", "field", "meta", *_NEAREST})
BOTH = re.compile(r"\b(?:hai|2) (?:năm|mốc|giai đoạn|kế hoạch|bên|bản|thời điểm)\b|\bcả hai\b", re.IGNORECASE)
"""What makes all times and plans that were told count: "hai mốc ấy"."""
_LIKE = re.compile(r"\bnhư (?:(?:hồi|năm|trong|kế hoạch) )*$", re.IGNORECASE)
"""What stands before a year that is only likened: "vẫn là Sở … chủ trì như hồi 2023 phải không"."""
_PURPOSE = re.compile(r"\b(?:để|đối chiếu|phục vụ)(?: \w+){0,3}(?: (?:với|cùng))? ?$", re.IGNORECASE)
"""What stands before a thing that is only the purpose of the question: "để đối chiếu với kết quả"."""
_NOBODY = re.compile(r"\b(?:không|chẳng|chả|chưa)(?: có)? ?$", re.IGNORECASE)
"""What stands before a "who" that asks nothing: "con nhỏ không ai giữ"."""
_JUDGED = re.compile(r"\b(?:chấm|đánh giá|đo|đo lường|xác định|khảo sát)\b[^,.;?!]*$|\bghi ?$", re.IGNORECASE)
"""What stands before a result that is only judged: "vụ chấm xem công ty chuyển đổi số tới đâu rồi …"."""
_NOWADAYS = re.compile(
    r"(?:bây giờ|hiện nay|hiện giờ|hiện tại)\b.*(?:tỉnh|kế hoạch|người ta) (?:tính|đặt|muốn|nhắm)\b",
    re.IGNORECASE,
)
"""What is set, though it is told how things are: "bây giờ ai cũng xài, mà tỉnh tính nhiêu phần trăm"."""
_SO_AS_TO = re.compile(r"\bđể ?$", re.IGNORECASE)
"""What stands before a comparison that is made with the answer: "cần số để đối chiếu với Sở Tài chính"."""


def asking(message: Message) -> Message:
    """A long message with the mentions of its question in place of those of the story before it.

    A plan or a year that only the story names is the one named last. A short message stays as it is.
    """
    message = _less_purpose(message)
    if len(_WORD.findall(message.text)) <= STORY:
        return message
    message = _less_told_years(_less_coda(message))
    start = _start(message)
    inside = [entity for entity in message.entities if entity.start >= start]
    sentence = max(message.text.rfind(end, 0, start) for end in ".?!\n")
    if start == 0 or not inside:
        # "… mối trên Sài Gòn. Vậy tôi kiếm chỗ cấp ở đâu?"
        kept = [e for e in message.entities if e.kind != "unheld" or e.start > sentence]
        return replace(message, entities=tuple(kept))
    own = {entity.kind for entity in inside}
    if BOTH.search(message.text[start:]):
        own -= _NEAREST
        inside = [e for e in message.entities if e.start >= start or e.kind in _NEAREST]
    told = [entity for entity in message.entities if entity.start < start]
    if any(e.kind == "ask" and e.value in _OF_ITSELF for e in inside):
        # "… mà không biết căn cứ vào đâu. Vậy phải báo cáo trước ngày nào?"
        told = [e for e in told if e.kind != "field" or e.start > sentence]
    kept = [e for e in told if _counts(e, own, told) or (e.kind == "unheld" and e.start > sentence)]
    return replace(message, entities=(*kept, *inside))


def announced(message: Message) -> int | None:
    """Where a question begins that is announced ("cho em hỏi …"); None when none is, or nothing follows."""
    starts = [hit.start() for hit in _ANNOUNCED.finditer(message.text)]
    asked = [e.start for e in message.entities if e.kind in _QUESTIONS]
    return next((start for start in reversed(starts) if any(at > start for at in asked)), None)


def _start(message: Message) -> int:
    """Where the announced question begins, or the last clause that asks something."""
    if (start := announced(message)) is not None:
        return start
    clauses = [clause.span() for clause in _CLAUSE.finditer(message.text)]
    asked = [e.start for e in message.entities if e.kind in _QUESTIONS]
    asked += [hit.start(1) for hit in _OPEN_END.finditer(message.text)]
    asking = [any(start <= at < end for at in asked) for start, end in clauses]
    place = max((place for place, asks in enumerate(asking) if asks), default=0)
    # "căn cứ vào kế hoạch nào, ban hành ngày nào" asks both.
    while place and asking[place - 1] and message.text[clauses[place - 1][1] - 1] == ",":
        place -= 1
    return clauses[place][0] if any(asking) else 0


def _less_coda(message: Message) -> Message:
    """A story without what it tells after its question: why it asks, and what depends on the answer."""
    asked = [end for start, end in _asking_sentences(message) if "?" in message.text[start:end]]
    if not asked:
        return message
    end = asked[-1]
    told = [entity for entity in message.entities if entity.start >= end]
    kept = tuple(entity for entity in message.entities if entity.start < end)
    goes_on = _ANNOUNCED.search(message.text, end) or "?" in message.text[end:]
    named = any(entity.kind in _NEAREST for entity in kept)
    if goes_on or any(_limits(entity, named) for entity in told):
        return message
    return replace(message, text=message.text[:end], entities=kept)


def _limits(entity: Entity, named: bool) -> bool:
    """True for what a question is given after its mark; "như năm ngoái nữa" is none beside a named plan."""
    return entity.kind in _LIMITS and not (named and entity.value.startswith("relative"))


def _asking_sentences(message: Message) -> list[tuple[int, int]]:
    """Where the sentences lie that ask: those with a question mark, if there are any."""
    text = message.text
    at = [e.start for e in message.entities if e.kind in _QUESTIONS]
    spans = [sentence.span() for sentence in _SENTENCE.finditer(text)]
    marked = [(start, end) for start, end in spans if "?" in text[max(start, end - 3) : end]]
    return marked or [(start, end) for start, end in spans if any(start <= each < end for each in at)]


def _less_purpose(message: Message) -> Message:
    """The message without unheld things that are only its purpose, and years that are only likened."""
    likened = len(message.values("year")) > 1 and "confirm" in message.values("ask")
    told = {("unheld", None): _PURPOSE, ("ask", "compare"): _SO_AS_TO}
    told |= {("ask", "who"): _NOBODY, ("field", "lead"): _NOBODY}
    told |= {("year", None): _LIKE} if likened else {}
    told |= {("unheld", "result"): _JUDGED}
    kept = [e for e in message.entities if not (_is_told(e, message.text, told) or _is_set(e, message.text))]
    return replace(message, entities=tuple(kept)) if len(kept) < len(message.entities) else message


def _is_set(entity: Entity, text: str) -> bool:
    """True for "now … so much" of which the text says that it was set."""
    return entity.value == "result" and _NOWADAYS.match(text, entity.start, entity.end) is not None


def _less_told_years(message: Message) -> Message:
    """A story without the years of sentences that ask nothing, when one that asks names its own.

    Nor has one that asks how something is done: "má tôi năm nay bảy mươi tám … giờ chở má đi đâu làm trước?".
    """
    asking = _asking_sentences(message)
    years = [e for e in message.entities if e.kind in _TIMES]
    own = [e for e in years if any(start <= e.start < end for start, end in asking)]
    how_to = message.intent == "ask_guide" and not _OF_PLANS & {e.kind for e in message.entities}
    told = how_to and all(e.value.startswith("relative") for e in years)
    if not (own or told) or len(own) == len(years):
        return message
    kept = tuple(e for e in message.entities if e.kind not in _TIMES or e in own)
    return replace(message, entities=kept)


def _is_told(entity: Entity, text: str, told: Mapping[tuple[str, str | None], re.Pattern[str]]) -> bool:
    before = text[: entity.start]
    kinds = ((entity.kind, None), (entity.kind, entity.value))
    return any(kind in told and told[kind].search(before) for kind in kinds)


def _counts(entity: Entity, own: set[str], told: list[Entity]) -> bool:
    if entity.kind == "unheld" or (entity.kind in own and entity.kind in _TOLD):
        return False
    if entity.kind not in _NEAREST:
        return True
    last = [other for other in told if other.kind == entity.kind][-1]
    return entity.value == last.value
