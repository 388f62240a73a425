"""The numbers under which suggestions are picked where there are no buttons."""

from __future__ import annotations

import re

from bot.channels.protocol import Offer
from trolyso.answer import Answer, Suggestion

_LINE = re.compile(r"^[ \t]*(\d{1,3})\.[ \t]+(\S.*?)[ \t]*$", re.MULTILINE)


def listed(text: str) -> dict[int, str]:
    """The numbered lines of a text, as number and words; the last one counts when a number comes twice."""
    return {int(number): words for number, words in _LINE.findall(text)}


def numbers_of(answer: Answer) -> tuple[int, ...]:
    """A number for each suggestion, such that none can be taken for another line of the answer.

    A suggestion that stands as a numbered line in the text has the number of that line; the others go on
    behind the highest number of the text (1, 2, 3 when it has none).
    """
    lines = listed(answer.text)
    found: list[int] = []
    for item in answer.suggestions:
        number = _own(item, lines)
        found.append(0 if number in found else number)
    following = max([*lines, *found], default=0)
    for at, number in enumerate(found):
        if not number:
            following += 1
            found[at] = following
    return tuple(found)


def is_listed(offer: Offer, lines: dict[int, str]) -> bool:
    """True when the offer stands under its number among the numbered `lines` of the answer."""
    words = lines.get(offer.number, "")
    same = words.casefold() == offer.title.casefold() or offer.message.strip() == str(offer.number)
    return bool(words) and same


def _own(item: Suggestion, lines: dict[int, str]) -> int:
    message = item.message.strip()
    if message.isascii() and message.isdigit() and len(message) <= 3:
        return int(message)
    return next((n for n, words in lines.items() if words.casefold() == item.title.casefold()), 0)
