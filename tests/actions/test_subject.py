from __future__ import annotations

import pytest

from actions.subject import says_something, subject_of
from tests.actions.talking import Reader


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("ai chủ trì chỉ tiêu OCOP 2024?", "OCOP"),
        ("dạ cho em hỏi hồ sơ sức khỏe điện tử năm 2023 đạt bao nhiêu phần trăm ạ", "hồ sơ sức khỏe điện tử"),
        ("STT 80 năm 2024", ""),
        ("còn năm 2023 thì sao?", "còn"),
    ],
)
def test_what_is_left_to_search(reader: Reader, text: str, subject: str) -> None:
    found = subject_of(reader.read(text))
    assert set(subject.split()) <= set(found.split())
    assert says_something(found) == (subject not in ("", "còn"))


def test_a_topic_named_first_is_part_of_what_is_asked(reader: Reader) -> None:
    told = "Về thanh toán không dùng tiền mặt trong trường học và bệnh viện, kế hoạch năm 2023 yêu cầu "
    message = reader.read(f"{told}triển khai kế hoạch số mấy, ngày nào của Ủy ban nhân dân tỉnh ban hành?")
    assert "không dùng tiền mặt" in subject_of(message)


def test_an_agency_is_a_subject_unless_it_is_hidden(reader: Reader) -> None:
    message = reader.read("Sở Công Thương chủ trì gì?")
    assert says_something(subject_of(message))
    assert not says_something(subject_of(message, {"agency"}))


def test_an_account_is_a_subject_and_an_indicator_is_a_kind(reader: Reader) -> None:
    assert "tài khoản" in subject_of(reader.read("chỉ tiêu tài khoản thanh toán"))
    assert "chỉ tiêu" not in subject_of(reader.read("chỉ tiêu tài khoản thanh toán"))


@pytest.mark.parametrize(
    "text", ["", "bao nhiêu", "chỉ tiêu năm nào vậy", "2024", "30%", "cơ quan nào phụ trách"]
)
def test_words_of_every_question_say_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize("text", ["OCOP", "cáp quang", "chỉ tiêu cáp quang"])
def test_a_topic_says_something(text: str) -> None:
    assert says_something(text)
