"""Limits of values in a message: "trên 80%", "từ 50% trở lên", "dưới 30%", "từ 5 đến 10 sản phẩm"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vietnamese import fold

_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d+)?"
_PERCENT = r"(?:%|phan tram|ptram|pt)(?!\w)"
_YEAR = re.compile(r"(?:19|20)\d\d")
#: What may stand behind a number without a unit: nothing that is counted.
_END = r"(?=\s*(?:$|[?.!,;)]|(?:thi|la|khong|hong|ko|vay|nhi|nha|nam|cua|do|ma|tro|va|hay|hoac|gom|co)\b))"
_EQUAL = "equal"


@dataclass(frozen=True)
class Limit:
    """One limit: `value` is ``over:80:%``; `start` and `end` are offsets in the text that was read."""

    value: str
    start: int
    end: int


class BoundReader:
    """Reads limits of values from folded text.

    `before` and `behind` map each relation ("over", "at-least", "equal", "below", "at-most") to the words
    that say it in front of a number and behind it; `units` are the things that are counted.
    """

    def __init__(
        self, before: Mapping[str, Iterable[str]], behind: Mapping[str, Iterable[str]], units: Sequence[str]
    ) -> None:
        self._before = {fold(word): name for name, words in before.items() for word in words}
        self._behind = {fold(word): name for name, words in behind.items() for word in words}
        self._units = {fold(unit): unit for unit in units}
        unit = rf"(?P<unit>{_PERCENT}|(?:{_choice(self._units)})(?!\w)|{_END})"
        self._limit = re.compile(
            rf"(?:(?<!\w)(?P<before>{_choice(self._before)})\s*)?(?<![\w.,/%-])(?P<number>{_NUMBER})"
            rf"(?![\d/]|[.,-]\d)\s*{unit}(?:\s*(?P<behind>{_choice(self._behind)})(?!\w))?"
        )
        self._range = re.compile(
            rf"(?<!\w)(?:tu|giua|khoang)\s*(?P<low>{_NUMBER})\s*(?:{_PERCENT})?\s*(?:den|toi|va|-)\s*"
            rf"(?P<high>{_NUMBER})\s*(?P<unit>{_PERCENT}|(?:{_choice(self._units)})(?!\w))"
        )

    def find(self, folded: str) -> Iterator[Limit]:
        """The limits in the order of the text; a number without any word is an exact share."""
        taken = 0
        for span in self._range.finditer(folded):
            yield Limit(self._value("at-least", span["low"], span["unit"]), span.start(), span.end())
            yield Limit(self._value("at-most", span["high"], span["unit"]), span.start(), span.end())
            taken = span.end()
        for hit in self._limit.finditer(folded, taken):
            relation = self._relation(hit)
            if relation:
                yield Limit(self._value(relation, hit["number"], hit["unit"]), hit.start(), hit.end())

    def _relation(self, hit: re.Match[str]) -> str | None:
        """What the words say; None for a number that limits nothing (a year, a count without a word)."""
        said = self._before.get(hit["before"] or "")
        if not hit["unit"] and (_YEAR.fullmatch(hit["number"]) or said in (None, _EQUAL)):
            return None
        if hit["behind"]:
            return self._behind[hit["behind"]]
        percent = bool(hit["unit"]) and hit["unit"] not in self._units
        return said or (_EQUAL if percent else None)

    def _value(self, relation: str, number: str, unit: str) -> str:
        figures = number.replace(".", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", number) else number
        amount = Decimal(figures.replace(",", "."))
        return f"{relation}:{amount:f}:{self._units.get(unit, '%') if unit else ''}"


def _choice(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
