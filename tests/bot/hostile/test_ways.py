"""Hostile calls by every way into a real gateway: no response breaks a rule."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from bot.hostile.bodies import body_call, odd_call
from bot.hostile.calls import Call, Way, send
from bot.hostile.messages import Message, message
from bot.hostile.talking import Talk, feedback_form, long_conversation, new_conversation, page_form
from bot.hostile.wire import send_raw, wire_call
from tests.bot.hostile.conftest import Attacked

CALLS = 40
LONGEST = 20_000
QUESTIONS = ("Sở Y tế chủ trì chỉ tiêu nào năm 2024?", "STT 80 phụ lục 2")

Make = Callable[[Message, random.Random], Call]


def _message(seed: str) -> Message:
    said = message(seed, QUESTIONS)
    return Message(said.family, said.seed, said.text[:LONGEST])


def _problems(attacked: Attacked, make: Make) -> list[tuple[str, Call]]:
    found = []
    for number in range(CALLS):
        call = make(_message(f"test/{number}"), random.Random(number))
        seen = send_raw(attacked.url, call) if call.way is Way.WIRE else send(attacked.http, call)
        found += [(problem, call) for problem in attacked.judge.problems(call, seen)]
    return found


def _makers(attacked: Attacked) -> dict[Way, Make]:
    long, form = Talk(30), Talk(7)
    return {
        Way.NEW: new_conversation,
        Way.LONG: lambda said, dice: long_conversation(long, said, dice),
        Way.FORM: lambda said, dice: feedback_form(form, said, dice),
        Way.PAGE: page_form,
        Way.TELEGRAM: attacked.platforms.telegram_update,
        Way.ZALO: attacked.platforms.zalo_update,
        Way.READ: attacked.surface.call,
        Way.BODY: body_call,
        Way.ODD: odd_call,
        Way.WIRE: wire_call,
    }


@pytest.mark.parametrize("way", Way)
def test_no_call_brings_about_a_violation(attacked: Attacked, way: Way) -> None:
    assert _problems(attacked, _makers(attacked)[way]) == []


def test_the_surface_holds_every_described_address(attacked: Attacked) -> None:
    paths = {address.path for address in attacked.surface.addresses}
    assert {
        "/api/indicators",
        "/tai-ve/chi-tieu.xlsx",
        "/bieu-do/{indicator}.png",
        "/van-ban/{document}",
    } <= paths
    assert attacked.surface.known["indicator"]
    assert set(attacked.surface.known["role"]) == {"lead", "coordinator"}


def test_a_call_is_made_again_from_its_seed(attacked: Attacked) -> None:
    makers = _makers(attacked)
    for way in (Way.NEW, Way.PAGE, Way.READ, Way.BODY, Way.ODD, Way.WIRE):
        first, again = (makers[way](_message("same"), random.Random(3)) for _ in range(2))
        assert first == again
