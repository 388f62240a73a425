from __future__ import annotations

import pytest

from actions.denying import denied
from actions.dialogue import Dialogue
from actions.question import Kind, Question
from tests.actions.talking import Reader, Talk, first_line, rows

SPOKEN = Dialogue(Question(Kind.INDICATOR, "OCOP", "OCOP năm 2024", years=(2024,)), "206-qd-ubnd:80")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ko phải, tui hỏi năm 2023 kìa", "năm 2023 kìa"),
        ("không, ý tôi là năm 2023", "năm 2023"),
        ("không phải cái đó, tôi hỏi tỷ trọng từng ngành", "tỷ trọng từng ngành"),
        ("sai rồi, em hỏi về doanh nghiệp có website mà", "doanh nghiệp có website mà"),
        ("ý tôi là phối hợp chứ không phải chủ trì", "phối hợp"),
    ],
)
def test_what_is_asked_instead(reader: Reader, text: str, left: str) -> None:
    message = denied(reader.read(text, "deny"), SPOKEN)
    assert message.denies
    assert message.text.strip() == left


@pytest.mark.parametrize(
    "text", ["không", "không phải", "không phải sở nào cũng phối hợp đúng không?", "tôi hỏi về OCOP năm 2023"]
)
def test_what_takes_nothing_back(reader: Reader, text: str) -> None:
    message = reader.read(text, "deny")
    assert denied(message, SPOKEN) == message


def test_nothing_can_be_taken_back_at_first(reader: Reader) -> None:
    message = reader.read("không phải, tôi hỏi năm 2023", "deny")
    assert denied(message, Dialogue()) == message


def test_the_answer_that_was_not_meant_is_not_given_again(talk: Talk) -> None:
    talk.say("tỷ lệ kinh tế số trong GRDP năm 2024 bao nhiêu?")
    assert talk.state.record == "206-qd-ubnd:78"
    reply = talk.say("không phải cái đó, tôi hỏi kinh tế số trong từng ngành, lĩnh vực", "deny")
    assert ("206/QĐ-UBND", "78") not in rows(reply)
    assert ("206/QĐ-UBND", "79") in rows(reply)


def test_another_role_of_the_same_list(talk: Talk) -> None:
    talk.say("Sở Giáo dục và Đào tạo chủ trì chỉ tiêu nào năm 2024?", "list_indicators")
    reply = talk.say("không phải, ý tôi là phối hợp chứ không phải chủ trì", "deny")
    assert "Sở Giáo dục và Đào tạo phối hợp 3" in first_line(reply)
