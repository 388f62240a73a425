from __future__ import annotations

import re

import pytest

from tests.actions.talking import Talk, first_line, rows
from trolyso.answer import Status


def test_what_an_agency_leads_is_counted_and_listed_in_the_order_of_the_annex(talk: Talk) -> None:
    reply = talk.say("Sở Công Thương chủ trì những chỉ tiêu nào năm 2024?", "list_indicators")
    assert first_line(reply).endswith("Sở Công Thương chủ trì 12 chỉ tiêu, nhiệm vụ.")
    found = [int(row or 0) for document, row in rows(reply) if document == "206/QĐ-UBND"]
    assert len(found) == 12
    assert found == sorted(found)
    assert found[0] == 80


def test_what_is_given_to_all_departments_is_told_apart(talk: Talk) -> None:
    text = talk.say("Sở Công Thương chủ trì những chỉ tiêu nào năm 2024?", "list_indicators").answer.text
    assert "Chưa kể 33 chỉ tiêu, nhiệm vụ giao chung cho “các sở, ban, ngành”." in text
    text = talk.say("UBND cấp huyện chủ trì những chỉ tiêu nào năm 2024?", "list_indicators").answer.text
    assert "Chưa kể" not in text


@pytest.mark.parametrize("question", ["năm 2024 có bao nhiêu chỉ tiêu?", "Quyết định 206 có mấy chỉ tiêu?"])
def test_146_numbered_rows_and_one_without_number(talk: Talk, question: str) -> None:
    reply = talk.say(question, "list_indicators")
    assert "147 chỉ tiêu, nhiệm vụ (146 dòng có số thứ tự và 1 dòng không đánh số)" in first_line(reply)


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("năm 2023 có bao nhiêu chỉ tiêu?", "Có 71 chỉ tiêu"),
        ("chỉ tiêu kinh tế số năm 2023 có bao nhiêu?", "Có 32 chỉ tiêu"),
        ("chỉ tiêu xã hội số năm 2023 có bao nhiêu?", "Có 39 chỉ tiêu"),
        ("chỉ tiêu chính quyền số năm 2024 có bao nhiêu?", "Có 77 chỉ tiêu"),
        ("chỉ tiêu kinh tế số năm 2024 có bao nhiêu?", "Có 32 chỉ tiêu"),
        ("chỉ tiêu xã hội số năm 2024 có bao nhiêu?", "Có 38 chỉ tiêu"),
    ],
)
def test_counts_by_pillar_and_year(talk: Talk, question: str, count: str) -> None:
    assert count in first_line(talk.say(question, "list_indicators"))


def test_a_long_list_goes_on_to_its_end(talk: Talk) -> None:
    seen = []
    reply = talk.say("năm 2024 có bao nhiêu chỉ tiêu?", "list_indicators")
    assert "Còn 137 mục nữa" in reply.answer.text
    for _ in range(7):
        seen += [int(n) for n in re.findall(r"^(\d+)\. ", reply.answer.text, re.MULTILINE)]
        assert [tap.message for tap in reply.answer.suggestions] == ["xem tiếp"]
        reply = talk.say("xem tiếp", "follow_up")
    seen += [int(n) for n in re.findall(r"^(\d+)\. ", reply.answer.text, re.MULTILINE)]
    assert seen == list(range(1, 148))
    assert "Danh sách đã hết." in reply.answer.text
    assert reply.answer.suggestions == ()


def test_asking_on_after_the_end_says_that_it_is_the_end(talk: Talk) -> None:
    talk.say("Sở Công Thương chủ trì những chỉ tiêu nào năm 2024?", "list_indicators")
    assert "Danh sách đã hết." in talk.say("xem tiếp", "follow_up").answer.text


def test_an_item_of_a_list_is_picked_by_its_number(talk: Talk) -> None:
    talk.say("Sở Công Thương chủ trì những chỉ tiêu nào năm 2024?", "list_indicators")
    assert rows(talk.say("2")) == [("206/QĐ-UBND", "89")]


def test_none_is_a_number_too(talk: Talk) -> None:
    reply = talk.say("Sở Y tế phối hợp những chỉ tiêu nào năm 2023?", "list_indicators")
    assert "Sở Y tế phối hợp 0 chỉ tiêu" in first_line(reply)


def test_the_year_of_a_list_is_changed_by_a_follow_up(talk: Talk) -> None:
    talk.say("Sở Công Thương chủ trì những chỉ tiêu nào năm 2024?", "list_indicators")
    reply = talk.say("còn năm 2023?", "follow_up")
    assert first_line(reply).startswith("Theo Kế hoạch 54/KH-STTTT ngày 11/07/2023: Sở Công Thương chủ trì")
    assert {document for document, _ in rows(reply)} == {"54/KH-STTTT"}


@pytest.mark.parametrize(
    "question", ["năm 2025 có bao nhiêu chỉ tiêu?", "năm 2025 Sở Công Thương chủ trì bao nhiêu chỉ tiêu?"]
)
def test_a_plan_without_its_annex_gives_no_count(talk: Talk, question: str) -> None:
    reply = talk.say(question, "list_indicators")
    assert reply.answer.status is Status.UNKNOWN
    assert "2808/QĐ-UBND" in reply.answer.text


def test_a_second_lead_in_the_same_cell_counts(talk: Talk) -> None:
    """Row 133 glues Sở GD&ĐT onto the lead cell."""
    reply = talk.say("Sở Giáo dục và Đào tạo chủ trì những chỉ tiêu nào năm 2024?", "list_indicators")
    assert ("206/QĐ-UBND", "133") in rows(reply)
