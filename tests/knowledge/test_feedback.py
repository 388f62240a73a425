"""Codes of tickets, and what a ticket may hold."""

from __future__ import annotations

import re

import pytest

from knowledge.feedback import (
    ALPHABET,
    STATUS_NAMES,
    TOPIC_NAMES,
    NewTicket,
    TicketStatus,
    Topic,
    new_code,
    read_code,
)
from vietnamese import normalise

CODE = "K7QM-3XTH"


def test_no_sign_is_mistaken_for_another_or_turned_into_an_accent() -> None:
    assert not set(ALPHABET) & set("0O1IL5S2Z8BAEUYWD")
    assert len(set(ALPHABET)) == len(ALPHABET)


def test_codes_are_drawn_from_more_than_anybody_can_try() -> None:
    codes = {new_code() for _ in range(300)}
    assert len(codes) == 300
    assert all(re.fullmatch(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", code) for code in codes)
    assert len(ALPHABET) ** 8 > 10**10


@pytest.mark.parametrize(
    "typed",
    [
        "phản ánh K7QM-3XTH tới đâu rồi?",
        "phan anh k7qm3xth toi dau roi",
        "mã K7QM 3XTH",
        "K7QM–3XTH",
        "(k7qm-3xth)",
        "mã:K7QM.3XTH.",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == CODE


@pytest.mark.parametrize(
    "typed",
    [
        "phản ánh ABC123 tới đâu rồi",
        "phản ánh mạng yếu",
        "gọi 0934 6779 nha",
        "3346-7799",
        "K7QM-3XTHX",
        "XK7QM-3XTH",
        "206/QĐ-UBND",
        "chỉ tiêu OCOP 2024",
        "",
    ],
)
def test_nothing_else_is_a_code(typed: str) -> None:
    assert read_code(typed) is None


@pytest.mark.parametrize("code", ["K7QM-3XTH", "C3C3-H9HM", "TTT4-9NNN"])
def test_every_code_is_found_in_a_message(code: str) -> None:
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " ").lower()):
        assert read_code(f"phản ánh {typed} tới đâu rồi") == code


def test_a_keyboard_makes_no_accents_of_a_code() -> None:
    for _ in range(50):
        code = new_code().lower()
        assert code.replace("-", "") in normalise(f"mã {code}").folded.replace("-", "").replace(" ", "")


def test_place_and_contact_need_consent() -> None:
    assert NewTicket("mạng yếu", Topic.CONNECTION, True, "xã A", "0912345678").place == "xã A"
    for kept in ({"place": "xã A"}, {"contact": "0912345678"}):
        with pytest.raises(ValueError, match="consent"):
            NewTicket("mạng yếu", Topic.CONNECTION, False, **kept)
    with pytest.raises(ValueError, match="text"):
        NewTicket("  ", Topic.OTHER)


def test_every_field_and_status_has_a_name() -> None:
    assert set(TOPIC_NAMES) == set(Topic)
    assert set(STATUS_NAMES) == set(TicketStatus)
