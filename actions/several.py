"""Several questions in one message: each is read by itself, the later ones in the focus of the earlier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from actions.message import Entity, Message
from actions.reply import Reply
from actions.subject import says_something, subject_of
from trolyso.answer import Answer, Status

_SENTENCES = re.compile(r"[?;\n]+")
# A connecting word begins another question only when what follows begins like one.
_QUESTIONS = re.compile(
    r"[?;\n]+|[,.]?\s+(?:và|với|cùng với|còn|rồi|với lại|đồng thời|ngoài ra)\s+"
    r"(?=(?:tỷ lệ|tỉ lệ|số lượng|mức|ai|bao nhiêu|mấy"
    r"|cơ quan nào|sở nào|đơn vị nào|bên nào|chỉ tiêu|trong kế hoạch|theo kế hoạch|kế hoạch"
    r"|năm 20\d\d|20\d\d)\b)"
    r"|,\s+(?=(?:bao nhiêu|mấy|tỷ lệ|tỉ lệ|còn|ai)\b)",
    re.IGNORECASE,
)
# Any comma or connecting word may part two questions that each have a question word of their own.
_PAUSES = re.compile(r"[?;\n]+|,\s+|\s+(?:và|với|còn|rồi)\s+", re.IGNORECASE)
_MARKS = frozenset({"ask", "field", "role", "meta", "unheld"})
_SHARED = frozenset({"year", "horizon", "document", "field", "role", "ask"})
_PLANS = frozenset({"year", "document"})
_TIMES = frozenset({"year", "horizon", "period"})
_MOST = 4
_SURE = 0.45


def splits_of(message: Message) -> Iterator[list[Message]]:
    """The ways to read a message as several questions: by plan, by sentence, by connecting word."""
    if parts := _by_plan(message):
        yield parts
    seen: list[int] = []
    for ends in (_SENTENCES, _QUESTIONS):
        parts = _cut(message, ends)
        if 1 < len(parts) <= _MOST and len(parts) not in seen:
            seen.append(len(parts))
            yield parts
    if parts := _each_marked(message):
        yield parts


def _each_marked(message: Message) -> list[Message]:
    """The message parted at the pause that leaves something asked about something on both sides."""
    for pause in _PAUSES.finditer(message.text):
        parts = [_part(message, 0, pause.start()), _part(message, pause.end(), len(message.text))]
        if not _loses(message, parts) and all(_is_question(part) for part in parts):
            return [_with_shared(part, message) for part in parts]
    return []


def _is_question(part: Message) -> bool:
    kinds = {entity.kind for entity in part.entities}
    about = says_something(subject_of(part)) or ("meta" in kinds and kinds & {"document", "year"})
    about = about or "deadline" in part.values("ask")
    return bool(kinds & _MARKS) and bool(about)


def joined(replies: Sequence[Reply]) -> Reply | None:
    """One reply of several, in their order; None unless each was answered surely from its own record."""
    if len({reply.dialogue.record for reply in replies}) < max(len(replies), 2):
        return None
    if not all(_sure(reply) for reply in replies):
        return None
    answer = Answer(
        Status.ANSWERED,
        "\n\n".join(f"{number}) {reply.answer.text}" for number, reply in enumerate(replies, 1)),
        replies[-1].answer.suggestions,
        tuple(citation for reply in replies for citation in reply.answer.citations),
        tuple(attachment for reply in replies for attachment in reply.answer.attachments),
        min(reply.answer.confidence for reply in replies),
    )
    return Reply(answer, replies[-1].dialogue)


def _sure(reply: Reply) -> bool:
    if reply.answer.status is not Status.ANSWERED or reply.dialogue.record is None:
        return False
    focus = reply.dialogue.focus
    return reply.answer.confidence >= _SURE or (focus is not None and "deadline" in focus.asks)


def _by_plan(message: Message) -> list[Message]:
    """One question about two plans: "hạn báo cáo trong kế hoạch 67 và trong kế hoạch 2025"."""
    plans = [entity for entity in message.entities if entity.kind in _PLANS]
    if len({(plan.kind, plan.value) for plan in plans}) == 2 and "deadline" in message.values("ask"):
        return [
            replace(message, entities=tuple(e for e in message.entities if e.kind not in _PLANS or e is plan))
            for plan in plans[:2]
        ]
    return _by_document(message)


def _by_document(message: Message) -> list[Message]:
    """One question about two named plans, each with the times that stand behind its name."""
    plans = [entity for entity in message.entities if entity.kind == "document"]
    if len({plan.value for plan in plans}) != 2 or "compare" in message.values("ask"):
        return []
    first, second = plans[0], next(plan for plan in plans if plan.value != plans[0].value)
    own = [
        (plan, [e for e in message.entities if e.kind in _TIMES and (e.start >= second.start) is late])
        for plan, late in ((first, False), (second, True))
    ]
    kept = [e for e in message.entities if e.kind != "document" and e.kind not in _TIMES]
    return [replace(message, entities=(*kept, plan, *times)) for plan, times in own]


def _cut(message: Message, ends: re.Pattern[str]) -> list[Message]:
    """The parts between the ends; each has what it shares with the others. None when one says nothing."""
    places = [match.span() for match in ends.finditer(message.text)]
    starts = [0, *(end for _, end in places)]
    stops = [*(start for start, _ in places), len(message.text)]
    parts = [_part(message, start, stop) for start, stop in zip(starts, stops, strict=True)]
    parts = [part for part in parts if part.text.strip()]
    if any(not part.entities and not says_something(subject_of(part)) for part in parts):
        return []
    if _loses(message, parts):
        return []
    return [_with_shared(part, message) for part in parts]


def _loses(message: Message, parts: Sequence[Message]) -> bool:
    """True for "bớt lệ phí không, bớt nhiêu", parted in the midst of what no record holds."""
    return bool(message.value("unheld")) and not any(part.value("unheld") for part in parts)


def _with_shared(part: Message, message: Message) -> Message:
    """The part with the time, the field and the plan that only another part names."""
    own = {entity.kind for entity in part.entities}
    fields = {"field", "role", "ask"}
    lacking = {kind for kind in _SHARED - own if not (kind in fields and own & fields)}
    shared = {e.kind: Entity(e.kind, e.value, 0, 0) for e in reversed(message.entities) if e.kind in lacking}
    return replace(part, entities=(*part.entities, *shared.values()))


def _part(message: Message, start: int, stop: int) -> Message:
    lead = len(message.text[start:stop]) - len(message.text[start:stop].lstrip(" ,.;?\n"))
    text = message.text[start:stop].strip(" ,.;?\n")
    entities = tuple(
        replace(entity, start=entity.start - start - lead, end=entity.end - start - lead)
        for entity in message.entities
        if start <= entity.start and entity.end <= stop
    )
    return replace(message, typed=text, text=text, entities=entities)
