"""What a file that nobody registered says of itself: number, date, place and title, when printed."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from knowledge.parsing.outline import in_capitals
from knowledge.reading import Line
from knowledge.records import Document, Period
from knowledge.registry import checksum
from vietnamese import fold

_NUMBER = re.compile(r"Số:\s*(\d+[/-][A-ZĐ][\w&/-]*)")
_DATED = re.compile(
    r"(?<!\w)([A-ZĐÀ-Ỹ]\w*(?: [A-ZĐÀ-Ỹ]\w*){0,5}),\s*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})"
)
_TITLE = re.compile(r"(KẾ HOẠCH|QUYẾT ĐỊNH|NGHỊ QUYẾT|CHƯƠNG TRÌNH|ĐỀ ÁN|CHỈ THỊ)")
_YEARS = re.compile(r"\b(20[1-4]\d)\b")
_WORD = re.compile(r"\w+")
_HEAD = 30


def describe(path: Path, lines: Sequence[Line]) -> Document:
    """A `Document` from the head of an unregistered file; what is not printed stays None or unknown."""
    head = [line.text for line in lines[:_HEAD]]
    number = _first(_NUMBER, head)
    dated = _first(_DATED, head)
    signed_on = _date(dated)
    province = _place(dated[1]) if dated else None
    spelling = _Spelling(lines, province)
    kind, title = _title(head, path)
    return Document(
        id=_slug(number[1] if number else path.stem) or checksum(path)[:12],
        cite=number[1] if number else path.stem,
        number=number[1] if number else None,
        title=spelling.lowered(title),
        kind=kind,
        issuer=spelling.lowered(_issuer(head)) or "Không rõ cơ quan ban hành",
        signed_on=signed_on,
        signer=None,
        province=province,
        period=_period(title, signed_on),
        official=number is not None,
        file=path.name,
        sha256=checksum(path),
        note="Văn bản chưa được đăng ký; thông tin đọc từ phần đầu văn bản.",
    )


class _Spelling:
    """How the running text writes abbreviations ("IoT", "5G") and the document its place of issue.

    A title in capitals is lowered without losing them.
    """

    def __init__(self, lines: Sequence[Line], place: str | None) -> None:
        text = " ".join(line.text for line in lines if not in_capitals(line.text))
        self._place = place
        self._forms: dict[str, str] = {}
        for form, _ in Counter(_WORD.findall(text)).most_common():
            self._forms.setdefault(form.lower(), form)

    def lowered(self, text: str) -> str:
        """A text in capitals as a sentence writes it; other texts stay as they are."""
        if not in_capitals(text):
            return text
        written = _WORD.sub(self._word, text)
        if self._place:
            written = re.sub(re.escape(self._place), self._place, written, flags=re.IGNORECASE)
        return written[:1].upper() + written[1:]

    def _word(self, match: re.Match[str]) -> str:
        low = match[0].lower()
        form = self._forms.get(low, low)
        return low if form.istitle() and form.isalpha() else form


def _first(pattern: re.Pattern[str], head: Sequence[str]) -> re.Match[str] | None:
    return next((match for text in head if (match := pattern.search(text))), None)


def _place(words: str) -> str | None:
    """The name of a place before a date: the last words that begin with a capital and go on without."""
    named = itertools.takewhile(
        lambda word: word[0].isupper() and not word.isupper(), reversed(words.split())
    )
    return " ".join(reversed(list(named))) or None


def _date(dated: re.Match[str] | None) -> date | None:
    """The printed date; None when there is none, or one that no calendar has."""
    try:
        return date(int(dated[4]), int(dated[3]), int(dated[2])) if dated else None
    except ValueError:
        return None


def _period(title: str, signed_on: date | None) -> Period:
    """The years of the title; a single one that lies ahead ("đến năm 2030") ends a period begun now."""
    years = {int(year) for year in _YEARS.findall(title)}
    if signed_on and (not years or signed_on.year < min(years) == max(years)):
        years.add(signed_on.year)
    return Period(min(years, default=0), max(years, default=0))


def _title(head: Sequence[str], path: Path) -> tuple[str, str]:
    """Kind and title, the title in capitals when it is printed so."""
    place = next((i for i, text in enumerate(head) if _TITLE.fullmatch(text)), None)
    if place is None or place + 1 >= len(head):
        return "Văn bản", path.stem
    kind, subject = head[place].capitalize(), head[place + 1]
    if in_capitals(subject):
        return kind, f"{head[place]} {subject}"
    return kind, f"{kind} {subject[:1].lower()}{subject[1:]}"


def _issuer(head: Sequence[str]) -> str:
    """The issuing body; a place on a line of its own belongs to it."""
    bodies = ("ỦY BAN NHÂN DÂN", "UBND", "SỞ ", "BỘ ")
    place = next((i for i, text in enumerate(head) if text.startswith(bodies)), None)
    if place is None:
        return ""
    below = head[place + 1] if place + 1 < len(head) else ""
    return f"{head[place]} {below}" if below.startswith(("TỈNH ", "THÀNH PHỐ ")) else head[place]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
