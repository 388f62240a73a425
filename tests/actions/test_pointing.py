"""Places in a list that stands open, going back to a list, the next row, and who leads alone."""

from __future__ import annotations

import pytest

from tests.actions.talking import Talk, first_line, rows, sections
from trolyso.answer import Status

PLAN = "206/QĐ-UBND"


@pytest.mark.parametrize(
    "text", ["chỉ tiêu thứ 2 bao nhiêu phần trăm?", "chỉ tiêu 2 trong danh sách đó", "cái thứ hai"]
)
def test_a_place_in_an_open_list_is_no_row(talk: Talk, text: str) -> None:
    talk.say("năm 2024 Cục Thống kê chủ trì những chỉ tiêu nào?", "list_indicators")
    assert rows(talk.say(text)) == [(PLAN, "79")]


def test_without_a_list_it_is_a_row(talk: Talk) -> None:
    assert rows(talk.say("chỉ tiêu thứ 2 năm 2024 bao nhiêu phần trăm?")) == [(PLAN, "2")]


def test_going_back_to_the_list_of_an_agency(talk: Talk) -> None:
    talk.say("năm 2024 Cục Thống kê chủ trì những chỉ tiêu nào?", "list_indicators")
    talk.say("tỷ lệ sản phẩm OCOP được đưa trên các sàn thương mại điện tử nội địa năm 2024?")
    assert rows(talk.say("quay lại Cục Thống kê, chỉ tiêu thứ 1 ai phối hợp?")) == [(PLAN, "78")]


@pytest.mark.parametrize(
    ("text", "row"), [("dòng kế tiếp là gì?", "102"), ("chỉ tiêu liền trước là gì?", "100")]
)
def test_the_row_beside_the_one_in_focus(talk: Talk, text: str, row: str) -> None:
    talk.say("chỉ tiêu số 101 năm 2024 là gì?")
    assert rows(talk.say(text, "follow_up")) == [(PLAN, row)]


def test_after_the_last_row_there_is_none(talk: Talk) -> None:
    talk.say("chỉ tiêu số 146 năm 2024 là gì?")
    assert (PLAN, "147") not in rows(talk.say("dòng kế tiếp là gì?", "follow_up"))


def test_who_leads_alone(talk: Talk) -> None:
    reply = talk.say("năm 2024 chỉ tiêu nào chỉ một mình UBND cấp xã chủ trì?", "list_indicators")
    assert "chỉ riêng UBND cấp xã chủ trì 8 chỉ tiêu" in first_line(reply)
    assert [row for _, row in rows(reply)] == ["13", "32", "33", "38", "39", "42", "43", "59"]
    assert reply.answer.attachments == ()


def test_the_field_of_a_department(talk: Talk) -> None:
    reply = talk.say("lĩnh vực y tế trong xã hội số năm 2024 có những chỉ tiêu nào?", "list_indicators")
    assert [row for _, row in rows(reply)] == ["116", "117", "118", "119", "120", "123"]


def test_the_point_of_the_clause_in_focus(talk: Talk) -> None:
    talk.say("mục II.1.8 kế hoạch 2025 nói gì?", "ask_clause")
    assert sections(talk.say("điểm b", "chitchat")) == [("KH-2025", "II.1.8.b")]
    assert sections(talk.say("còn điểm a thì sao?", "follow_up")) == [("KH-2025", "II.1.8.a")]


def test_a_list_of_one_is_what_is_spoken_of(talk: Talk) -> None:
    talk.say("Sở Xây dựng chủ trì chỉ tiêu nào năm 2024?", "list_indicators")
    reply = talk.say("chỉ tiêu đó căn cứ quyết định nào?", "follow_up")
    assert rows(reply) == [(PLAN, "146")]


@pytest.mark.parametrize(
    "text", ["phụ lục 1 của quyết định 206 ghi gì?", "quyết định 206 điều 3 quy định gì?"]
)
def test_a_part_that_is_not_held(talk: Talk, text: str) -> None:
    assert talk.say(text, "ask_document").answer.status is Status.UNKNOWN


def test_a_list_of_a_document_that_is_not_held(talk: Talk) -> None:
    reply = talk.say("nghị quyết 57 giao Vĩnh Long những chỉ tiêu nào?", "list_indicators")
    assert reply.answer.status is Status.UNKNOWN
