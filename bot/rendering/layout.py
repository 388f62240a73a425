"""An answer's text made ready for a narrow screen without markup: what every text channel does first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby, pairwise

# Begins each line of a table that is to keep its columns; no text from outside holds it (see `sound`).
COLUMNS = "\ue000"
_CELLS = " | "
_NUMBERED = re.compile(r"[ \t]*\d{1,3}\. ")
_DENSE = 70
_ONE_LINE = 60
_DROPPED = frozenset({"Cc", "Co", "Cn"})
# These turn the direction of what follows, even of our own words.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SOURCE = "Nguồn:"


def sound(text: str) -> str:
    """Text that can be sent anywhere: surrogates are paired or replaced, control characters are dropped."""
    paired = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = paired.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(filter(_stays, lines)).strip()


def _stays(char: str) -> bool:
    return char in "\n\t" or (unicodedata.category(char) not in _DROPPED and char not in _TURNING)


def flat(text: str) -> str:
    """`sound` text on one line."""
    return " ".join(sound(text).split())


def parted(text: str) -> tuple[str, tuple[str, ...]]:
    """The text, and the lines at its end that name its sources."""
    lines = text.split("\n")
    end = len(lines)
    while end and lines[end - 1].lstrip().startswith(SOURCE):
        end -= 1
    return "\n".join(lines[:end]).rstrip(), tuple(line.strip() for line in lines[end:])


def airy(text: str) -> str:
    """Long numbered lines stand apart by a blank line: a wall of text is hard to read on a phone."""
    lines = text.split("\n")
    numbered = [line for line in lines if _NUMBERED.match(line)]
    if len(numbered) < 2 or sum(map(len, numbered)) < _DENSE * len(numbered):
        return text
    spaced = [lines[0]]
    for before, line in pairwise(lines):
        if before.strip() and line.strip() and (_NUMBERED.match(line) or _NUMBERED.match(before)):
            spaced.append("")
        spaced.append(line)
    return "\n".join(spaced)


def tabled(text: str, widest: int = 0) -> str:
    """Tables (lines parted by " | ", the first one the head) as lines that can be read without columns.

    A table at most `widest` columns wide keeps them: its lines are padded and begin with `COLUMNS`.
    """
    parts: list[str] = []
    for is_table, lines in groupby(text.split("\n"), lambda line: _CELLS in line):
        run = list(lines)
        parts += _table([line.split(_CELLS) for line in run], widest) if is_table and run[1:] else run
    return "\n".join(parts)


def _table(rows: list[list[str]], widest: int) -> Iterator[str]:
    rows = [[cell.strip() for cell in row] for row in rows]
    widths = [max(len(row[at]) for row in rows if at < len(row)) for at in range(max(map(len, rows)))]
    if sum(widths) + 2 * (len(widths) - 1) <= widest:
        for row in rows:
            padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
            yield COLUMNS + "  ".join(padded).rstrip()
        return
    head, *body = rows
    yield f"{head[0]} ({' → '.join(head[1:])}):"
    for name, *cells in body:
        yield from _row(name, head[1:], cells)


def _row(name: str, heads: list[str], cells: list[str]) -> Iterator[str]:
    """The cells on one line, or one below the other when they are long; equal ones are told once."""
    if len(cells) > 1 and len(set(cells)) == 1:
        yield f"• {name}: {cells[0]} (như nhau)"
    elif sum(map(len, cells)) <= _ONE_LINE or len(cells) != len(heads):
        yield f"• {name}: {' → '.join(cells)}"
    else:
        yield f"• {name}:"
        yield from (f"   {head}: {cell}" for head, cell in zip(heads, cells, strict=True))
