"""Reading small texts in the four layouts, and files that are no text."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.reading import Block, Line, Table, UnreadableFile, read


def _read(tmp_path: Path, text: str) -> tuple[Block, ...]:
    path = tmp_path / "thu.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return read(path)


def _table(blocks: tuple[Block, ...]) -> Table:
    return next(block for block in blocks if isinstance(block, Table))


def _texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Line)]


TABBED = """PHỤ LỤC
TT\tNội dung\tChỉ tiêu\tChủ trì
\tI. VƯỜN\t\t
1.\tTrồng cam\t10%\tTổ vườn
TT\tNội dung\tChỉ tiêu\tChủ trì
\t\tvà bưởi\t
II. RUỘNG
2.\tCấy lúa\t20%\tTổ ruộng
Hết.
"""


def test_tabbed_table(tmp_path: Path) -> None:
    blocks = _read(tmp_path, TABBED)
    table = _table(blocks)
    assert table.header == ("TT", "Nội dung", "Chỉ tiêu", "Chủ trì")
    assert [row.cells for row in table.rows] == [
        ("", "I. VƯỜN", "", ""),
        ("1.", "Trồng cam", "10%", "Tổ vườn"),
        ("", "", "và bưởi", ""),
        ("II. RUỘNG", "", "", ""),
        ("2.", "Cấy lúa", "20%", "Tổ ruộng"),
    ]
    assert (table.number, table.rows[1].number) == (2, 4)
    assert _texts(blocks) == ["PHỤ LỤC", "Hết."]


def test_tabbed_row_with_more_cells_than_the_header_loses_none(tmp_path: Path) -> None:
    blocks = _read(tmp_path, "TT\tNội dung\tChỉ tiêu\tChủ trì\n1\tTrồng cam\t10%\tTổ một\tTổ hai\n")
    assert _table(blocks).rows[0].cells == ("1", "Trồng cam", "10%", "Tổ một Tổ hai")


def test_stacked_table(tmp_path: Path) -> None:
    rows = "".join(f"\t{n}.\n\tViệc {n}\n\t{n}0%\n\tTổ {n}\n" for n in range(1, 6))
    header, last = "\tTT\n\tNội dung\n\tMục tiêu\n\tChủ trì\n", "\t6.\n\tViệc 6\n\t5 cây\n7 quả\n\t\xa0\n"
    blocks = _read(tmp_path, f"PHỤ LỤC\n{header}{rows}{last}\nHết.\n")
    table = _table(blocks)
    assert [row.cells for row in table.rows][:1] == [("1.", "Việc 1", "10%", "Tổ 1")]
    assert table.rows[-1].cells == ("6.", "Việc 6", "5 cây\n7 quả", "")
    assert _texts(blocks) == ["PHỤ LỤC", "Hết."]


def test_stacked_filler_rows_are_dropped(tmp_path: Path) -> None:
    filler = "\t\n" * 4
    rows = "".join(f"\t{n}.\n\tViệc {n}\n\t{n}0%\n\tTổ {n}\n{filler if n == 3 else ''}" for n in range(1, 9))
    blocks = _read(tmp_path, f"\tTT\n\tNội dung\n\tMục tiêu\n\tChủ trì\n{rows}")
    assert [row.cells[0] for row in _table(blocks).rows] == [f"{n}." for n in range(1, 9)]


PIPED = """KT. TRƯỞNG BAN |
VIỆC CẦN LÀM
TT |
Nội dung |
Chủ trì |
Phối hợp |
I. |
Nhóm một |
|
|
1. |
Trồng cam
ở vườn |
Tổ vườn |
Tổ nước |
2. |
Cấy lúa |
Tổ ruộng |
|
{last}"""


def test_piped_table(tmp_path: Path) -> None:
    blocks = _read(tmp_path, PIPED.format(last="Lời của trang web\n"))
    table = _table(blocks)
    assert table.header == ("TT", "Nội dung", "Chủ trì", "Phối hợp")
    assert [row.cells for row in table.rows] == [
        ("I.", "Nhóm một", "", ""),
        ("1.", "Trồng cam ở vườn", "Tổ vườn", "Tổ nước"),
        ("2.", "Cấy lúa", "Tổ ruộng", ""),
    ]
    assert _texts(blocks) == ["KT. TRƯỞNG BAN", "VIỆC CẦN LÀM", "Lời của trang web"]


def test_last_row_whose_blank_cells_are_cut_off(tmp_path: Path) -> None:
    blocks = _read(tmp_path, PIPED.format(last="3. |\nĐào ao |\nTổ ao |\n"))
    assert _table(blocks).rows[-1].cells == ("3.", "Đào ao", "Tổ ao", "")


def test_leftover_cells_that_are_no_row_stay_text(tmp_path: Path) -> None:
    blocks = _read(tmp_path, PIPED.format(last="Nguồn |\nTrang web |\n"))
    assert len(_table(blocks).rows) == 3
    assert _texts(blocks)[-2:] == ["Nguồn", "Trang web"]


def test_two_piped_tables(tmp_path: Path) -> None:
    second = "VIỆC KHÁC\nSTT |\nViệc |\nNăm |\n1. |\nĐào ao |\n2025 |\n2. |\nĐắp đê |\n2026 |\n"
    blocks = _read(tmp_path, PIPED.format(last="") + second)
    tables = [block for block in blocks if isinstance(block, Table)]
    assert [table.header for table in tables] == [
        ("TT", "Nội dung", "Chủ trì", "Phối hợp"),
        ("STT", "Việc", "Năm"),
    ]
    assert "VIỆC KHÁC" in _texts(blocks)


def test_plain_text_with_bars_and_markup(tmp_path: Path) -> None:
    blocks = _read(tmp_path, "**KẾ HOẠCH**\n-------\n|\n| Số: 5 |\n\n# I. MỤC TIÊU\n")
    assert _texts(blocks) == ["KẾ HOẠCH", "Số: 5", "I. MỤC TIÊU"]


def test_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "thu.txt"
    path.write_bytes("một\r\nhai\rba".encode("utf-8-sig"))
    assert _texts(read(path)) == ["một", "hai", "ba"]


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    assert _texts(_read(tmp_path, "kê\u0301 hoa\u0323ch")) == ["kế hoạch"]


def test_empty_file(tmp_path: Path) -> None:
    assert _read(tmp_path, "\n \n") == ()


def test_bytes_that_are_no_utf8(tmp_path: Path) -> None:
    path = tmp_path / "thu.txt"
    path.write_bytes(b"abc\xff")
    with pytest.raises(UnreadableFile, match=r"thu\.txt: .*byte 3"):
        read(path)


def test_nul_byte(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="vị trí 2"):
        _read(tmp_path, "ab\x00c")


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "khong-co.txt", tmp_path):
        with pytest.raises(UnreadableFile, match="đọc được"):
            read(path)
