"""Conversations in Rasa's memory: packed, bounded by number and size. In the environment of Rasa."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

import pytest

from bot.service import NotBuilt, rasa_environment, rasa_python
from trolyso.settings import ROOT, settings

pytestmark = pytest.mark.integration

PROBE = """
import asyncio, json, random, warnings
warnings.simplefilter("ignore")
from nlu.trackers import RecentTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

def store(**bounds):
    return RecentTrackerStore(Domain.empty(), **bounds)

async def talk(held, sender, *texts):
    tracker = await held.get_or_create_tracker(sender)
    for text in texts:
        tracker.update(UserUttered(text))
    await held.save(tracker)

async def said(held, sender):
    tracker = await held.retrieve(sender)
    return [event.text for event in tracker.events if isinstance(event, UserUttered)] if tracker else None

async def main():
    plain, few = store(turns=2), store(conversations=2)
    await talk(plain, "a", "một", "hai", "ba ạ ộ 😀")
    for sender in "abc":
        await talk(few, sender, "x")
    await talk(few, "b", "y")
    await talk(few, "d", "z")
    small = store(megabytes=0)
    await talk(small, "a", "x")
    big = store(megabytes=1)
    for number in range(40):
        dice = random.Random(number)
        await talk(big, str(number), "".join(chr(0x4E00 + dice.randrange(20000)) for _ in range(20000)))
    return {
        "last turns": await said(plain, "a"),
        "unknown": await said(plain, "z"),
        "kept": list(few.store),
        "none": len(small.store),
        "bytes": sum(map(len, big.store.values())),
        "held": big._held,
        "some": 0 < len(big.store) < 40,
        "newest": await said(big, "39") is not None,
    }

print(json.dumps(asyncio.run(main())))
"""


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    try:
        python = rasa_python(settings())
    except NotBuilt:
        if os.environ.get("CI"):
            raise
        pytest.skip("no environment of Rasa: run `make test`")
    env = {**os.environ, **rasa_environment(settings())}
    done = subprocess.run(
        [python, "-c", PROBE], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    read: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return read


def test_the_last_turns_come_back_as_they_were(told: dict[str, Any]) -> None:
    assert told["last turns"] == ["hai", "ba ạ ộ 😀"]
    assert told["unknown"] is None


def test_the_conversation_that_was_silent_longest_goes_first(told: dict[str, Any]) -> None:
    assert told["kept"] == ["b", "d"]


def test_all_together_stay_within_their_size(told: dict[str, Any]) -> None:
    assert told["none"] == 0
    assert told["bytes"] == told["held"] <= 1024 * 1024
    assert told["some"]
    assert told["newest"]
