"""Text as it is laid out on a page: paragraphs and lists, and periods in words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.records import Period

_BULLET = re.compile(r"\s*[-•+]\s+(.*)")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph (`text`), a list (`entries`) or a table (`rows`, the first one its head); one is filled."""

    text: str = ""
    entries: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(text: str) -> list[TextBlock]:
    """The paragraphs, bullet lists and tables (lines parted by " | ") of an answer's text, in order."""
    found: list[TextBlock] = []
    for line in text.split("\n"):
        cells = tuple(cell.strip() for cell in line.split(" | "))
        if len(cells) > 1:
            above = found.pop().rows if found and found[-1].rows else ()
            found.append(TextBlock(rows=(*above, cells)))
        elif bullet := _BULLET.fullmatch(line):
            before = found.pop().entries if found and found[-1].entries else ()
            found.append(TextBlock(entries=(*before, bullet[1])))
        elif line.strip():
            found.append(TextBlock(text=line.strip()))
    return found


def years(period: Period) -> str:
    """A period in words."""
    return f"năm {period.start}" if period.start == period.end else f"giai đoạn {period.start}–{period.end}"
