"""The annexes of a document laid out as tables, each row with its HTML id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from knowledge.anchors import row_anchor
from knowledge.records import Indicator, Task
from knowledge.selection.wording import PILLARS

NOTE = "Ghi chú"
_INDICATOR_COLUMNS = ("STT", "Chỉ tiêu, nhiệm vụ", "Mức đề ra", "Chủ trì", "Phối hợp", "Căn cứ", NOTE)
_TASK_COLUMNS = ("STT", "Nội dung", "Hình thức", "Thời gian", "Chủ trì", "Phối hợp")


@dataclass(frozen=True, slots=True)
class Row:
    """One annex row; a blank cell is an empty text."""

    anchor: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The rows under one printed group title (empty when the annex has none)."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One annex."""

    anchor: str
    title: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row before it is known which columns its annex has; None: the annex has no such column."""

    annex: str
    group: str
    anchor: str
    cells: tuple[str | None, ...]


def annex_tables(indicators: Iterable[Indicator], tasks: Iterable[Task]) -> tuple[Table, ...]:
    """All annexes of one document, in the order of the records."""
    return (
        *_tables(map(_indicator_line, indicators), _INDICATOR_COLUMNS),
        *_tables(map(_task_line, tasks), _TASK_COLUMNS),
    )


def _tables(lines: Iterable[_Line], columns: Sequence[str]) -> list[Table]:
    return [
        _table(annex, tuple(members), columns)
        for annex, members in groupby(lines, key=lambda line: line.annex)
    ]


def _table(annex: str, lines: tuple[_Line, ...], columns: Sequence[str]) -> Table:
    kept = [n for n in range(len(columns)) if any(line.cells[n] is not None for line in lines)]
    groups = [
        Group(title, tuple(Row(line.anchor, tuple(line.cells[n] or "" for n in kept)) for line in members))
        for title, members in groupby(lines, key=lambda line: line.group)
    ]
    anchor = f"{lines[0].anchor}-bang"
    return Table(anchor, _annex_title(annex), tuple(columns[n] for n in kept), tuple(groups))


def _indicator_line(item: Indicator) -> _Line:
    number = item.row if item.row is not None else "không đánh số"
    # Notes are nearly always blank; a column without any is noise.
    note = item.note_raw or None
    cells = (number, item.name, item.target_raw, item.lead_raw, item.coordinator_raw, item.basis_raw, note)
    return _Line(item.annex, _indicator_group(item), row_anchor(item.id), cells)


def _indicator_group(item: Indicator) -> str:
    title = PILLARS[item.pillar] if item.pillar else f"Đến năm {item.period.end}"
    return f"{item.group}. {title}".lstrip(". ")


def _task_line(item: Task) -> _Line:
    cells = (
        item.row,
        item.name,
        item.form or None,
        item.period_raw or None,
        item.lead_raw,
        item.coordinator_raw,
    )
    # The second group that is printed "V" is kept apart as "V-2"; people see what is printed.
    group = re.sub(r"-\d+$", "", item.group)
    return _Line(item.annex, f"{group}. {item.group_title}".strip(". "), row_anchor(item.id), cells)


def _annex_title(annex: str) -> str:
    return re.sub(r"^PL(?=\d)", "Phụ lục ", annex) or "Phụ lục"
