from __future__ import annotations

import pytest

from actions.correcting import corrected, only_entities
from actions.message import Message
from actions.subject import says_something, subject_of
from tests.actions.talking import Reader


def read(reader: Reader, text: str) -> Message:
    return corrected(reader.read(text))


def mentions(message: Message) -> list[str]:
    """What the mentions of a message point to in its text."""
    return [message.text[entity.start : entity.end] for entity in message.entities]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("chỉ tiêu OCOP năm 2024 à nhầm năm 2023 bao nhiêu?", "2023"),
        ("OCOP năm 2024, à quên, năm 2023 bao nhiêu?", "2023"),
        ("OCOP năm 2023 ủa lộn 2024 bao nhiêu?", "2024"),
        ("OCOP năm 2024, à không, năm 2023 bao nhiêu?", "2023"),
        ("ocop nam 2024 a nham nam 2023 bao nhieu", "2023"),
    ],
)
def test_the_later_year_replaces_the_earlier(reader: Reader, text: str, year: str) -> None:
    message = read(reader, text)
    assert message.values("year") == (year,)
    assert "ocop" in subject_of(message).casefold()


@pytest.mark.parametrize(
    "text",
    [
        "Sở Y tế, à nhầm, Sở Công Thương chủ trì những chỉ tiêu nào năm 2024?",
        "Sở Y tế ý lộn Sở Công Thương chủ trì những chỉ tiêu nào năm 2024?",
    ],
)
def test_the_later_agency_replaces_the_earlier(reader: Reader, text: str) -> None:
    message = read(reader, text)
    assert message.values("agency") == ("so-ct",)
    assert "Y tế" not in message.text


def test_a_new_subject_replaces_the_words_before_but_not_what_else_was_named(reader: Reader) -> None:
    message = read(reader, "ai chủ trì OCOP năm 2024, ý lộn, tỷ lệ hộ gia đình phủ cáp quang?")
    assert "cáp quang" in subject_of(message)
    assert "OCOP" not in subject_of(message)
    assert (message.value("role"), message.value("year")) == ("lead", "2024")


def test_what_is_kept_stays_in_its_place(reader: Reader) -> None:
    typed = reader.read("ai chủ trì OCOP năm 2024, à nhầm, năm 2023?")
    message = corrected(typed)
    assert len(message.text) == len(typed.text)
    assert mentions(message)[-1].endswith("2023")
    for entity in message.entities:
        assert message.text[entity.start : entity.end] == typed.text[entity.start : entity.end]


def test_the_message_as_typed_is_remembered(reader: Reader) -> None:
    text = "OCOP năm 2024 à nhầm năm 2023 bao nhiêu?"
    assert read(reader, text).typed == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ai chủ trì chỉ tiêu OCOP năm 2024?",
        "nhầm rồi, năm 2023",
        "à nhầm năm 2023",
        "chỉ tiêu OCOP năm 2024 nhầm rồi",
        "nhầm lẫn thông tin trên mạng năm 2024 bao nhiêu phần trăm?",
    ],
)
def test_nothing_is_taken_back_without_words_on_both_sides(reader: Reader, text: str) -> None:
    assert read(reader, text) == reader.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "tỷ lệ trường dạy phân biệt tin nhầm lẫn trên mạng",
        "lỡ chuyển tiền nhầm cho kẻ lừa đảo thì làm sao?",
        "bà con hay quên mật khẩu VNeID thì làm sao?",
        "nộp hồ sơ bị lộn địa chỉ thì sao?",
    ],
)
def test_a_mistake_that_is_told_of_is_not_one_of_the_message(reader: Reader, text: str) -> None:
    assert read(reader, text) == reader.read(text)


def test_only_mentions_of_some_kinds_are_left(reader: Reader) -> None:
    typed = reader.read("quay lại OCOP năm 2024 ai chủ trì?")
    message = only_entities(typed, frozenset({"year"}))
    (year,) = mentions(message)
    assert year.endswith("2024")
    assert len(message.text) == len(typed.text)
    assert message.value("role") is None
    assert not says_something(subject_of(message))
