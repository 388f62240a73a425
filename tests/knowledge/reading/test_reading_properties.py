"""What holds for every text file: reading never fails in an unforeseen way, and drops no word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.reading import Block, Table, UnreadableFile, read

_SETTINGS = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150
)
_PIECES = st.sampled_from(
    [
        "TT",
        "STT",
        "\t",
        "\n",
        "\n\n",
        "|",
        " |\n",
        "\n\t",
        "1.",
        "2.",
        "12",
        "I.",
        "II. ĐẤT",
        "A",
        "- ",
        "a) ",
        "1.1. ",
        "KẾ HOẠCH",
        "QUYẾT ĐỊNH",
        "Nơi nhận:",
        "Nội dung",
        "Chủ trì",
        "Phối hợp",
        "Mục tiêu",
        "Năm thực hiện",
        "50%",
        "05\n- 10 năm",
        "tổ vườn",
        "Sở Y tế",
        "Phụ lục 1: ",
        "**",
        "\xa0",
        "điểm a khoản 1 Mục II",
        ">35",
        "20% 40%",
    ]
)
_TEXTS = st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=80).map("".join))
_PLAIN_LINES = st.lists(st.text(alphabet="aăâbcđê -–.,:;()%150IVX ", max_size=120), max_size=60)


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def _said(blocks: tuple[Block, ...]) -> Counter[str]:
    words: Counter[str] = Counter()
    for block in blocks:
        if isinstance(block, Table):
            words += _words(" ".join(block.header))
            for row in block.rows:
                words += _words(" ".join(row.cells))
        else:
            words += _words(block.text)
    return words


@_SETTINGS
@given(content=st.binary(max_size=300))
def test_any_bytes(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "thu.txt"
    path.write_bytes(content)
    blocks: tuple[Block, ...] = ()
    with suppress(UnreadableFile):
        blocks = read(path)
    assert all(isinstance(block, Table) or block.text for block in blocks)


@_SETTINGS
@given(text=_TEXTS)
def test_any_text(text: str, tmp_path: Path) -> None:
    path = tmp_path / "thu.txt"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    try:
        blocks = read(path)
    except UnreadableFile:
        assert "\x00" in text
        return
    for block in blocks:
        if isinstance(block, Table):
            assert {len(row.cells) for row in block.rows} <= {len(block.header)}


@_SETTINGS
@given(lines=_PLAIN_LINES)
def test_plain_text_loses_no_word(lines: list[str], tmp_path: Path) -> None:
    text = "\n".join(lines)
    path = tmp_path / "thu.txt"
    path.write_text(text, encoding="utf-8")
    assert _said(read(path)) == _words(unicodedata.normalize("NFC", text))


@_SETTINGS
@given(
    cells=st.lists(
        st.lists(st.sampled_from(["", "cam", "bưởi 5", "tổ 2"]), min_size=3, max_size=3), min_size=3
    )
)
def test_tables_lose_no_word(cells: list[list[str]], tmp_path: Path) -> None:
    """The same rows in the three layouts give the same words."""
    header = ["TT", "Nội dung", "Chủ trì", "Phối hợp"]
    rows = [header, *([str(n), *row] for n, row in enumerate(cells, 1))]
    layouts = [
        "\n".join("\t".join(row) for row in rows),
        "".join(f"\t{cell}\n" for row in rows for cell in row),
        "".join(f"{cell} |\n" for row in rows for cell in row),
    ]
    expected = sum((_words(" ".join(row)) for row in rows), Counter[str]())
    for number, layout in enumerate(layouts):
        path = tmp_path / f"{number}.txt"
        path.write_text(layout, encoding="utf-8")
        assert _said(read(path)) == expected
