"""A list of indicators as a workbook: titled, sourced, wrapped, and never a formula made from text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import IO, TYPE_CHECKING

from knowledge.records import Agency, Document, Indicator, Pillar, Task
from knowledge.selection import Item, Movement, Selected
from knowledge.selection.wording import PILLARS, changes_in_words, holders_in_words, limits_in_words

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

BLANK = "(để trống)"
NAME = "danh-sach-chi-tieu.xlsx"
_COLUMNS = (
    ("TT", 5), ("STT trong phụ lục", 10), ("Nhóm", 16), ("Chỉ tiêu, nhiệm vụ", 60), ("Năm", 8),
    ("Mục tiêu", 24), ("Cơ quan chủ trì", 32), ("Cơ quan phối hợp", 38), ("Căn cứ pháp lý", 30),
    ("Văn bản", 34),
)  # fmt: skip
_CHANGE_COLUMNS = (
    ("TT", 5), ("STT mới", 9), ("STT cũ", 9), ("Nhóm", 16), ("Chỉ tiêu, nhiệm vụ", 56), ("Thay đổi", 18),
    ("Mục tiêu cũ", 22), ("Mục tiêu mới", 22), ("Chủ trì cũ", 30), ("Chủ trì mới", 30),
    ("Phối hợp cũ", 34), ("Phối hợp mới", 34),
)  # fmt: skip
_TASK_COLUMNS = (
    ("TT", 5), ("Phụ lục", 10), ("Nhóm", 10), ("STT", 7), ("Nhiệm vụ", 60), ("Thời gian", 14),
    ("Cơ quan chủ trì", 32), ("Cơ quan phối hợp", 38),
)  # fmt: skip
_MOVEMENTS = {
    Movement.UP: "tăng",
    Movement.DOWN: "giảm",
    Movement.MIXED: "có phần tăng, có phần giảm",
    Movement.SAME: "giữ nguyên mức",
    Movement.REWORDED: "đổi cách ghi",
    Movement.NEW: "mới có",
    Movement.GONE: "không còn",
}
# What a workbook may not hold: control characters but tab and line breaks, and lone surrogates.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_000
_HEAD = "0B5A3A"


def write_workbook(target: IO[bytes], found: Selected, agencies: Mapping[str, Agency], today: date) -> None:
    """Write the list row by row to `target`: a sheet of indicators, and one of tasks when there are any."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.title = "Danh sách chỉ tiêu"
    book.properties.creator = "Trợ lý số Vĩnh Long"
    title = _title(found, agencies)
    if found.items or not found.tasks:
        rows = _change_rows(found.items) if found.older else _rows(found.items, found.document)
        columns = _CHANGE_COLUMNS if found.older else _COLUMNS
        _fill(book.create_sheet("Chỉ tiêu"), title, _sources(found, today), columns, rows)
    if found.tasks:
        _fill(
            book.create_sheet("Nhiệm vụ"),
            title,
            _sources(found, today),
            _TASK_COLUMNS,
            _task_rows(found.tasks),
        )
    book.save(target)


def _fill(
    sheet: WriteOnlyWorksheet,
    title: str,
    sources: Sequence[str],
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[str | int]],
) -> None:
    """Title, sources and column names stay in sight; the rows follow below them."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    top = len(sources) + 3
    for number, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    line = Side(style="thin", color="CFD8D0")
    border, wrapped = Border(line, line, line, line), Alignment(wrap_text=True, vertical="top")
    sheet.append([_styled(_cell(sheet, title), font=Font(bold=True, size=14))])
    for source in sources:
        sheet.append([_cell(sheet, source)])
    sheet.append([])
    head = {"font": Font(bold=True, color="FFFFFF"), "fill": PatternFill("solid", _HEAD), "border": border}
    sheet.append([_styled(_cell(sheet, name), alignment=wrapped, **head) for name, _ in columns])
    count = 0
    for count, row in enumerate(rows, 1):
        sheet.append([_styled(_cell(sheet, v), alignment=wrapped, border=border) for v in (count, *row)])
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(columns))}{top + count}"


def _cell(sheet: WriteOnlyWorksheet, value: str | int) -> WriteOnlyCell:
    """A cell that holds what it is given: text that starts like a formula is text all the same."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    text = _FORBIDDEN.sub("", value)[:_LONGEST]
    made = WriteOnlyCell(sheet, text)
    made.data_type = "s"
    if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")):
        made.quotePrefix = True
    return made


def _styled(cell: WriteOnlyCell, **styles: object) -> WriteOnlyCell:
    for name, value in styles.items():
        setattr(cell, name, value)
    return cell


def _title(found: Selected, agencies: Mapping[str, Agency]) -> str:
    """What the list holds, as the chat says it."""
    who = holders_in_words(found.selection, agencies)
    parts = [who, *limits_in_words(found.selection), changes_in_words(found.selection)]
    told = ", ".join(part for part in parts if part)
    return f"Danh sách chỉ tiêu, nhiệm vụ{': ' + told if told else ''}"


def _sources(found: Selected, today: date) -> tuple[str, ...]:
    counted = [f"{len(found.items)} chỉ tiêu, nhiệm vụ"] if found.items or not found.tasks else []
    counted += [f"{len(found.tasks)} nhiệm vụ trong phụ lục nhiệm vụ"] if found.tasks else []
    lines = [f"Nguồn: {_name(plan)}" for plan in (found.document, found.older) if plan]
    return (*lines, f"Số dòng: {'; '.join(counted)}. Lập ngày {today:%d/%m/%Y}.")


def _name(document: Document) -> str:
    if document.signed_on is None:
        return f"{document.title} (bản không in số và ngày)"
    return f"{document.kind} {document.cite} ngày {document.signed_on:%d/%m/%Y}: {document.title}"


def _rows(items: Iterable[Item], document: Document) -> Iterator[tuple[str, ...]]:
    for item in items:
        row = item.indicator
        yield (
            _row(row),
            _pillar(row.pillar),
            row.name,
            str(row.period.end),
            _text(row.target_raw),
            _text(row.lead_raw),
            _text(row.coordinator_raw),
            _text(row.basis_raw),
            f"{document.cite}, {row.annex}",
        )


def _change_rows(items: Iterable[Item]) -> Iterator[tuple[str, ...]]:
    for item in items:
        change, row = item.change, item.indicator
        if change is None:
            continue
        sides = (change.before, change.after)
        pairs = [
            _text(getattr(side, column)) if side else "–"
            for column in ("target_raw", "lead_raw", "coordinator_raw")
            for side in sides
        ]
        told = [_MOVEMENTS[change.movement]]
        told += ["đổi chủ trì"] if change.lead else []
        told += ["đổi phối hợp"] if change.coordinator else []
        numbers = [_row(side) if side else "–" for side in reversed(sides)]
        yield (*numbers, _pillar(row.pillar), row.name, "; ".join(told), *pairs)


def _task_rows(tasks: Iterable[Task]) -> Iterator[tuple[str, ...]]:
    for task in tasks:
        places = (task.annex, task.group, task.row, task.name, _text(task.period_raw))
        yield (*places, _text(task.lead_raw), _text(task.coordinator_raw))


def _row(indicator: Indicator) -> str:
    return indicator.row or "không đánh số"


def _pillar(pillar: Pillar | None) -> str:
    return PILLARS[pillar] if pillar else ""


def _text(cell: str | None) -> str:
    """A printed cell: blank ones are said to be blank, missing columns too."""
    if cell is None:
        return "(phụ lục không có cột này)"
    return cell or BLANK
