from __future__ import annotations

import pytest

from tests.actions.talking import Talk, first_line, rows
from trolyso.answer import Status


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("OCOP lên sàn đã đạt được bao nhiêu rồi?", "không có kết quả đã đạt được"),
        ("kinh phí thực hiện OCOP là bao nhiêu tiền?", "không có số tiền, kinh phí cụ thể"),
        ("giám đốc Sở Y tế tên gì?", "không có tên người phụ trách"),
        ("số điện thoại Sở Công Thương?", "không có số điện thoại"),
        ("chỉ tiêu OCOP 2024 của Đồng Tháp bao nhiêu?", "không có văn bản của Đồng Tháp"),
        ("năm 2026 kinh tế số chiếm bao nhiêu GRDP?", "không có kế hoạch hay chỉ tiêu của năm 2026"),
        ("năm 2022 kinh tế số chiếm bao nhiêu GRDP?", "không có kế hoạch hay chỉ tiêu của năm 2022"),
    ],
)
def test_what_no_record_holds_is_said_plainly(talk: Talk, question: str, said: str) -> None:
    reply = talk.say(question)
    assert reply.answer.status is Status.UNKNOWN
    assert said in first_line(reply)
    assert reply.answer.citations == ()


@pytest.mark.parametrize("row", [f"STT {row}" for row in (1, 90, 122, 159)])
def test_a_row_of_2025_is_where_it_stands_and_not_here(talk: Talk, row: str) -> None:
    reply = talk.say(f"{row} năm 2025 mục tiêu bao nhiêu phần trăm?")
    assert reply.answer.status is Status.UNKNOWN
    assert "2808/QĐ-UBND" in reply.answer.text


@pytest.mark.parametrize("question", ["năm 2025 thì sao?", "còn năm 2025?", "năm 2025 bao nhiêu phần trăm?"])
def test_an_indicator_moved_to_2025_names_the_decision_and_the_nearest(talk: Talk, question: str) -> None:
    talk.say("STT 80 năm 2024")
    reply = talk.say(question, "follow_up")
    assert reply.answer.status is Status.UNKNOWN
    assert "2808/QĐ-UBND" in reply.answer.text
    assert "OCOP" in reply.answer.text
    assert "Quyết định 206/QĐ-UBND ngày 31/01/2024" in reply.answer.text


def test_a_result_of_the_record_in_focus_is_not_held(talk: Talk) -> None:
    talk.say("STT 80 năm 2024")
    reply = talk.say("đã đạt được bao nhiêu rồi?", "follow_up")
    assert reply.answer.status is Status.UNKNOWN
    assert "Điều gần nhất đang có: Tỷ lệ sản phẩm OCOP" in reply.answer.text


def test_the_focus_survives_a_refusal(talk: Talk) -> None:
    talk.say("STT 80 năm 2024")
    talk.say("giám đốc Sở Y tế tên gì?")
    talk.say("năm 2026 thì sao?", "follow_up")
    assert rows(talk.say("năm 2023 thì sao?", "follow_up")) == [("54/KH-STTTT", "3")]


@pytest.mark.parametrize("question", ["hôm nay trời có mưa không?", "viết giùm bài thơ tình"])
def test_out_of_scope_says_what_the_assistant_is_for(talk: Talk, question: str) -> None:
    reply = talk.say(question, "out_of_scope")
    assert reply.answer.status is Status.OUT_OF_SCOPE
    assert "kế hoạch chuyển đổi số" in reply.answer.text
    assert reply.answer.suggestions
    assert reply.answer.citations == ()


@pytest.mark.parametrize(
    ("text", "intent", "status"),
    [
        ("xin chào", "greet", Status.SMALLTALK),
        ("cảm ơn em", "thanks", Status.SMALLTALK),
        ("tạm biệt", "goodbye", Status.SMALLTALK),
        ("em làm được gì?", "help", Status.SMALLTALK),
        ("em tên gì", "chitchat", Status.SMALLTALK),
        ("tôi muốn góp ý", "feedback", Status.FEEDBACK),
    ],
)
def test_talk_states_no_fact_and_keeps_the_focus(talk: Talk, text: str, intent: str, status: Status) -> None:
    talk.say("STT 80 năm 2024")
    before = talk.state
    reply = talk.say(text, intent)
    assert reply.answer.status is status
    assert reply.answer.citations == ()
    assert talk.state == before
    assert rows(talk.say("còn năm 2023?", "follow_up")) == [("54/KH-STTTT", "3")]


def test_a_question_taken_for_talk_is_still_answered(talk: Talk) -> None:
    assert rows(talk.say("STT 80 năm 2024 ai chủ trì?", "greet")) == [("206/QĐ-UBND", "80")]


def test_a_document_that_is_only_named_is_not_answered_from(talk: Talk) -> None:
    reply = talk.say("quyết định 2808/QĐ-UBND do ai ký?", "ask_document")
    assert reply.answer.status is Status.UNKNOWN
    assert "2808/QĐ-UBND không có trong kho" in reply.answer.text
    assert reply.answer.citations[0].document == "KH-2025"


def test_a_party_resolution_keeps_its_whole_number(talk: Talk) -> None:
    reply = talk.say("nghị quyết 07-NQ/TU ban hành ngày nào?", "ask_document")
    assert "07-NQ/TU không có trong kho" in reply.answer.text


def test_a_clause_is_found_by_its_path(talk: Talk) -> None:
    reply = talk.say("điểm c nội dung 1.6 mục II kế hoạch 2025 nói gì", "ask_clause")
    assert [(c.document, c.section) for c in reply.answer.citations] == [("KH-2025", "II.1.6.c")]


def test_a_number_beyond_the_choices_offers_them_again(talk: Talk) -> None:
    assert talk.say("doanh nghiệp nhỏ và vừa mấy phần trăm").answer.status is Status.CLARIFY
    again = talk.say("9", "follow_up")
    assert again.answer.status is Status.CLARIFY
    assert "chọn lại" in again.answer.text
    assert talk.say("1", "follow_up").answer.status is Status.ANSWERED
