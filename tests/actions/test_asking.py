from __future__ import annotations

from actions.asking import announced, asking
from actions.subject import subject_of
from tests.actions.talking import Reader

STORY = (
    "Em mới về sở được hai tháng, năm 2023 em còn ở xã nên chưa biết việc, hôm trước anh trưởng phòng kêu "
    "tra mà em tìm hoài không thấy, cho em hỏi chỉ tiêu sản phẩm OCOP lên sàn năm 2024 là bao nhiêu ạ?"
)


def test_a_short_message_stays_as_it_is(reader: Reader) -> None:
    message = reader.read("năm 2023 và năm 2024 OCOP bao nhiêu?")
    assert asking(message) == message


def test_what_is_only_told_does_not_count(reader: Reader) -> None:
    assert reader.read(STORY).values("year") == ("2023", "2024")
    assert asking(reader.read(STORY)).values("year") == ("2024",)


def test_a_question_without_a_year_takes_the_last_one_told(reader: Reader) -> None:
    message = asking(reader.read(STORY.replace(" năm 2024 ", " ")))
    assert message.values("year") == ("2023",)


def test_the_subject_begins_where_the_question_is_announced(reader: Reader) -> None:
    message = reader.read(STORY)
    start = announced(message)
    assert start is not None
    assert message.text[start:].startswith("cho em hỏi")
    assert "OCOP" in subject_of(message)
    assert "trưởng phòng" not in subject_of(message)
