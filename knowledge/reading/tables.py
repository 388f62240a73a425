"""Tables inside text files: three layouts, one result.

A layout only has to give a stream of cells; how many columns there are is inferred from where the
row numbers recur, so that no file has to be described by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.reading.model import Line, Row, Table

_HEADER = re.compile(r"(s[ốo]\s*)?(tt|stt)\.?", re.IGNORECASE)
_ROW_START = re.compile(r"\d{1,3}\.?|[A-ZĐ]|[IVX]+\.?(\s+\S.*)?")
_MOST_COLUMNS = 10
_WIDEST = 64
_CONSISTENT = 0.64

Cell = tuple[str, int]


def split_tabbed(lines: Sequence[Line]) -> list[list[Line] | Table]:
    """Rows on one line each, cells separated by tabs; a header repeated at page breaks is one table."""
    rows = [line for line in lines if line.text.count("\t") >= 3]
    first = next((line for line in rows if _heads_columns(line)), None)
    if first is None:
        return [list(lines)]
    header = tuple(cell.strip() for cell in first.text.split("\t"))
    last = rows[-1].number
    inside = [line for line in lines if first.number < line.number <= last and line.text.strip()]
    table = _table(header, [_tabbed_row(line, len(header)) for line in inside], first.number)
    before = [line for line in lines if line.number < first.number]
    return [before, table, [line for line in lines if line.number > last]]


def _heads_columns(line: Line) -> bool:
    """A header with a plausible number of columns: each row gets as many cells as it has."""
    cells = line.text.split("\t")
    return len(cells) <= _WIDEST and _HEADER.fullmatch(cells[0].strip()) is not None


def _tabbed_row(line: Line, width: int) -> Row:
    cells = [cell.strip() for cell in line.text.split("\t")]
    over = " ".join(cell for cell in cells[width - 1 :] if cell)
    return Row((*cells[: width - 1], *[""] * (width - 1 - len(cells)), over), line.number)


def split_stacked(lines: Sequence[Line]) -> list[list[Line] | Table]:
    """Cells one a line, each behind a tab; lines without a tab go on with the cell above."""
    start = next((i for i, line in enumerate(lines) if line.text.startswith("\t") and _is_header(line)), None)
    if start is None:
        return [list(lines)]
    end = _stacked_end(lines)
    table, rest = _from_stream(_stacked_cells(lines[start:end]))
    return [list(lines[:start]), table, [*rest, *lines[end:]]] if table else [list(lines)]


def _is_header(line: Line) -> bool:
    return _HEADER.fullmatch(line.text.strip()) is not None


def _stacked_end(lines: Sequence[Line]) -> int:
    """Behind the last cell: what follows it up to a blank line still belongs to that cell."""
    end = max(i for i, line in enumerate(lines) if line.text.startswith("\t")) + 1
    while end < len(lines) and lines[end].text.strip():
        end += 1
    return end


def _stacked_cells(lines: Sequence[Line]) -> list[Cell]:
    cells: list[tuple[list[str], int]] = []
    for line in lines:
        if line.text.startswith("\t"):
            cells.append(([line.text.strip()], line.number))
        elif line.text.strip():
            cells[-1][0].append(line.text.strip())
    return [("\n".join(texts), number) for texts, number in cells]


def split_piped(lines: Sequence[Line]) -> list[list[Line] | Table]:
    """Cells closed by ``|``. A header cell (TT, STT) starts a table; the text before it stays text."""
    pieces = _Pieces()
    for cell, closed in _piped_cells(lines):
        *above, last = cell or [Line("", 0)]
        if _HEADER.fullmatch(last.text) and closed:
            pieces.start_table(above, last)
        elif pieces.stream and closed:
            pieces.stream.append((_join(cell), cell[0].number if cell else 0))
        else:
            pieces.end_table()
            pieces.plain.extend(cell)
    return pieces.finish()


class _Pieces:
    """The blocks of a piped text while it is read: `stream` holds the cells of the running table."""

    def __init__(self) -> None:
        self.plain: list[Line] = []
        self.stream: list[Cell] = []
        self._blocks: list[list[Line] | Table] = []

    def start_table(self, above: Sequence[Line], header: Line) -> None:
        """A header cell; the lines before it in the same cell are text."""
        self.end_table()
        self.plain.extend(above)
        self.stream = [(header.text, header.number)]

    def end_table(self) -> None:
        """Put the running table behind the text before it; what is no row of it is text again."""
        if not self.stream:
            return
        table, rest = _from_stream(self.stream)
        if table:
            self._blocks.extend((self.plain, table))
            self.plain = []
        self.plain.extend(rest)
        self.stream = []

    def finish(self) -> list[list[Line] | Table]:
        """All blocks in order."""
        self.end_table()
        return [*self._blocks, self.plain]


def _piped_cells(lines: Iterable[Line]) -> Iterable[tuple[list[Line], bool]]:
    """Each run of lines up to a ``|`` with True, and the text behind the last one with False."""
    cell: list[Line] = []
    for line in lines:
        *closed, rest = line.text.split("|")
        for piece in closed:
            if piece.strip():
                cell.append(Line(piece.strip(), line.number))
            yield cell, True
            cell = []
        if rest.strip() or not closed:
            cell.append(Line(rest.strip(), line.number))
    yield cell, False


def _join(cell: Sequence[Line]) -> str:
    return " ".join(line.text for line in cell if line.text)


def _from_stream(cells: Sequence[Cell]) -> tuple[Table | None, list[Line]]:
    """The table in a stream of cells that begins with its header, and the cells left over as lines."""
    width = _columns([text for text, _ in cells])
    if width is None:
        return None, [Line(text, number) for text, number in cells if text]
    chunks = [cells[i : i + width] for i in range(0, len(cells), width)]
    rest = [] if len(chunks[-1]) == width or _cut_short(chunks) else list(chunks.pop())
    rows = [_row(chunk, width) for chunk in chunks]
    # The first is the header, whatever follows it in its cell.
    end = next((i for i in range(len(rows), 1, -1) if not _stray(rows[i - 1])), 1)
    rest = [(text, stray.number) for stray in rows[end:] for text in stray.cells] + rest
    del rows[end:]
    used = [i for i in range(width) if any(row.cells[i] for row in rows)]
    rows = [Row(tuple(row.cells[i] for i in used), row.number) for row in rows]
    table = _table(rows[0].cells, rows[1:], rows[0].number)
    return table, [Line(text, number) for text, number in rest if text]


def _cut_short(chunks: Sequence[Sequence[Cell]]) -> bool:
    """True when the last chunk is the next row, whose blank last cells the file does not hold."""
    last = chunks[-1]
    above = next((row[0][0] for row in reversed(chunks[:-1]) if row[0][0]), "")
    before, after = (re.fullmatch(r"(\d{1,3})\.?", text) for text in (above, last[0][0]))
    return len(last) > 1 and before is not None and after is not None and int(after[1]) == int(before[1]) + 1


def _row(chunk: Sequence[Cell], width: int) -> Row:
    texts = [text for text, _ in chunk]
    number = next((number for _, number in chunk if number), 0)
    return Row((*texts, *[""] * (width - len(texts))), number)


def _stray(row: Row) -> bool:
    """A last chunk that is no row: running text has slipped into the first column."""
    first = row.cells[0]
    return row.blank or not (not first or _ROW_START.fullmatch(first) or _HEADER.fullmatch(first))


def _columns(cells: Sequence[str]) -> int | None:
    """The number of columns: the width at which most chunks begin like a row."""
    best, width = 0.0, None
    for n in range(3, _MOST_COLUMNS + 1):
        starts = [cells[i] for i in range(n, len(cells), n)]
        numbered = sum(bool(_ROW_START.fullmatch(text)) for text in starts)
        blank = sum(not text for text in starts)
        share = (numbered + 0.5 * blank) / max(len(starts), 1)
        if share > best and numbered:
            best, width = share, n
    return width if best >= _CONSISTENT else None


def _table(header: tuple[str, ...], rows: Sequence[Row], number: int) -> Table:
    kept = tuple(row for row in rows if not row.blank and row.cells[:2] != header[:2])
    return Table(header, kept, number)
