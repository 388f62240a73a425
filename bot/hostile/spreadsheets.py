"""Cells of a workbook that a spreadsheet program would calculate."""

from __future__ import annotations

import io
from collections.abc import Iterator
from zipfile import BadZipFile

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def formulas(workbook: bytes) -> Iterator[str]:
    """The places of formulas, and of text that starts like one without being marked as text.

    A workbook that cannot be opened has the one place ``?``.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(workbook))
    except (InvalidFileException, BadZipFile, KeyError, ValueError):
        yield "?"
        return
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                text = cell.value if isinstance(cell.value, str) else ""
                if cell.data_type == "f" or (text.startswith(_STARTS) and not cell.quotePrefix):
                    yield f"{sheet.title}!{cell.coordinate}"
