"""The table of a campaign, and when it counts as passed."""

from __future__ import annotations

import json

import pytest

from bot.hostile.calls import Call, Seen, Way
from bot.hostile.found import Finding, Found
from bot.hostile.reading import Outcome, Reader, Result
from bot.hostile.report import FILLING, passed, record, table, troubles

CALL = Call(
    Way.NEW, "Unicode", "1/7", "a\u202e\ud800", "POST", "/api/chat", body=b'{"message": "a"}', before=("x",)
)


def _found(calls: int = 4, last: int = 1_000) -> Found:
    found = Found(
        seconds=2.0, memories={0: {"rasa": 500}, calls // 2: {"rasa": 1_000}, calls: {"rasa": last}}
    )
    for _ in range(calls):
        found.ways[Way.NEW].add(Seen(0.5, 200), 0)
        found.families["Unicode"].add(Seen(0.5, 200), 0)
    found.files.append(Result("x", Reader.TEXT, Outcome.REFUSED, 0.4, "cần văn bản"))
    return found


def test_a_clean_run_has_passed_and_its_table_says_so() -> None:
    lines = list(table(_found()))
    assert passed(_found())
    assert "| hostile calls; a second | 4; 2 | |" in lines
    assert "| violations in responses | 0 | 0 |" in lines
    assert "| chat, new conversation | 4 | 4 | 0 | 0.5 | 0 |" in lines
    assert "| text | 0 | 1 | 0 | 0 | 0.4 |" in lines
    assert "| rasa | 500 | 1000 | 1000 |" in lines
    assert not list(troubles(_found()))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"problems": {"chat: status 500": 2}}, "2 x chat: status 500"),
        ({"alarms": {"rasa: FORGED-7": 1}}, "1 x rasa: FORGED-7"),
        ({"died": ["gateway"]}, "gateway died"),
        ({"refused": ["Zalo webhook: sendMessage"]}, "refused by Zalo webhook: sendMessage"),
        (
            {"files": [Result("y", Reader.GUIDE, Outcome.CRASHED, 1.0, "a\nMemoryError")]},
            "guide, y: crashed MemoryError",
        ),
    ],
)
def test_each_trouble_fails_the_run_and_is_told(changed: dict[str, object], told: str) -> None:
    found = _found()
    for name, value in changed.items():
        setattr(found, name, value)
    assert not passed(found)
    assert told in list(troubles(found))


def test_people_without_reply_fail_the_run() -> None:
    found = _found()
    found.unheard = {Way.TELEGRAM: 1}
    assert not passed(found)


def test_memory_is_judged_once_the_caches_are_full() -> None:
    assert passed(_found(last=1_100))
    assert not passed(_found(FILLING + 2, last=1_100))
    assert passed(_found(FILLING + 2, last=1_040))


def test_a_finding_can_be_made_again_from_its_record() -> None:
    told = json.loads(record(Finding("status 500", CALL, 0.123, 500)))
    assert told["seed"] == "1/7"
    assert told["said"] == repr(CALL.said)
    assert told["before"] == ["'x'"]
    assert told["request"] == "POST /api/chat"
