"""Years, dates, percentages, plain numbers and ordinals in a message, accented or not.

Every finding carries its character offsets in the text that was given. The patterns are read on
folded text, which keeps its length for NFC text; give cleaned text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from vietnamese.text import fold

FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class Year:
    """A year that is named; `relative` is True for "năm nay", "năm ngoái" and the like."""

    value: int
    start: int
    end: int
    relative: bool = False


@dataclass(frozen=True)
class Number:
    """A number; `unit` is "%" for a percentage, else empty."""

    value: Decimal
    unit: str
    start: int
    end: int


@dataclass(frozen=True)
class Day:
    """A calendar date; `full` is False when no year is named and that of today was taken."""

    value: date
    full: bool
    start: int
    end: int


@dataclass(frozen=True)
class Ordinal:
    """A place in a list: 1 is the first, -1 the last. `printed` is True for "số 3" and "STT 3"."""

    value: int
    printed: bool
    start: int
    end: int


#: What follows an amount, so that "2000 doanh nghiệp" names no year.
_COUNTED = (
    r"doanh nghiep|ho\b(?! tro)|diem|nguoi|xa\b|san pham|hoc vien|luot|truong\b|ty\b(?! (?:le|trong))"
    r"|trieu|dong\b|co so|tram|thue bao"
)
# "hồi 2023 trường đại học…" names a year, "2023 trường" counts schools.
_YEAR = re.compile(
    r"(?<![\d.,])(?<!\w)(?:(?<=\bnam )|(?<=\bchi tieu )|(?<=\bke hoach )|(?<=\bhoi )|(?<=\bcuoi )|(?<=\bdau )"
    rf"|(?!(?:19|20)\d\d (?:{_COUNTED})))"
    r"((?:19|20)\d\d)(?![\d%]|[.,]\d|/\w)"
)
_SHORT_YEAR = re.compile(r"\bnam (?:hai )?(\d\d)(?![\d%]|[.,/-]\d)(?! (?:tuoi|phan|chi|ho|xa))")
_RELATIVE = (
    (re.compile(r"\bnam (?:nay|hien tai)\b"), 0),
    (re.compile(r"\bnam (?:ngoai|truoc|roi|vua qua)\b(?! (?:do|ay|2|1))"), -1),
    (re.compile(r"\bnam (?:kia)\b"), -2),
    (re.compile(r"\b(?:nam (?:toi|sau|sap toi|ke tiep)|sang nam|qua nam)\b(?! \d)"), 1),
)
_PERCENT = re.compile(r"(?<![\d.,])(\d+(?:[.,]\d+)?) ?(?:%|phan tram\b|ptram\b)")
_NUMBER = re.compile(r"(?<![\w/.,-])(\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?)(?![\w/%-]|[.,]\d)")
_NUMERIC_DAY = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})(?:[/.-]((?:19|20)\d\d))?(?![\d/]|[.-]\d|%)")
_SPELLED_DAY = re.compile(r"\bngay (\d{1,2}) thang (\d{1,2})(?:(?: nam|[/,])? ?((?:19|20)\d\d))?\b")
_WORDS = {
    "nhat": 1, "mot": 1, "dau": 1, "dau tien": 1, "hai": 2, "nhi": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5,
    "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "cuoi": -1, "cuoi cung": -1, "chot": -1,
}  # fmt: skip
_ORDINAL_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_THINGS = "cai|dong|chi tieu|muc|y|so|lua chon|phuong an|cau|tieu chi|nhiem vu|hang|van ban|khoan|ket qua"
_ORDINALS = (
    (re.compile(r"\b(?:stt|so thu tu|chi tieu so|dong so|hang so)\.? ?(\d{1,3})(?![\d/%]|[.,-]\d)"), True),
    (
        re.compile(
            r"\b(?:cai |muc |y )?so (\d{1,3})(?![\d/%]|[.,-]\d|-[a-z])(?! (?:phan tram|ho|xa|nguoi|dich vu))"
        ),
        True,
    ),
    (re.compile(rf"\b(?:(?:{_THINGS}) )?thu ((?:\d{{1,3}})|{_ORDINAL_WORD})\b(?![/%])"), False),
    (re.compile(rf"\b(?:{_THINGS}) (dau tien|dau|cuoi cung|cuoi|chot)\b"), False),
)


def years(text: str, today: date) -> list[Year]:
    """The years that a text names, in its order; relative ones are counted from `today`.

    The years of dates and of ranges count too, those inside document numbers ("43/2019/QH14") do not.
    """
    folded = fold(text)
    found = [Year(int(hit.group(1)), hit.start(), hit.end()) for hit in _YEAR.finditer(folded)]
    found += [Year(2000 + int(hit.group(1)), hit.start(), hit.end()) for hit in _SHORT_YEAR.finditer(folded)]
    for pattern, shift in _RELATIVE:
        hits = pattern.finditer(folded)
        found += [Year(today.year + shift, hit.start(), hit.end(), relative=True) for hit in hits]
    return sorted(
        (year for year in found if FIRST_YEAR <= year.value <= LAST_YEAR), key=lambda year: year.start
    )


def means_future(text: str) -> bool:
    """Whether a text speaks of what is to come without a year ("sắp tới", "thời gian tới")."""
    return bool(
        re.search(r"\b(?:sap toi|sap den|thoi gian toi|trong tuong lai|mai mot|nay mai)\b", fold(text))
    )


def percents(text: str) -> list[Number]:
    """The percentages: "90%", "37,5 %", "80 phần trăm"."""
    hits = _PERCENT.finditer(fold(text))
    return [Number(_decimal(hit.group(1)), "%", hit.start(), hit.end()) for hit in hits]


def numbers(text: str) -> list[Number]:
    """Every number that stands alone, percentages too; parts of dates and document numbers do not.

    A point or comma before three figures parts thousands, before other figures it is the decimal sign.
    """
    share = percents(text)
    named = [*_NUMERIC_DAY.finditer(fold(text)), *_SPELLED_DAY.finditer(fold(text))]
    taken = {at for number in share for at in range(number.start, number.end)}
    taken |= {at for hit in named for at in range(hit.start(), hit.end())}
    hits = (hit for hit in _NUMBER.finditer(fold(text)) if hit.start() not in taken)
    plain = [Number(_decimal(hit.group(1)), "", hit.start(), hit.end()) for hit in hits]
    return sorted([*share, *plain], key=lambda number: number.start)


def _decimal(figures: str) -> Decimal:
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", figures):
        return Decimal(re.sub(r"[.,]", "", figures))
    return Decimal(figures.replace(",", "."))


def dates(text: str, today: date) -> list[Day]:
    """The calendar dates: "15/12/2024", "15/12", "ngày 15 tháng 12 năm 2024"."""
    folded = fold(text)
    hits = sorted(
        [*_NUMERIC_DAY.finditer(folded), *_SPELLED_DAY.finditer(folded)], key=lambda hit: hit.start()
    )
    return [day for hit in hits if (day := _day(hit, today)) is not None]


def _day(hit: re.Match[str], today: date) -> Day | None:
    day, month, year = hit.groups()
    try:
        value = date(int(year or today.year), int(month), int(day))
    except ValueError:
        return None
    return Day(value, year is not None, hit.start(), hit.end())


def ordinals(text: str) -> list[Ordinal]:
    """Places in a list: "cái thứ 2", "số 3", "thứ nhất", "dòng đầu", "cái cuối"."""
    found: list[Ordinal] = []
    folded = fold(text)
    for pattern, printed in _ORDINALS:
        for hit in pattern.finditer(folded):
            if not any(other.start < hit.end() and hit.start() < other.end for other in found):
                found.append(Ordinal(_place(hit.group(1)), printed, hit.start(), hit.end()))
    return sorted(found, key=lambda ordinal: ordinal.start)


def _place(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS[word]
