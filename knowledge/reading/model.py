"""What a reader delivers: lines of running text and tables, in the order of the file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or heading on one line; `number` is the first line of the file that it came from."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Row:
    """One table row; every row of a table has as many cells as its header."""

    cells: tuple[str, ...]
    number: int

    @property
    def blank(self) -> bool:
        """True for a filler row."""
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header cells; header rows that are repeated at page breaks are not in `rows`."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    number: int


Block = Line | Table
