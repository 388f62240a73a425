"""Text made ready for narrow screens, the numbers of suggestions, and the sources by document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.protocol import Offer
from bot.rendering.layout import COLUMNS, airy, flat, parted, sound, tabled
from bot.rendering.numbering import is_listed, listed, numbers_of
from bot.rendering.sources import evidence, grouped, named, unsaid
from bot.rendering.telegram import render
from tests.bot.rendering.samples import SITE, answer
from trolyso.answer import Answer, Citation, Status, Suggestion

ROW = Citation("206/QĐ-UBND", "Phụ lục 2", "2024-01-31", "80", None, "Tên: 5%", "/van-ban/206-qd-ubnd#stt-80")
OLD = replace(ROW, document="54/KH-STTTT", date="2023-07-11", row="3", url="/van-ban/54-kh-stttt#stt-3")
CLAUSE = Citation("KH-2025", "", None, None, "II.1", "Một đoạn", "/van-ban/kh-2025#II.1")
TABLE = "Nội dung | Năm 2023 | Năm 2024\nMục tiêu | 30% | 60%"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\r\nc\u202ed\ue000", "ab\ncd"),
        ("\ud83d\ude00 \ud83d", "😀 \ufffd"),
        ("👩‍👧 \u200b", "👩‍👧 \u200b"),
    ],
)
def test_what_no_platform_takes_is_gone(text: str, kept: str) -> None:
    assert sound(text) == kept


def test_a_title_is_one_line() -> None:
    assert flat(" a\n\tb ") == "a b"


def test_only_the_lines_at_the_end_name_the_sources() -> None:
    assert parted("A.\nNguồn: x.\n\nB?\nNguồn: y.\nNguồn: z.") == (
        "A.\nNguồn: x.\n\nB?",
        ("Nguồn: y.", "Nguồn: z."),
    )
    assert parted("A.") == ("A.", ())


def test_long_numbered_lines_stand_apart_and_short_ones_do_not() -> None:
    long = "rất dài " * 12
    assert airy(f"Có:\n1. {long}\n2. {long}\nHết.") == f"Có:\n\n1. {long}\n\n2. {long}\n\nHết."
    assert airy("Chọn:\n1. A\n2. B") == "Chọn:\n1. A\n2. B"


def test_a_small_table_keeps_its_columns_where_they_fit() -> None:
    assert tabled(TABLE, 38) == (f"{COLUMNS}Nội dung  Năm 2023  Năm 2024\n{COLUMNS}Mục tiêu  30%       60%")
    (parcel,) = render(Answer(Status.ANSWERED, f"Đây:\n{TABLE}\nHết."), (), SITE)
    assert parcel.text == ("Đây:\n<pre>Nội dung  Năm 2023  Năm 2024\nMục tiêu  30%       60%</pre>\nHết.")


def test_a_table_without_columns_reads_from_left_to_right() -> None:
    long = "một cơ quan có tên dài"
    wide = f"{TABLE}\nChủ trì | {long} | {long} khác\nPhối hợp | {long} | {long}\nLạ | x"
    assert tabled(wide).split("\n") == [
        "Nội dung (Năm 2023 → Năm 2024):",
        "• Mục tiêu: 30% → 60%",
        f"• Chủ trì: {long} → {long} khác",
        f"• Phối hợp: {long} (như nhau)",
        "• Lạ: x",
    ]
    longer = tabled(f"{TABLE}\nChủ trì | {long} | {long * 2}")
    assert longer.endswith(f"• Chủ trì:\n   Năm 2023: {long}\n   Năm 2024: {long * 2}")


def test_one_line_with_a_bar_is_no_table() -> None:
    assert tabled("a | b") == "a | b"


@pytest.mark.parametrize(
    ("text", "suggestions", "numbers"),
    [
        ("Không có số.", (("A", "a"), ("B", "b")), (1, 2)),
        ("1. Dòng một\n2. Dòng hai", (("Xem tiếp", "xem tiếp"),), (3,)),
        ("11. Dòng\n12. Dòng", (("Xem tiếp", "xem tiếp"),), (13,)),
        ("1. Y tế\n2. Giáo dục", (("Y tế", "y tế"), ("Giáo dục", "giáo dục"), ("Hủy", "hủy")), (1, 2, 3)),
        ("1. A…\n2. B (x)\n3. C (y)", (("B", "2"), ("C", "3")), (2, 3)),
        ("Chọn đi.", (("A", "1"), ("B", "1"), ("C", "2024")), (1, 2, 3)),
        ("Năm\n2024. Chỉ tiêu", (("A", "a"),), (1,)),
    ],
)
def test_a_number_names_one_thing_only(
    text: str, suggestions: tuple[tuple[str, str], ...], numbers: tuple[int, ...]
) -> None:
    offered = tuple(Suggestion(title, message) for title, message in suggestions)
    assert numbers_of(Answer(Status.CLARIFY, text, offered)) == numbers


def test_an_offer_is_listed_only_under_its_own_number() -> None:
    lines = listed("1. Y tế\n2. Giáo dục")
    assert is_listed(Offer("x", 1, "y tế", "y tế"), lines)
    assert is_listed(Offer("x", 2, "Giáo…", "2"), lines)
    assert not is_listed(Offer("x", 2, "Y tế", "y tế"), lines)
    assert not is_listed(Offer("x", 3, "Hủy", "hủy"), lines)


def test_each_document_is_named_once() -> None:
    blank = replace(ROW, row=None, url="/van-ban/206-qd-ubnd#stt-khong-so")
    whole = replace(ROW, row=None, url="/van-ban/206-qd-ubnd")
    decision, clause = grouped((ROW, CLAUSE, blank, whole), SITE)
    assert decision.document == "206/QĐ-UBND ngày 31/01/2024"
    assert [spot.place for spot in decision.spots] == ["STT 80", "dòng không số", "cả văn bản"]
    assert clause.spots[0].name == "KH-2025, mục II.1"
    assert clause.spots[0].link == f"{SITE}/van-ban/kh-2025#II.1"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example", "/\\evil.example", "http://x"])
def test_only_this_site_and_https_are_linked(url: str) -> None:
    assert grouped((replace(ROW, url=url),), SITE)[0].spots[0].link == ""


def test_the_words_of_the_text_name_the_sources_when_they_are_as_many() -> None:
    lines = ("Nguồn: Phụ lục, Kế hoạch 54, STT 3.", "Nguồn: Phụ lục 2, Quyết định 206, STT 80.")
    assert [spot.name for spot in named((OLD, ROW), lines, "")] == [
        "Phụ lục, Kế hoạch 54, STT 3",
        "Phụ lục 2, Quyết định 206, STT 80",
    ]
    assert named((ROW, OLD), lines, "") == ()
    assert named((OLD, replace(ROW, row="8")), lines, "") == ()
    assert named((OLD,), lines, "") == ()
    assert named((), (), "") == ()


def test_the_page_names_each_source_once() -> None:
    shown = evidence(answer("indicator"))
    assert "Nguồn:" not in shown.body
    assert (shown.head, shown.names) == (
        "Nguồn",
        ("Phụ lục 2, Quyết định 206/QĐ-UBND ngày 31/01/2024, STT 80",),
    )
    many = evidence(answer("list"))
    assert many.head == "Nguồn: Quyết định 206/QĐ-UBND ngày 31/01/2024."
    assert many.names[0] == "206/QĐ-UBND ngày 31/01/2024, STT 110"
    bare = evidence(Answer(Status.ANSWERED, "A.\nNguồn: x."))
    assert (bare.body, bare.names) == ("A.\nNguồn: x.", ())


def test_a_quote_is_told_once_and_only_when_the_text_does_not() -> None:
    assert unsaid((ROW, CLAUSE, CLAUSE), "Trong “tên” có 5 phần trăm.") == (
        ("KH-2025, mục II.1", "Một đoạn"),
    )
    assert unsaid((replace(CLAUSE, quote="Một đoạn dài…"),), "… MỘT  đoạn dài hơn nữa") == ()
