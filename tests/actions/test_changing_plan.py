"""A clause that was spoken of, asked of another plan."""

from __future__ import annotations

import pytest

from actions.dialogue import Dialogue
from actions.question import Kind, Question
from tests.actions.talking import Talk, sections
from trolyso.answer import Status


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Bản 2023 có nói điều đó không?", "greet"),
        ("Trong kế hoạch 2023 thì liệt kê khác gì?", "ask_clause"),
        ("còn kế hoạch 54 viết sao?", "ask_clause"),
    ],
)
def test_the_same_clause_of_the_plan_named_now(talk: Talk, text: str, intent: str) -> None:
    talk.say("mục II.2.2.đ của kế hoạch 2025 nói gì?", "ask_clause")
    reply = talk.say(text, intent)
    assert reply.answer.status is Status.ANSWERED
    assert sections(reply) == [("54/KH-STTTT", "II.2.2.đ")]


def test_the_number_of_what_is_cited_is_asked_again(talk: Talk) -> None:
    talk.say("mục II.1.8.a của kế hoạch 2025 nói tới kế hoạch số mấy?", "ask_clause")
    reply = talk.say("vậy năm 2023 là kế hoạch số mấy, ngày nào?", "ask_document")
    assert "30/KH-UBND" in reply.answer.text
    assert sections(reply)[0] == ("54/KH-STTTT", "II.1.8.a")


def test_what_a_section_gives_goes_to_whom_the_other_plan_gives_it(talk: Talk) -> None:
    talk.say("mục IV.4.a của kế hoạch 2025 nói gì?", "ask_clause")
    reply = talk.say("việc đó hồi kế hoạch 2023 do sở nào làm?", "follow_up")
    assert "Sở Lao động - Thương binh và Xã hội" in reply.answer.text
    assert sections(reply)[0] == ("54/KH-STTTT", "IV.4")


def test_another_agency_is_another_question(talk: Talk) -> None:
    talk.say("mục IV.4.a của kế hoạch 2023 nói gì?", "ask_clause")
    reply = talk.say("kế hoạch 2025 thì Sở Nông nghiệp và Môi trường được giao gì?", "ask_clause")
    assert sections(reply)[0] == ("KH-2025", "IV.5")


def test_a_subject_of_its_own_is_searched_for(talk: Talk) -> None:
    talk.say("mục II.2.5.b của kế hoạch 2025 nói gì?", "ask_clause")
    reply = talk.say("kế hoạch 2023 có nói tới bệnh án điện tử ở trung tâm y tế không?", "ask_clause")
    assert ("54/KH-STTTT", "II.2.6.b") not in sections(reply)


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Kế hoạch năm 2025 có quy định gì về nội dung này?", ("KH-2025", "II.1.6.c")),
        ("kế hoạch 54 thì thế nào?", ("54/KH-STTTT", "II.1.6.c")),
    ],
)
def test_what_a_plan_says_of_the_how_to_just_told(talk: Talk, text: str, section: tuple[str, str]) -> None:
    asked = Question(Kind.GUIDE, "hướng dẫn cách đăng ký chữ ký số cá nhân", "")
    talk.state = Dialogue(asked, "huong-dan/chu-ky-so-ca-nhan")
    reply = talk.say(text, "follow_up")
    assert reply.answer.status is Status.ANSWERED
    assert sections(reply)[0] == section
