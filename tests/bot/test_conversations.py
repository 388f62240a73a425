"""Conversation ids cannot be guessed or forged; messages of one conversation keep their order."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversations import ConversationIds, Turns, load_key
from bot.errors import BusyError, TooManyTurnsError

IDS = ConversationIds(b"k" * 32)


def test_an_issued_id_is_accepted_by_every_gateway_with_the_key() -> None:
    issued = IDS.issue()
    assert ConversationIds(b"k" * 32).resolve(issued.public) == issued
    assert ConversationIds(b"K" * 32).resolve(issued.public) != issued


@given(st.text(max_size=80))
def test_no_text_that_a_caller_makes_up_reaches_a_signed_conversation(text: str) -> None:
    found = IDS.resolve(text)
    if found.public == text:
        assert found.sender == f"api-{text}"
    else:
        assert found.sender.startswith("web-")


def test_each_character_of_a_signed_id_counts() -> None:
    issued = IDS.issue()
    for position, char in enumerate(issued.public):
        other = "0" if char != "0" else "1"
        changed = issued.public[:position] + other + issued.public[position + 1 :]
        assert IDS.resolve(changed).sender != issued.sender, position


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        ConversationIds(b"short")


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "home" / "key"
    key = load_key(path)
    assert load_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["key"]


def test_a_damaged_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"x")
    with pytest.raises(ValueError, match="delete it"):
        load_key(tmp_path / "key")


async def test_messages_of_one_conversation_wait_for_each_other_in_order() -> None:
    turns, order = Turns(), []

    async def say(number: int) -> None:
        async with turns.turn("a"):
            order.append(number)
            await asyncio.sleep(0)
            order.append(number)

    await asyncio.gather(*(say(n) for n in range(5)))
    assert order == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert len(turns) == 0


async def test_conversations_do_not_wait_for_each_other() -> None:
    turns = Turns()
    async with turns.turn("a"), asyncio.timeout(1), turns.turn("b"):
        assert len(turns) == 2


async def test_a_conversation_that_piles_up_is_told_to_wait() -> None:
    turns = Turns(per_conversation=1)
    async with turns.turn("a"):
        with pytest.raises(TooManyTurnsError):
            async with turns.turn("a"):
                pass
        async with turns.turn("b"):
            pass


async def test_the_whole_is_bounded_and_recovers() -> None:
    turns = Turns(overall=1)
    async with turns.turn("a"):
        with pytest.raises(BusyError):
            async with turns.turn("b"):
                pass
    async with turns.turn("b"):
        pass


async def test_a_turn_that_fails_or_is_given_up_lets_the_next_one_in() -> None:
    turns = Turns()

    async def fail() -> None:
        async with turns.turn("a"):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with turns.turn("a"):
        waiting = asyncio.create_task(fail())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    assert len(turns) == 0
