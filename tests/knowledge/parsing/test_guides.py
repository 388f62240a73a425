"""Guides are read whole, or refused with a message that names the file and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import ParseError
from knowledge.parsing.guides import read_guide
from tests.knowledge.guide_samples import TEXT, guide


def written(folder: Path, text: str, name: str = "tien-dien.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_guide_is_read_whole(tmp_path: Path) -> None:
    assert read_guide(written(tmp_path, TEXT)) == guide()


def test_decomposed_letters_and_windows_line_ends_read_the_same(tmp_path: Path) -> None:
    import unicodedata

    path = tmp_path / "tien-dien.md"
    path.write_bytes(unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n").encode("utf-8-sig"))
    assert read_guide(path) == guide()


@pytest.mark.parametrize(
    ("printed", "instead", "told"),
    [
        ("---\ntitle", "title", "phần đầu YAML"),
        ("title: Trả tiền điện", "title: [", "không phải YAML"),
        ("title: Trả tiền điện", "title: &a x\nslug: *a", "không phải YAML"),
        ("title: Trả tiền điện", "title: " + "[" * 5000, "phần đầu"),
        ("title: Trả tiền điện\n", "", "thiếu ['title']"),
        ("title: Trả tiền điện\n", "title: x\nprice: 3\n", "dư ['price']"),
        ("title: Trả tiền điện", "title: ''", "title: cần một dòng chữ"),
        ("[đóng tiền điện, tiền điện qua điện thoại]", "[]", "topics: cần ít nhất 1 mục"),
        ("[đóng tiền điện, tiền điện qua điện thoại]", "[a, a]", "không mục nào lặp lại"),
        ("[đóng tiền điện, tiền điện qua điện thoại]", "chữ", "topics: cần danh sách"),
        ("2026-11-22", "hôm nay", "reviewed_on: cần ngày"),
        ("2026-11-22", "2026-02-31", "không phải YAML"),
        ("2026-11-22", "2026-11-22 08:00:00", "reviewed_on: cần ngày"),
        ("https://dichvucong", "http://dichvucong", "https://"),
        ("https://dichvucong", "javascript:alert(1)//", "https://"),
        ("## Cần chuẩn bị", "## Chuẩn bị", "cần đúng các mục"),
        ("## Khi nào dùng\n- Khi có giấy báo.\n\n", "", "cần đúng các mục"),
        ("Mở ứng dụng ngân hàng\nrồi chọn hóa đơn.", "", "đoạn tóm tắt"),
        ("- Giấy báo.", "", "“Cần chuẩn bị” trống"),
        ("- Giấy báo.", "Giấy báo.", "“Giấy báo.”"),
        ("2. Chọn", "3. Chọn", "dòng 2"),
        ("2. Chọn", "- Chọn", "dòng 2"),
    ],
)
def test_what_is_wrong_is_told_with_the_file(tmp_path: Path, printed: str, instead: str, told: str) -> None:
    assert printed in TEXT
    with pytest.raises(ParseError) as caught:
        read_guide(written(tmp_path, TEXT.replace(printed, instead, 1)))
    assert str(caught.value).startswith("tien-dien.md: ")
    assert told in str(caught.value)


def test_a_name_that_is_no_address_and_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="tên tệp"):
        read_guide(written(tmp_path, TEXT, "Tiền điện.md"))
    (tmp_path / "x.md").write_bytes(b"---\n\xff\n---\n")
    with pytest.raises(ParseError, match="UTF-8"):
        read_guide(tmp_path / "x.md")
    with pytest.raises(ParseError, match="không đọc được"):
        read_guide(tmp_path / "absent.md")
