"""Long text in pieces that a platform takes, cut where a reader would pause."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

Cost = Callable[[str], int]

# Best place first: the end of a paragraph, a line, a sentence, a clause, a word.
_PLACES = tuple(map(re.compile, (r"\n\s*\n", r"\n", r"[.!?…][\"”’)\]]*\s", r"[;:,]\s", r"\s")))
# A better place is not taken when it leaves a piece emptier than this.
_FULL_ENOUGH = (0.4, 0.4, 0.5, 0.7, 0.0)
_JOINER = "\u200d"
_SKIN = range(0x1F3FB, 0x1F400)
_FLAG = range(0x1F1E6, 0x1F200)
_LONGEST_CLUSTER = 64


def utf16(text: str) -> int:
    """Length as Telegram counts it: UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


def split(text: str, limit: int, cost: Cost = utf16) -> tuple[str, ...]:
    """Pieces of `text` that cost at most `limit` each, in order; white space at the cuts is dropped.

    `cost` of a text is the sum of the costs of its characters, each of which is at most `limit`. A word is
    cut only when it does not fit into a piece, and then not inside a letter with its marks or an emoji.
    """
    pieces: list[str] = []
    rest = text.strip()
    while rest:
        end = _reach(rest, limit, cost)
        if end < len(rest):
            end = _pause(rest, end)
        pieces.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return tuple(pieces)


def pack(parts: Iterable[str], limit: int, cost: Cost = utf16, gap: str = "\n\n") -> list[str]:
    """`parts`, none of which costs more than `limit`, put together as long as they fit."""
    packed: list[str] = []
    for part in filter(None, parts):
        if packed and cost(packed[-1]) + cost(gap) + cost(part) <= limit:
            packed[-1] += gap + part
        else:
            packed.append(part)
    return packed


def _reach(text: str, limit: int, cost: Cost) -> int:
    """How many characters fit; at least one."""
    if cost(text) <= limit:
        return len(text)
    spent = 0
    for at, char in enumerate(text):
        spent += cost(char)
        if spent > limit:
            return max(at, 1)
    return len(text)


def _pause(text: str, end: int) -> int:
    """The best cut at or before `end`."""
    for place, share in zip(_PLACES, _FULL_ENOUGH, strict=True):
        # One character more: white space right behind the window is dropped, so that it costs nothing.
        cuts = (match.end() for match in place.finditer(text, 0, end + 1))
        found = max((at for at in cuts if not _inside(text, at)), default=0)
        if found > share * end:
            return found
    return _whole(text, end)


def _whole(text: str, end: int) -> int:
    """The nearest cut at or before `end` that is not inside one visible character."""
    for at in range(end, max(end - _LONGEST_CLUSTER, 0), -1):
        if not _inside(text, at):
            return at
    return end


def _inside(text: str, at: int) -> bool:
    if at == len(text):
        return False
    left, right = text[at - 1], text[at]
    if right == _JOINER or left == _JOINER or ord(right) in _SKIN or unicodedata.category(right)[0] == "M":
        return True
    if ord(right) not in _FLAG:
        return False
    start = at
    while start and ord(text[start - 1]) in _FLAG:
        start -= 1
    return (at - start) % 2 == 1
