"""Answers in the terminal: text, sources, numbered suggestions, and picking by number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.api_client import ApiClient, ApiError
from bot.channels.terminal import FAREWELL, run_terminal
from bot.fakes import Raw
from bot.rendering import pick, to_text
from tests.bot.site import Site
from trolyso.answer import Answer, Attachment, Status


def test_text_sources_and_numbered_suggestions_in_this_order(answer: Answer) -> None:
    assert to_text(answer, 20) == (
        "Năm 2024, chỉ tiêu là 50%.\n\n- Chủ trì: Sở Công Thương\n- Phối hợp: (để trống)\n\n"
        "Nguồn:\n  - 206/QĐ-UBND ngày 31/01/2024, STT 80: “Tỷ lệ thanh toán kh…”\n\n"
        "Gợi ý (gõ số):\n  1. So với năm 2023"
    )


def test_a_bare_answer_is_its_text() -> None:
    assert to_text(Answer(Status.UNKNOWN, "Không có.")) == "Không có."


def test_clauses_and_attachments_are_named(answer: Answer) -> None:
    clause = replace(answer.citations[0], date=None, row=None, section="II.1.6.c", document="KH-2025")
    text = to_text(
        replace(answer, citations=(clause,), attachments=(Attachment("image", "/x.png", "Biểu đồ"),))
    )
    assert "  - KH-2025, mục II.1.6.c\n" in text
    assert "Biểu đồ: /x.png" in text


def test_every_source_has_an_address_where_the_site_has_one(answer: Answer) -> None:
    bad = replace(answer.citations[0], url="javascript:alert(1)")
    text = to_text(replace(answer, citations=(*answer.citations, bad)), 0, "https://trolyso.example/")
    name = "  - 206/QĐ-UBND ngày 31/01/2024, STT 80"
    assert f"{name}\n    https://trolyso.example/van-ban/206-qd-ubnd#stt-80\n{name}\n" in text


def test_the_numbers_of_the_menu_are_not_those_of_a_list(answer: Answer) -> None:
    listing = replace(answer, text="Có 2:\n1. Dòng một\n2. Dòng hai")
    assert to_text(listing).endswith("  3. So với năm 2023")
    assert pick(listing, "3") == "so với năm 2023 thì sao?"
    assert pick(listing, "1") == "1"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1", "so với năm 2023 thì sao?"),
        (" 1 ", "so với năm 2023 thì sao?"),
        ("2", "2"),
        ("0", "0"),
        ("2024", "2024"),
        ("9" * 5000, "9" * 5000),
        ("¹", "¹"),
        ("một", "một"),
    ],
)
def test_a_number_picks_a_suggestion_only_if_there_is_one(answer: Answer, typed: str, meant: str) -> None:
    assert pick(answer, typed) == meant
    assert pick(None, typed) == typed.strip()


def test_a_conversation_in_the_terminal_over_the_real_api(site: Site, answer: Answer) -> None:
    typed = iter(["", "ai chủ trì?", "1", "thoát"])
    written: list[str] = []
    with ApiClient(site.url) as client:
        run_terminal(client.ask, lambda _: next(typed), written.append)
    assert [received.message for received in site.rasa.received] == [
        "ai chủ trì?",
        "so với năm 2023 thì sao?",
    ]
    assert len({received.sender for received in site.rasa.received}) == 1
    assert answer.text in written[1]
    assert written[-1] == FAREWELL


def test_a_failure_is_told_and_the_conversation_goes_on(site: Site) -> None:
    site.rasa.script = lambda _: Raw(b"[]")
    typed = iter(["một", "hai"])
    written: list[str] = []

    def read(_: str) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    with ApiClient(site.url) as client:
        run_terminal(client.ask, read, written.append)
    assert [line[:2] for line in written[1:-1]] == ["! ", "! "]
    assert written[-1] == FAREWELL


def test_a_gateway_that_is_not_there_is_told() -> None:
    with ApiClient("http://127.0.0.1:9") as client, pytest.raises(ApiError, match="make run") as caught:
        client.ask("một")
    assert caught.value.code == "unreachable"


def test_an_error_of_the_gateway_keeps_its_code(site: Site) -> None:
    site.rasa.script = lambda _: Raw(b"[]")
    with ApiClient(site.url) as client, pytest.raises(ApiError) as caught:
        client.ask("một")
    assert caught.value.code == "dialogue_silent"
