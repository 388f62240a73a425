"""Annex tables become indicators, tasks or planned documents, told by their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

from knowledge.agencies import AgencyRegistry
from knowledge.parsing.bases import parse_bases
from knowledge.parsing.columns import Column, Columns
from knowledge.parsing.rows import AnnexRow, annex_rows
from knowledge.parsing.targets import parse_named_targets, parse_targets
from knowledge.reading import Table
from knowledge.records import Assignment, Document, Indicator, Period, Pillar, Role, Target, Task, Unplaced
from knowledge.registry import Errata
from vietnamese import fold

_PILLARS = {"chinh quyen so": Pillar.GOVERNMENT, "kinh te so": Pillar.ECONOMY, "xa hoi so": Pillar.SOCIETY}
_HORIZON = re.compile(r"[Đđ]ến (?:hết )?năm (\d{4})")
_YEARS = re.compile(r"\b(?:19|20)\d{2}\b")


_RECORD_COLUMNS = frozenset({Column.ROW, Column.NAME, Column.LEAD, Column.COORDINATOR})
_TASK_COLUMNS = _RECORD_COLUMNS | {Column.YEARS, Column.FORM}
_INDICATOR_COLUMNS = _RECORD_COLUMNS | {Column.TARGET, Column.BASIS, Column.NOTE}


class AnnexParser:
    """Parses the annexes of one document; what it cannot place is gathered in `unplaced`."""

    def __init__(self, document: Document, agencies: AgencyRegistry, errata: Errata) -> None:
        self._document = document
        self._agencies = agencies
        self._errata = errata
        self.indicators: list[Indicator] = []
        self.tasks: list[Task] = []
        self.unplaced: list[Unplaced] = []

    def parse(self, table: Table, annex: str, alone: bool) -> None:
        """Add the records of one table. `alone`: the document has one annex, so its rows need no prefix."""
        columns = Columns.of(table.header)
        if Column.NAME not in columns:
            for number, cells in [(table.number, table.header), *((r.number, r.cells) for r in table.rows)]:
                self._report(number, cells, "bảng không có cột nội dung")
            return
        rows = annex_rows(table, columns)
        keys = self._keys(rows, annex, alone)
        tasks = Column.TARGET not in columns and (Column.YEARS in columns or Column.FORM in columns)
        self._report_columns(table, columns, _TASK_COLUMNS if tasks else _INDICATOR_COLUMNS)
        for row, key in zip(rows, keys, strict=True):
            if not columns.cell(row.cells, Column.NAME):
                self._report(row.line, row.cells, "dòng không có nội dung")
            elif tasks:
                self.tasks.append(self._task(row, columns, annex, key))
            else:
                self.indicators.append(self._indicator(row, columns, annex, key))

    def _report(self, line: int, cells: Sequence[str], reason: str) -> None:
        self.unplaced.append(Unplaced(line, " · ".join(cell for cell in cells if cell), reason))

    def _report_columns(self, table: Table, columns: Columns, kept: frozenset[Column]) -> None:
        """Columns with content that the records have no place for."""
        places = {place for column, place in columns.places.items() if column in kept}
        for place, title in enumerate(table.header):
            if place not in places and any(row.cells[place] for row in table.rows):
                self.unplaced.append(Unplaced(table.number, title, "cột không thuộc loại nào đã biết"))

    def _keys(self, rows: Sequence[AnnexRow], annex: str, alone: bool) -> list[str]:
        """Unique ids: the row's number where that is enough, else annex, group and number."""
        numbered = [row.number for row in rows if row.number]
        plain = alone and len(set(numbered)) == len(numbered)
        keys: dict[str, None] = {}
        names: dict[str, Iterator[str]] = {}
        for row in rows:
            number = row.number or "-"
            parts = [number] if plain else [part for part in (annex, row.group, number) if part]
            base = f"{self._document.id}:{'.'.join(parts)}"
            unused = names.setdefault(base, _numbered_names(base))
            keys[next(key for key in unused if key not in keys)] = None
        return list(keys)

    def _indicator(self, row: AnnexRow, columns: Columns, annex: str, key: str) -> Indicator:
        name = self._shown(columns.cell(row.cells, Column.NAME) or "")
        target = columns.cell(row.cells, Column.TARGET)
        lead, coordinator = (columns.cell(row.cells, c) for c in (Column.LEAD, Column.COORDINATOR))
        basis = columns.cell(row.cells, Column.BASIS)
        return Indicator(
            id=key,
            document_id=self._document.id,
            annex=annex,
            group=row.group,
            row=row.number,
            order=len(self.indicators) + 1,
            pillar=next((p for words, p in _PILLARS.items() if words in fold(row.group_title)), None),
            name=name,
            period=self._period(row.group_title),
            target_raw=None if target is None else " ".join(target.split()),
            lead_raw=lead,
            coordinator_raw=coordinator,
            basis_raw=basis,
            note_raw=columns.cell(row.cells, Column.NOTE),
            targets=_targets(target, name),
            assignments=self._assignments(row, lead, coordinator),
            bases=parse_bases(basis or ""),
        )

    def _task(self, row: AnnexRow, columns: Columns, annex: str, key: str) -> Task:
        lead, coordinator = (columns.cell(row.cells, c) or "" for c in (Column.LEAD, Column.COORDINATOR))
        years = columns.cell(row.cells, Column.YEARS) or ""
        return Task(
            id=key,
            document_id=self._document.id,
            annex=annex,
            group=row.group,
            group_title=row.group_title,
            row=row.number or "",
            order=len(self.tasks) + 1,
            name=self._shown(columns.cell(row.cells, Column.NAME) or ""),
            period=_years(years),
            period_raw=years,
            lead_raw=lead,
            coordinator_raw=coordinator,
            form=columns.cell(row.cells, Column.FORM) or "",
            assignments=self._assignments(row, lead, coordinator),
        )

    def _shown(self, text: str) -> str:
        return self._errata.shown(self._document.id, " ".join(text.split()))

    def _period(self, group_title: str) -> Period:
        """A group titled "Đến năm 2030" sets the year of its goals; otherwise the plan does."""
        horizon = _HORIZON.search(group_title)
        return Period(int(horizon[1]), int(horizon[1])) if horizon else self._document.period

    def _assignments(
        self, row: AnnexRow, lead: str | None, coordinator: str | None
    ) -> tuple[Assignment, ...]:
        found: list[Assignment] = []
        for cell, role in ((lead, Role.LEAD), (coordinator, Role.COORDINATOR)):
            reading = self._agencies.read(cell or "", role)
            found.extend(reading.assignments)
            if reading.unknown:
                reason = f"ô {role.value} dòng {row.number or 'không số'}: không có trong danh mục cơ quan"
                self.unplaced.append(Unplaced(row.line, reading.unknown, reason))
        return tuple(found)


def _numbered_names(base: str) -> Iterator[str]:
    """The name itself, then "-2", "-3"… for rows that print the same number."""
    yield base
    for times in count(2):
        yield f"{base}-{times}"


def _targets(cell: str | None, name: str) -> tuple[Target, ...]:
    """The targets of a row; values on lines of their own are parted like values behind a semicolon."""
    if cell is None:
        return parse_named_targets(name)
    return parse_targets("; ".join(line.strip() for line in cell.split("\n") if line.strip()), name)


def _years(text: str) -> Period | None:
    """From the first to the last year of a cell; None when it names none ("Thường xuyên")."""
    years = [int(year) for year in _YEARS.findall(text)]
    return Period(min(years), max(years)) if years else None


def annex_names(tables: int, registered: Sequence[str]) -> list[str]:
    """The ids of a document's annexes in order; unregistered ones are PL1, PL2…"""
    return [registered[i] if i < len(registered) else f"PL{i + 1}" for i in range(tables)]
