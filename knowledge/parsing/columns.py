"""Which column of an annex holds what, told by the header cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from vietnamese import fold


class Column(StrEnum):
    """What a column of an annex holds."""

    ROW = "row"
    NAME = "name"
    TARGET = "target"
    LEAD = "lead"
    COORDINATOR = "coordinator"
    BASIS = "basis"
    NOTE = "note"
    YEARS = "years"
    FORM = "form"


_HEADERS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (Column.ROW, re.compile(r"(so )?(tt|stt)\.?")),
    (Column.LEAD, re.compile(r".*chu tri.*")),
    (Column.COORDINATOR, re.compile(r".*phoi hop.*")),
    (Column.BASIS, re.compile(r".*(can cu|co so) phap ly.*")),
    (Column.NOTE, re.compile(r"ghi chu")),
    (Column.YEARS, re.compile(r"(nam|thoi gian|tien do).*(thuc hien|hoan thanh)?")),
    (Column.FORM, re.compile(r"loai hinh.*|san pham.*|hinh thuc.*")),
    (Column.TARGET, re.compile(r"muc tieu|chi tieu( nam)? \d{4}|don vi.*|ke hoach nam.*")),
    (Column.NAME, re.compile(r".*(nhiem vu|chi tieu|noi dung|hoat dong).*")),
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each kind of cell stands in a table."""

    places: dict[Column, int]

    @classmethod
    def of(cls, header: tuple[str, ...]) -> Columns:
        """Read a header; a cell that fits no kind, or a kind that is taken, is left out."""
        places: dict[Column, int] = {}
        for place, cell in enumerate(header):
            folded = " ".join(fold(cell).split())
            kind = next((k for k, pattern in _HEADERS if k not in places and pattern.fullmatch(folded)), None)
            if kind is not None:
                places[kind] = place
        return cls(places)

    def __contains__(self, column: Column) -> bool:
        return column in self.places

    def cell(self, cells: tuple[str, ...], column: Column) -> str | None:
        """The text of a cell; None when the table has no such column."""
        place = self.places.get(column)
        return cells[place] if place is not None else None
