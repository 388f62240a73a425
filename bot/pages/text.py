"""Text as it is laid out on a page: paragraphs and lists, and periods in words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.records import Period

_BULLET = re.compile(r"\s*[-•+]\s+(.*)")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph (`text`) or a list (`entries`); the other one is empty."""

    text: str = ""
    entries: tuple[str, ...] = ()


def blocks(text: str) -> list[TextBlock]:
    """The paragraphs and bullet lists of an answer's text, in order."""
    found: list[TextBlock] = []
    for line in text.split("\n"):
        if bullet := _BULLET.fullmatch(line):
            before = found.pop().entries if found and found[-1].entries else ()
            found.append(TextBlock(entries=(*before, bullet[1])))
        elif line.strip():
            found.append(TextBlock(text=line.strip()))
    return found


def years(period: Period) -> str:
    """A period in words."""
    return f"năm {period.start}" if period.start == period.end else f"giai đoạn {period.start}–{period.end}"
