"""Who has to do what a clause of a plan without an annex says."""

from __future__ import annotations

from tests.actions.talking import Talk, first_line, rows, sections
from trolyso.answer import Status


def test_all_to_whom_a_clause_is_given_are_named(talk: Talk) -> None:
    reply = talk.say("mục II.1.5.b kế hoạch 2025 cơ quan nào chủ trì?", "ask_clause")
    assert {("KH-2025", "IV.16.e"), ("KH-2025", "IV.4.a")} <= set(sections(reply))
    assert "Cùng được giao nội dung này" in reply.answer.text


def test_a_department_that_is_asked_for_comes_first(talk: Talk) -> None:
    reply = talk.say("mục II.1.5.b kế hoạch 2025 sở nào chủ trì?", "ask_clause")
    assert sections(reply)[0] == ("KH-2025", "IV.4.a")


def test_the_successor_of_the_agency_that_is_claimed_is_named(talk: Talk) -> None:
    reply = talk.say("mục II.1.5.b kế hoạch 2025 vẫn do Sở LĐTBXH chủ trì hả?", "ask_clause")
    assert first_line(reply).startswith("Chưa đúng.")
    assert sections(reply)[0] == ("KH-2025", "IV.4.a")


def test_who_leads_a_point_that_is_named_by_its_letter(talk: Talk) -> None:
    said = talk.say("kế hoạch 2025 phần kỹ năng số, công dân số điểm d nói gì vậy?", "ask_clause")
    assert sections(said) == [("KH-2025", "II.1.6.d")]
    assert "Sở Văn hóa, Thể thao và Du lịch" in talk.say("sở nào chủ trì điểm này?", "follow_up").answer.text


def test_the_part_of_a_section_by_its_heading(talk: Talk) -> None:
    reply = talk.say("kế hoạch 2025 nội dung 2.4, phần công nghiệp có gì?", "ask_clause")
    assert sections(reply)[0] == ("KH-2025", "II.2.4.b")


def test_a_row_that_is_not_there_with_the_one_that_is_meant(talk: Talk) -> None:
    reply = talk.say("dòng 117 kế hoạch 54 về trạm y tế quản lý trên môi trường số là bao nhiêu?")
    assert first_line(reply).startswith(
        "Dạ, không có dòng số 117 trong phụ lục chỉ tiêu của Kế hoạch 54/KH-STTTT"
    )
    assert rows(reply) == [("54/KH-STTTT", "41")]


def test_the_other_pillar_after_a_list(talk: Talk) -> None:
    talk.say("năm 2024 phần chính quyền số có bao nhiêu chỉ tiêu?", "list_indicators")
    assert "Có 32 chỉ tiêu" in talk.say("còn kinh tế số?", "follow_up").answer.text


def test_two_pillars_that_are_counted(talk: Talk) -> None:
    reply = talk.say(
        "phụ lục kế hoạch 54 có tổng cộng bao nhiêu nhiệm vụ, mỗi phần kinh tế số và xã hội số bao nhiêu?",
        "list_indicators",
    )
    assert all(number in reply.answer.text for number in ("71", "32", "39"))
    assert reply.answer.status is Status.ANSWERED
