"""Hostile messages: each can be made again, none gives a false alarm, all kinds come up."""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter

import pytest

from bot.guard import HEADERS
from bot.hostile.calls import Call, Seen
from bot.hostile.calls import Way as Entrance
from bot.hostile.judging import Judge
from bot.hostile.messages import LIMIT, Family, message, messages
from bot.hostile.twisting import twisted
from bot.hostile.writing import WAYS, Way
from bot.incoming import tidy

QUESTIONS = ("Sở Y tế chủ trì chỉ tiêu nào năm 2024?", "ocop nam 2024 bao nhieu")
SOME = list(itertools.islice(messages(1, QUESTIONS), 600))


def test_a_message_is_made_again_from_its_seed() -> None:
    assert all(message(each.seed, QUESTIONS) == each for each in SOME[:200])
    assert SOME[0] != next(messages(2, QUESTIONS))


def test_every_family_comes_up_often() -> None:
    counts = Counter(each.family for each in SOME)
    assert set(counts) == set(Family)
    assert min(counts.values()) > len(SOME) / len(Family) / 2


def test_real_questions_stand_in_many_of_them() -> None:
    spliced = sum(any(question in each.text for question in QUESTIONS) for each in SOME)
    assert spliced > len(SOME) / 5


def test_lengths_lie_below_at_and_above_the_limit() -> None:
    lengths = {len(each.text) for each in SOME}
    assert {LIMIT - 1, LIMIT, LIMIT + 1} <= lengths
    assert max(lengths) >= 100 * LIMIT


def test_all_of_them_can_be_sent_as_json() -> None:
    assert all(json.loads(json.dumps(each.text)) is not None for each in SOME)
    assert any(not _is_utf8(each.text) for each in SOME)


def test_an_answer_that_repeats_a_message_is_no_leak() -> None:
    judge = Judge(("a-secret-of-the-service",), ())
    call = Call(Entrance.PAGE, "", "", "", "POST", "/chat")
    for text in (written for each in SOME for written in (each.text, tidy(each.text[:5_000]))):
        seen = Seen(
            0.1,
            200,
            headers=HEADERS | {"content-type": "text/plain"},
            body=text.encode("utf-8", "replace"),
        )
        assert judge.problems(call, seen) == []


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_writing_changes_the_text(way: Way) -> None:
    texts = {way(random.Random(seed), QUESTIONS[0]) for seed in range(3)}
    assert texts != {QUESTIONS[0]}


def test_twisted_values_are_other_json_and_leave_the_original_alone() -> None:
    value = {"message": {"from": {"id": 1}, "text": "x"}, "update_id": 5}
    before = json.dumps(value)
    changed = {json.dumps(twisted(random.Random(seed), value)) for seed in range(100)}
    assert json.dumps(value) == before
    assert len(changed) > 50


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
