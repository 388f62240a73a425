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


def test_a_year_of_the_story_does_not_count_beside_that_of_the_question(reader: Reader) -> None:
    story = (
        "Bà xã nói mua hàng trên web có hóa đơn điện tử là tỉnh đặt chỉ tiêu năm 2024, vậy cơ quan nào "
        "chủ trì? Tiệm vật liệu của tôi mở từ 2009, hồi trước toàn viết tay, giờ khách cứ đòi hóa đơn hoài."
    )
    assert set(reader.read(story).values("year")) == {"2024", "2009"}
    assert asking(reader.read(story)).values("year") == ("2024",)


def test_a_comparison_to_be_made_with_the_answer_is_not_asked(reader: Reader) -> None:
    told = reader.read("Văn phòng UBND tỉnh giải ngân bao nhiêu tiền năm 2024? cần số để đối chiếu với STC")
    assert "compare" not in asking(told).values("ask")
    assert asking(told).value("unheld") == "budget"
