from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.channels.menu import chosen
from bot.channels.protocol import Offer
from trolyso.answer import Status
from vietnamese import fold

TITLES = ("Chỉ tiêu OCOP 2024", "Chỉ tiêu OCOP 2025", "Sở Y tế chủ trì gì?", "Xem thêm", "2024")
MENU = tuple(Offer(f"id{n}", n, title, f"hỏi {title}") for n, title in enumerate(TITLES, 1))
WORDS = ("một", "hai", "ba", "bốn", "năm")
BEFORE = ("", "số ", "chọn ", "câu ", "mục ", "Câu số ", "em chọn ", "cho mình số ", "chọn: ", "lấy ý ")
AFTER = ("", " nhé", " ạ", ".", ")", " đi em", "!")


def picked(typed: str, status: Status = Status.ANSWERED) -> int | None:
    offer = chosen(MENU, status, typed)
    return offer.number if offer else None


@given(
    number=st.integers(1, 5),
    spelled=st.booleans(),
    before=st.sampled_from(BEFORE),
    after=st.sampled_from(AFTER),
    plain=st.booleans(),
    upper=st.booleans(),
    status=st.sampled_from(Status),
)
def test_a_number_is_picked_however_it_is_said(
    number: int, spelled: bool, before: str, after: str, plain: bool, upper: bool, status: Status
) -> None:
    typed = before + (WORDS[number - 1] if spelled else str(number)) + after
    typed = fold(typed) if plain else typed
    assert picked(typed.upper() if upper else typed, status) == number


@given(typed=st.text(max_size=30), status=st.sampled_from(Status))
def test_other_words_pick_nothing(typed: str, status: Status) -> None:
    folded = fold(typed)
    assume(not re.search(r"\d|mot|hai|ba|bon|nam|thu|dau|cuoi|xem", folded))
    assert chosen(MENU, status, typed) is None


@given(number=st.integers(6, 10**6), before=st.sampled_from(BEFORE))
def test_a_number_that_the_menu_lacks_picks_nothing(number: int, before: str) -> None:
    assume(str(number) != "2024")
    assert chosen(MENU, Status.CLARIFY, before + str(number)) is None


@given(
    number=st.integers(1, 5),
    words=st.sampled_from(("chỉ tiêu nào", "xã", "phần trăm", "và 3", "năm 2024", ", 3")),
)
def test_a_number_with_other_words_is_a_question(number: int, words: str) -> None:
    assert picked(f"{number} {words}") is None


@given(number=st.integers(1, 5), plain=st.booleans(), after=st.sampled_from(("", ".", " ", "?", "…")))
def test_the_words_of_a_title_pick_it(number: int, plain: bool, after: str) -> None:
    title = TITLES[number - 1]
    assert picked((fold(title) if plain else title) + after) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("cái đầu tiên", 1),
        ("cai dau", 1),
        ("cái thứ nhất ạ", 1),
        ("Cái thứ hai", 2),
        ("thu 2", 2),
        ("em chọn cái thứ 3 nhé", 3),
        ("thứ tư", 4),
        ("cái 2", 2),
        ("cái số 2", 2),
        ("cái cuối cùng", 5),
        ("chỉ tiêu thứ hai", 2),
    ],
)
def test_places_pick_where_the_assistant_asked_back(typed: str, number: int) -> None:
    assert picked(typed, Status.CLARIFY) == number
    assert picked(typed, Status.ANSWERED) is None


NOTHING = (
    *("", "  ", "…", "0", "số", "chọn", "bà", "nấm", "mốt", "chị hai", "1 2", "1,5", "02/09", "mục 1.2", "٢"),
    *("2024?!x", "2 chỉ tiêu nào", "câu 2 là gì", "năm 2024", "năm ngoái", "thứ hai tuần sau", "số 54"),
    *("cái này", "cái thứ 9"),
)


@pytest.mark.parametrize("typed", NOTHING)
@pytest.mark.parametrize("status", [Status.ANSWERED, Status.CLARIFY])
def test_what_picks_nothing(typed: str, status: Status) -> None:
    assert picked(typed, status) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1️⃣", 1), ("２", 2), ("#3", 3), ("(4)", 4), ("2024", 5), ("  BA  ", 3), ("so hai", 2)],
)
def test_odd_spellings(typed: str, number: int) -> None:
    assert picked(typed) == number


def test_six_needs_its_accent_or_a_word_in_front() -> None:
    menu = [Offer(str(n), n, f"mục {n}", "") for n in range(1, 9)]
    numbers = {
        typed: chosen(menu, Status.ANSWERED, typed) for typed in ("sau", "sáu", "số sau", "bảy", "bẩy")
    }
    assert {typed: offer.number if offer else None for typed, offer in numbers.items()} == {
        "sau": None,
        "sáu": 6,
        "số sau": 6,
        "bảy": 7,
        "bẩy": 7,
    }


def test_numbers_are_those_that_were_shown() -> None:
    menu = (Offer("a", 4, "Trang sau", ""), Offer("b", 7, "Tải về", ""))
    assert chosen(menu, Status.ANSWERED, "1") is None
    assert chosen(menu, Status.ANSWERED, "7") == menu[1]
    assert chosen(menu, Status.CLARIFY, "cái đầu tiên") == menu[0]
    assert chosen(menu, Status.CLARIFY, "cái thứ hai") == menu[1]


def test_no_menu_and_titles_that_are_the_same_pick_nothing() -> None:
    assert chosen((), Status.CLARIFY, "1") is None
    twins = (Offer("a", 1, "Xem thêm", "một"), Offer("b", 2, "xem thêm", "hai"))
    assert chosen(twins, Status.CLARIFY, "xem thêm") is None
