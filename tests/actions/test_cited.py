"""Documents that are only named: what the naming tells is told, and nothing beyond it."""

from __future__ import annotations

import pytest

from tests.actions.talking import Talk
from trolyso.answer import Status


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Quyết định 2808 của tỉnh là ban hành cái gì, ký ngày nào?", "31/12/2024"),
        ("UBND tỉnh triển khai Nghị quyết 07-NQ/TU bằng quyết định nào, ngày nào?", "07-NQ/TU"),
    ],
)
def test_what_the_naming_tells(talk: Talk, text: str, told: str) -> None:
    reply = talk.say(text, "ask_document")
    assert reply.answer.status is Status.ANSWERED
    assert told in reply.answer.text
    assert "không có trong kho" in reply.answer.text


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 28/KH-UBND giao cho bao nhiêu bệnh viện phải thu viện phí không dùng tiền mặt?",
        "Quyết định 2808/QĐ-UBND đặt chỉ tiêu bao nhiêu?",
        "Quyết định 9999/QĐ-UBND ký ngày nào?",
    ],
)
def test_what_it_does_not_tell(talk: Talk, text: str) -> None:
    reply = talk.say(text, "ask_document")
    assert reply.answer.status is Status.UNKNOWN
    assert "không có trong kho" in reply.answer.text


def test_the_annexes_of_a_plan(talk: Talk) -> None:
    reply = talk.say("kế hoạch 67 kèm theo mấy phụ lục, tên từng phụ lục là gì?", "ask_document")
    assert reply.answer.text.startswith("Kế hoạch 67/KH-UBND ngày 31/12/2020 kèm theo 3 phụ lục:")
    assert "Danh mục dự án" in reply.answer.text


def test_what_a_plan_cites_as_its_grounds(talk: Talk) -> None:
    reply = talk.say("số và ngày của công văn của Bộ được Kế hoạch 54 viện dẫn làm căn cứ?", "ask_clause")
    assert "1064/BTTTT-KTS&XHS" in reply.answer.text
