"""The shape of a message: what stands at its edges and which words occur together.

Figures, codes and foreign names are masked, in any domain: "từ boston đến dallas lúc 5 giờ" and "từ
denver đến san diego lúc 9 giờ" have nearly one shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from vietnamese.model import is_vietnamese

_FIGURE, _CODE, _NAME = "<figure>", "<code>", "<name>"
_EDGE = range(2, 6)
_PLACES = 5
#: Pairs are made of so many different words at most, so that a long story costs no more than a page.
_PAIRED = 48


def shape(words: Sequence[str]) -> list[str]:
    """The lower-case words with masks; a name of several foreign words is one."""
    out: list[str] = []
    for word in words:
        mask = _mask(word)
        if mask != _NAME or out[-1:] != [_NAME]:
            out.append(mask)
    return out


def _mask(word: str) -> str:
    if word.isdecimal():
        return _FIGURE
    if any(map(str.isdecimal, word)):
        return _CODE
    return word if is_vietnamese(word) else _NAME


def edges(masked: Sequence[str]) -> Iterator[str]:
    """The first and the last words as runs of growing length, and each of the first at its place."""
    bounded = ["^", *masked, "$"]
    for size in _EDGE:
        yield " ".join(bounded[:size])
        yield " ".join(bounded[-size:])
    for place, word in enumerate(masked[:_PLACES]):
        yield f"{place}:{word}"


def pairs(masked: Sequence[str]) -> Iterator[str]:
    """Each two words of the message, wherever they stand."""
    words = sorted(list(dict.fromkeys(masked))[:_PAIRED])
    for first, second in combinations(words, 2):
        yield f"{first} & {second}"
