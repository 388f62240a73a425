"""The first question that a newcomer asks, over the encoder, the store and the index of a built home."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.__main__ import open_corpus
from actions.assistant import Assistant
from tests.actions.talking import Reader, Talk, first_line, rows
from trolyso.answer import Status
from trolyso.settings import Settings

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def real(built_home: Path) -> Assistant:
    return Assistant(open_corpus(Settings(home=built_home)))


@pytest.mark.parametrize(
    "question",
    ["ai chủ trì chỉ tiêu OCOP 2024?", "ai chu tri chi tieu OCOP 2024", "sở nào lo OCOP năm 2024 vậy?"],
)
def test_who_leads_ocop_in_2024(real: Assistant, reader: Reader, question: str) -> None:
    reply = Talk(real, reader).say(question)
    assert reply.answer.status is Status.ANSWERED
    assert "Sở Công Thương" in first_line(reply)
    assert "100%" in reply.answer.text
    assert rows(reply) == [("206/QĐ-UBND", "80")]


def test_a_conversation_about_ocop(real: Assistant, reader: Reader) -> None:
    talk = Talk(real, reader)
    talk.say("ai chủ trì chỉ tiêu OCOP 2024?")
    assert rows(talk.say("còn năm 2023?", "follow_up")) == [("54/KH-STTTT", "3")]
    assert "90%" in talk.say("mục tiêu bao nhiêu?", "follow_up").answer.text
    assert "2808/QĐ-UBND" in talk.say("năm 2025 thì sao?", "follow_up").answer.text


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("tỷ lệ kinh tế số trong GRDP là bao nhiêu?", "article-001"),
        ("bao nhiêu phần trăm người dân có tài khoản thanh toán?", "article-001"),
        ("tỷ lệ dân số dùng điện thoại thông minh là bao nhiêu?", "article-001"),
    ],
)
def test_the_article_never_speaks_for_the_province(
    real: Assistant, reader: Reader, question: str, wrong: str
) -> None:
    reply = Talk(real, reader).say(question)
    assert wrong not in [document for document, _ in rows(reply)]


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("tỷ lệ hộ gia đình được phủ hạ tầng mạng băng rộng cáp quang năm 2024", "110"),
        ("tỷ lệ hộ gia đình có khả năng truy cập Internet cáp quang băng rộng năm 2024", "111"),
        ("tỷ lệ đơn vị cấp xã được phủ hạ tầng mạng băng rộng cáp quang năm 2024", None),
    ],
)
def test_near_rows_are_told_apart(real: Assistant, reader: Reader, question: str, row: str | None) -> None:
    reply = Talk(real, reader).say(question)
    assert rows(reply) == [("206/QĐ-UBND", row)]


def test_a_number_of_another_unit_is_that_of_the_row_beside(real: Assistant, reader: Reader) -> None:
    talk = Talk(real, reader)
    talk.say("STT 99 năm 2024")
    reply = talk.say("rồi phải đưa lên sàn đó bao nhiêu sản phẩm?", "follow_up")
    assert rows(reply) == [("206/QĐ-UBND", "100")]
