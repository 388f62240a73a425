"""Legal-basis cells: the number and the date of each document that a cell names."""

from __future__ import annotations

import re
from datetime import date

from knowledge.records import LegalBasis

_NUMBER = r"\d+(?:/\d{4})?[-/][A-ZĐ]+(?:[-/&][A-ZĐa-zđ]+)*"
_BASIS = re.compile(
    rf"(?:Nghị quyết|Quyết định|Kế hoạch|Nghị định|Công văn|Thông tư|Tờ trình)\s+(?:số\s+)?({_NUMBER})"
    r"(?:,?\s*ngày\s+(\d{1,2})/(\d{1,2})/(\d{4}))?"
)


def parse_bases(cell: str) -> tuple[LegalBasis, ...]:
    """The documents named by number in a cell or a sentence, in printed order."""
    found = _BASIS.finditer(cell)
    return tuple(LegalBasis(m[1], _date(m[2], m[3], m[4]), m[0]) for m in found)


def _date(day: str | None, month: str | None, year: str | None) -> date | None:
    """A printed date; None when there is none, or one that no calendar has."""
    try:
        return date(int(year), int(month), int(day)) if day and month and year else None
    except ValueError:
        return None
