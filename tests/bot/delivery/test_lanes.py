from __future__ import annotations

import asyncio

from bot.delivery.lanes import Lanes


async def settled(lanes: Lanes) -> None:
    while len(lanes):
        await asyncio.sleep(0.001)


async def test_a_conversation_is_never_worked_on_twice_at_once() -> None:
    inside: list[str] = []
    most: dict[str, int] = {}

    async def work(conversation: str) -> None:
        inside.append(conversation)
        most[conversation] = max(most.get(conversation, 0), inside.count(conversation))
        await asyncio.sleep(0.002)
        inside.remove(conversation)

    lanes = Lanes(work)
    for _ in range(5):
        lanes.wake("a")
        lanes.wake("b")
        await asyncio.sleep(0.001)
    await settled(lanes)

    assert most == {"a": 1, "b": 1}


async def test_what_is_announced_during_work_is_worked_on_after_it() -> None:
    seen: list[int] = []
    waiting = [1]

    async def work(_: str) -> None:
        seen.extend(waiting)
        waiting.clear()
        await asyncio.sleep(0.002)

    lanes = Lanes(work)
    lanes.wake("a")
    await asyncio.sleep(0.001)
    waiting.append(2)
    lanes.wake("a")
    await settled(lanes)

    assert seen == [1, 2]


async def test_a_lane_that_waits_holds_no_other_up() -> None:
    free = asyncio.Event()
    done: list[str] = []

    async def work(conversation: str) -> None:
        if conversation.startswith("slow"):
            await free.wait()
        done.append(conversation)

    lanes = Lanes(work)
    for number in range(200):
        lanes.wake(f"slow-{number}")
    lanes.wake("quick")
    while not done:
        await asyncio.sleep(0.001)

    assert done == ["quick"]
    free.set()
    await settled(lanes)


async def test_work_that_fails_is_tried_again() -> None:
    tries: list[str] = []

    async def work(conversation: str) -> None:
        tries.append(conversation)
        if len(tries) < 3:
            raise OSError("the disk is full")

    lanes = Lanes(work, pause=0.001)
    lanes.wake("a")
    await settled(lanes)

    assert len(tries) == 3


async def test_closing_stops_in_the_middle() -> None:
    async def work(_: str) -> None:
        await asyncio.sleep(60)

    lanes = Lanes(work)
    lanes.wake("a")
    await asyncio.sleep(0.001)
    await lanes.aclose()

    assert len(lanes) == 0
