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


TOLD_BEFORE = (
    "Đầu năm học nào phụ huynh cũng xếp hàng dài đóng tiền, thầy cô đếm tiền lẻ tới tối mà vẫn thiếu. "
    "Trong kế hoạch năm 2025, Sở Giáo dục và Đào tạo được giao bắt tay với ngành nào để trả tiền không "
    "dùng tiền mặt? "
)


def test_what_is_told_after_the_question_mark_is_why_it_asks(reader: Reader) -> None:
    message = asking(reader.read(TOLD_BEFORE + "Tôi viết vô tờ trình cho có căn cứ, kẻo người ta nói."))
    assert message.text.endswith("tiền mặt?")
    assert not message.values("field")
    assert not message.values("meta")


def test_what_limits_the_question_after_its_mark_counts(reader: Reader) -> None:
    assert asking(reader.read(TOLD_BEFORE + "Bên Sở Y tế nữa nha.")).values("agency")[-1] == "so-yt"
    asked_again = asking(reader.read(TOLD_BEFORE + "Cho tôi hỏi thêm căn cứ pháp lý của việc đó."))
    assert asked_again.values("field") == ("basis",)


def test_last_year_in_what_is_told_after_the_mark_limits_nothing(reader: Reader) -> None:
    message = asking(reader.read(TOLD_BEFORE + "Tôi không muốn bị nhắc tên như năm ngoái nữa."))
    assert message.values("year") == ("2025",)


def test_what_is_not_held_and_said_after_the_mark_counts(reader: Reader) -> None:
    assert asking(reader.read(TOLD_BEFORE + "Tôi hỏi kết quả đạt được nghen.")).value("unheld") == "result"


def test_nobody_asks_for_no_name(reader: Reader) -> None:
    assert "who" in reader.read("con nhỏ không ai giữ").values("ask")
    assert not asking(reader.read("con nhỏ không ai giữ")).values("ask")
    assert asking(reader.read("ai giữ")).values("ask") == ("who",)


def test_another_place_of_the_story_is_not_asked_about(reader: Reader) -> None:
    story = (
        "Tôi làm vựa khoai lang, mới có mối công ty trên Sài Gòn mua dài hạn, họ nói ký thẳng trên "
        "điện thoại rồi gởi lại, khỏi in giấy đóng mộc chi cho mất công. Vậy tôi kiếm chỗ cấp ở đâu, coi "
        "sao biết được phép?"
    )
    assert reader.read(story).value("unheld")
    assert asking(reader.read(story)).value("unheld") is None


def test_a_year_of_the_sentence_with_the_mark_counts_before_one_that_only_sounds_like_asking(
    reader: Reader,
) -> None:
    story = (
        "Năm nay tôi thi nâng ngạch, chạy xe đi về cả trăm cây số mà không biết ai giữ con. Nghe nói hồi "
        "2024 tỉnh có đặt chỉ tiêu cho thi tuyển làm qua mạng một phần. Chỉ tiêu đó đặt bao nhiêu phần "
        "trăm vậy?"
    )
    assert asking(reader.read(story)).values("year") == ("2024",)


def test_relative_years_of_a_how_to_are_only_told(reader: Reader) -> None:
    story = (
        "Má tôi năm nay bảy mươi tám, thẻ căn cước có rồi mà mỗi lần đi bệnh viện cứ lục kiếm thẻ bảo hiểm, "
        "có bữa để quên ở nhà phải chạy về. Má chưa có tài khoản gì hết, giờ chở má đi đâu làm trước?"
    )
    assert reader.read(story).values("year")
    assert not asking(reader.read(story, "ask_guide")).values("year")
    assert asking(reader.read(story, "ask_indicator")).values("year")


def test_a_result_that_is_judged_or_was_set_is_not_asked(reader: Reader) -> None:
    judged = "cái vụ chấm xem công ty chuyển đổi số tới đâu rồi năm 2023 dựa trên văn bản nào thế?"
    usual = "bây giờ ai cũng xài, mà tỉnh tính chừng bao nhiêu phần trăm bà con có?"
    for text in (judged, usual):
        assert reader.read(text).value("unheld") == "result"
        assert asking(reader.read(text)).value("unheld") is None
    assert asking(reader.read("bây giờ đạt bao nhiêu phần trăm rồi?")).value("unheld") == "result"
