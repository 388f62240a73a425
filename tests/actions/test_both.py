"""Two records that were spoken of, asked about together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.dialogue import Option
from tests.actions.talking import Talk, first_line, rows
from trolyso.answer import Status

OF_2024, OF_2023 = "206/QĐ-UBND", "54/KH-STTTT"


def told(talk: Talk, *numbers: int) -> None:
    for number in numbers:
        talk.say(f"STT {number} năm 2024")


@pytest.mark.parametrize(
    "text",
    ["trong hai cái đó cái nào cao hơn?", "so 2 mức vừa rồi coi có khác gì không", "cả hai đặt bao nhiêu?"],
)
def test_the_last_two_are_told_with_the_higher_one(talk: Talk, text: str) -> None:
    told(talk, 80, 101, 115)
    reply = talk.say(text, "follow_up")
    assert rows(reply) == [(OF_2024, "101"), (OF_2024, "115")]
    assert first_line(reply) == "Mục thứ hai đặt mức cao hơn."


def test_both_in_another_year(talk: Talk) -> None:
    told(talk, 80, 82)
    reply = talk.say("cả hai cái nãy giờ hồi 2023 thì sao", "follow_up")
    assert rows(reply) == [(OF_2023, "3"), (OF_2023, "5")]


def test_a_field_of_both(talk: Talk) -> None:
    told(talk, 115, 116)
    reply = talk.say("hai cái đó ai chủ trì?", "follow_up")
    assert "1. Năm 2024" in reply.answer.text
    assert "chủ trì: Công an tỉnh" in reply.answer.text
    assert "chủ trì: Sở Y tế" in reply.answer.text


def test_those_that_were_offered(talk: Talk) -> None:
    told(talk, 80)
    offered = tuple(Option("hài lòng", f"206-qd-ubnd:{row}") for row in (6, 55))
    talk.state = replace(talk.state, record=None, options=offered, pending=True)
    reply = talk.say("cả hai là bao nhiêu?", "follow_up")
    assert rows(reply) == [(OF_2024, "6"), (OF_2024, "55")]
    assert reply.answer.status is Status.ANSWERED


def test_one_alone_is_no_pair(talk: Talk) -> None:
    told(talk, 80)
    reply = talk.say("cả hai năm đặt bao nhiêu, có tăng không?", "compare_years")
    assert {document for document, _ in rows(reply)} == {OF_2024, OF_2023}
