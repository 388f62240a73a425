"""Files that once crashed a reader, or kept it busy without end: each is now read or refused at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.reading import Line, Table, UnreadableFile, read
from knowledge.reading.reader import LARGEST


def _read(tmp_path: Path, text: str) -> tuple[Line | Table, ...]:
    path = tmp_path / "thu.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return read(path)


def test_a_pile_of_marks_is_refused(tmp_path: Path) -> None:
    """Sorting them for NFC takes time with the square of their number."""
    with pytest.raises(UnreadableFile, match="hơn 30 dấu chồng nhau ở vị trí 4"):
        _read(tmp_path, "KẾ a" + "\u0315\u0300" * 100_000)


def test_as_many_marks_as_a_script_may_use_are_read(tmp_path: Path) -> None:
    (line,) = _read(tmp_path, "chữ " + "a\u0316" * 1_000 + "\u0316" * 29 + " hết")
    assert isinstance(line, Line)
    assert line.text.endswith(" hết")


def test_other_signs_in_a_row_are_no_pile(tmp_path: Path) -> None:
    (line,) = _read(tmp_path, "chữ " + "…–“”" * 1_000)
    assert isinstance(line, Line)
    assert line.text == "chữ " + "…–“”" * 1_000


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"^thu\.txt: cần tệp không quá 2 MB"):
        _read(tmp_path, "a" * (LARGEST + 1))


def test_a_header_that_goes_on_below_keeps_the_table(tmp_path: Path) -> None:
    """With no whole row behind it, the search for stray rows ran off the beginning of the table."""
    table, rest = _read(tmp_path, "\tTT\ntiếp\n\tNội dung\n\tChủ trì\n\t1\n")
    assert isinstance(table, Table)
    assert table.header == ("TT\ntiếp", "Nội dung", "Chủ trì")
    assert table.rows == ()
    assert rest == Line("1", 5)


def test_stray_rows_stay_in_their_order(tmp_path: Path) -> None:
    rows = "".join(f"{number} | việc | Sở {number} |\n" for number in range(1, 20))
    table, *rest = _read(tmp_path, f"TT | Nội dung | Chủ trì |\n{rows}đây | là | lời | văn | phía | sau |\n")
    assert isinstance(table, Table)
    assert len(table.rows) == 19
    assert " ".join(block.text for block in rest if isinstance(block, Line)) == "đây là lời văn phía sau"


def test_a_header_with_thousands_of_columns_is_text(tmp_path: Path) -> None:
    """Each row would get as many cells, most of them empty."""
    blocks = _read(tmp_path, "TT" + "\tcột" * 1_000 + "\n" + "1\tx\ty\tz\n" * 1_000)
    assert not any(isinstance(block, Table) for block in blocks)


@pytest.mark.parametrize("break_", ["\n", "\n\n"])
def test_a_paragraph_of_very_many_lines_is_joined(tmp_path: Path, break_: str) -> None:
    """Line by line it was copied as often as it has lines."""
    line = "những chữ thường nối nhau đi mãi mà không có một dấu chấm nào"
    (joined,) = _read(tmp_path, break_.join([line] * 10_000))
    assert joined == Line(" ".join([line] * 10_000), 1)


def test_a_cell_of_very_many_lines_is_kept_whole(tmp_path: Path) -> None:
    cell = "\n".join(["lời"] * 50_000)
    table, *_ = _read(tmp_path, f"\tTT\n\tNội dung\n\tChủ trì\n\t1\n\t{cell}\n\tSở Y tế\n\t2\n\tviệc\n\tSở\n")
    assert isinstance(table, Table)
    assert table.rows[0].cells == ("1", cell, "Sở Y tế")
