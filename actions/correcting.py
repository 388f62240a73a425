"""A person who corrects himself in mid-message: "…à nhầm, Sở Nội vụ". What was taken back is not read."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.message import Entity, Message
from actions.subject import says_something, subject_of

_SLIP = r"(?:nhầm|lộn|quên)(?: rồi)?\b(?! lẫn\b)"
# "nhầm", "lộn" and "quên" are also things that people tell of: alone they take nothing back.
_TAKEN_BACK = re.compile(
    rf"[,.…\s](?:(?:à|a|ủa|ý|ấy|í|ơ|á|xin lỗi)[,\s]+(?:{_SLIP}|không\b)|(?<=[,.…])\s*{_SLIP}"
    rf"|(?:mà )?{_SLIP}(?=\s*[,.…]|\s+(?:là|mà là|phải là|(?:năm )?20\d\d)\b))"
    r"[,.…\s]*(?:mà là |phải là |ý (?:tôi|em|mình) là |là )?",
    re.IGNORECASE,
)
_LEAST = 2


def corrected(message: Message) -> Message:
    """The message less what it takes back; as it is when nothing is taken back or nothing follows.

    What follows replaces what was named of the same kind before; with a subject of its own it replaces
    the words before altogether.
    """
    match = next(iter(_TAKEN_BACK.finditer(message.text)), None)
    if match is None or len(message.text[: match.start()].split()) < _LEAST:
        return message
    after = tuple(entity for entity in message.entities if entity.start >= match.end())
    rest = replace(message, text=blanked(message.text, 0, match.end()), entities=after)
    if not after and not says_something(subject_of(rest)):
        return message
    kinds = {entity.kind for entity in after}
    before = [entity for entity in message.entities if entity.end <= match.start()]
    kept = tuple(entity for entity in before if entity.kind not in kinds)
    if says_something(subject_of(rest)):
        return replace(rest, entities=kept + after)
    text = blanked(message.text, match.start(), match.end())
    for entity in (entity for entity in before if entity.kind in kinds):
        text = blanked(text, entity.start, entity.end)
    return replace(message, text=text, entities=kept + after)


def blanked(text: str, start: int, end: int) -> str:
    """The text with blanks in a place, so that offsets stay."""
    return text[:start] + " " * (end - start) + text[end:]


def only_entities(message: Message, kinds: frozenset[str]) -> Message:
    """The message with nothing but its mentions of some kinds."""
    kept: tuple[Entity, ...] = tuple(entity for entity in message.entities if entity.kind in kinds)
    text = " " * len(message.text)
    for entity in kept:
        text = text[: entity.start] + message.text[entity.start : entity.end] + text[entity.end :]
    return replace(message, text=text, entities=kept)
