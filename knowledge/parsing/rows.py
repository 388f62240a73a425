"""Annex rows in groups: numbered rows, unnumbered rows, group titles and rows broken by a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.parsing.columns import Column, Columns
from knowledge.reading import Row, Table

_NUMBER = re.compile(r"(\d{1,3})\.?")
_GROUP = re.compile(r"([A-ZĐ]|[IVX]{1,5})\.?")
_GROUP_TITLE = re.compile(r"([A-ZĐ]|[IVX]{1,5})\.\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One row with its group: `number` is the printed STT or None, `group` a path such as ``A.V-2``."""

    number: str | None
    group: str
    group_title: str
    cells: tuple[str, ...]
    line: int


def annex_rows(table: Table, columns: Columns) -> list[AnnexRow]:
    """All rows that carry a record, in printed order."""
    rows: list[AnnexRow] = []
    groups = _Groups()
    for row in table.rows:
        if title := _group_title(row, columns):
            groups.open(*title)
        elif rows and _goes_on(row, columns):
            rows[-1] = replace(rows[-1], cells=tuple(_joined(rows[-1].cells, row.cells)))
        else:
            number = _NUMBER.fullmatch(columns.cell(row.cells, Column.ROW) or "")
            printed = number[1] if number else None
            rows.append(AnnexRow(printed, groups.path, groups.title, row.cells, row.number))
    return rows


class _Groups:
    """The open groups: letters hold Roman numbers; a numeral that comes twice is told apart."""

    def __init__(self) -> None:
        self._letter = ""
        self.path = ""
        self.title = ""
        self._seen: set[str] = set()

    def open(self, key: str, title: str) -> None:
        roman = re.fullmatch(r"[IVX]+", key) is not None
        if not roman:
            self._letter = key
        base = f"{self._letter}.{key}" if roman and self._letter else key
        path, times = base, 1
        while path in self._seen:
            times += 1
            path = f"{base}-{times}"
        self._seen.add(path)
        self.path, self.title = path, title


def _group_title(row: Row, columns: Columns) -> tuple[str, str] | None:
    """Key and title when a row only titles a group."""
    filled = [cell for cell in row.cells if cell]
    first = columns.cell(row.cells, Column.ROW) or ""
    if len(filled) == 1 and (match := _GROUP_TITLE.fullmatch(filled[0])):
        return match.group(1), " ".join(match.group(2).split())
    if len(filled) == 2 and filled[0] == first and (match := _GROUP.fullmatch(first)):
        return match.group(1), " ".join(filled[1].split())
    return None


def _goes_on(row: Row, columns: Columns) -> bool:
    """A row whose number and name are blank continues the row above a page break."""
    return not columns.cell(row.cells, Column.ROW) and not columns.cell(row.cells, Column.NAME)


def _joined(above: tuple[str, ...], below: tuple[str, ...]) -> Iterator[str]:
    for first, second in zip(above, below, strict=True):
        yield f"{first} {second}".strip()
