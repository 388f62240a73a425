"""The pace, on a clock that is set by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.channels.pacing import Pacing

EVEN = (5, 0.2)
Clock = Callable[[float], None]


@pytest.fixture
async def forward(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Moves the clock of the loop by some seconds."""
    loop = asyncio.get_running_loop()
    now = [loop.time()]
    monkeypatch.setattr(loop, "time", lambda: now[0])

    def move(seconds: float) -> None:
        now[0] += seconds

    return move


async def passed(turns: list[asyncio.Task[None]]) -> int:
    for _ in range(20):
        await asyncio.sleep(0)
    return sum(turn.done() for turn in turns)


def asked(pacing: Pacing, chats: list[str], group: bool = False) -> list[asyncio.Task[None]]:
    return [asyncio.create_task(pacing.turn(chat, group)) for chat in chats]


async def test_a_chat_gets_a_short_burst_and_then_one_a_second(forward: Clock) -> None:
    turns = asked(Pacing(EVEN), ["a"] * 6)
    counts = [await passed(turns)]
    for _ in range(3):
        forward(1.001)
        counts.append(await passed(turns))
    assert counts == [3, 4, 5, 6]


async def test_a_group_gets_twenty_a_minute(forward: Clock) -> None:
    turns = asked(Pacing(EVEN), ["g"] * 30, group=True)
    first = await passed(turns)
    for _ in range(60):
        forward(1.001)
        await passed(turns)
    assert first == 5
    assert await passed(turns) == 25


async def test_all_chats_together_get_twenty_five_a_second(forward: Clock) -> None:
    turns = asked(Pacing(EVEN), [f"chat {number}" for number in range(60)])
    assert await passed(turns) == 5
    for _ in range(20):
        forward(0.05)
        await passed(turns)
    assert await passed(turns) in (29, 30)


async def test_a_busy_chat_holds_up_no_other(forward: Clock) -> None:
    pacing = Pacing(EVEN)
    busy = asked(pacing, ["a"] * 5)
    await passed(busy)
    assert await passed(asked(pacing, ["b"])) == 1
    for turn in busy:
        turn.cancel()
    await asyncio.gather(*busy, return_exceptions=True)


async def test_idle_chats_are_forgotten_and_busy_ones_are_not(forward: Clock) -> None:
    pacing = Pacing(EVEN, tracked=4)
    for number in range(20):
        await pacing.turn(f"chat {number}", group=False)
        forward(2.0)
    assert len(pacing) <= 4
    turns = asked(pacing, ["busy"] * 4)
    assert await passed(turns) == 3
    for number in range(5):
        await pacing.turn(f"other {number}", group=False)
        forward(0.15)
    assert await passed(turns) == 3
    forward(1.0)
    assert await passed(turns) == 4


async def test_what_nothing_depends_on_gives_way_first(forward: Clock) -> None:
    pacing = Pacing((20, 1))
    idle = []
    for number in range(20):
        idle.append(pacing.idle(5))
        await pacing.turn(f"chat {number}", group=False)
    assert idle == [True] * 16 + [False] * 4
