from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from actions.dialogue import Dialogue
from actions.message import Message
from actions.remembering import Remembering
from actions.reply import Reply, said
from trolyso.answer import Status

HELLO = Message("Chào em", "chào em", "chao em", False, "greet", 0.9, ())


class Day:
    """What `Remembering` asks of a corpus."""

    def __init__(self) -> None:
        self.today = date(2026, 11, 30)
        self.edition = "gen-1"


class Counting:
    """Answers with the number of the call."""

    def __init__(self) -> None:
        self.calls = 0

    def reply(self, message: Message, dialogue: Dialogue) -> Reply:
        self.calls += 1
        return said(Status.SMALLTALK, str(self.calls), dialogue)


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def assistant() -> Counting:
    return Counting()


def text(remembering: Remembering, message: Message = HELLO, dialogue: Dialogue | None = None) -> str:
    return remembering.reply(message, dialogue or Dialogue()).answer.text


def test_the_same_words_in_the_same_state_are_answered_once(day: Day, assistant: Counting) -> None:
    remembering = Remembering(assistant, day)  # type: ignore[arg-type]
    assert [text(remembering) for _ in range(3)] == ["1", "1", "1"]


def test_other_words_another_reading_or_another_state_are_another_question(
    day: Day, assistant: Counting
) -> None:
    remembering = Remembering(assistant, day)  # type: ignore[arg-type]
    text(remembering)
    assert text(remembering, replace(HELLO, typed="chao em")) == "2"
    assert text(remembering, replace(HELLO, intent="help")) == "3"
    assert text(remembering, HELLO, Dialogue(record="206-qd-ubnd:80")) == "4"
    assert text(remembering) == "1"


def test_a_new_day_and_new_records_are_answered_anew(day: Day, assistant: Counting) -> None:
    remembering = Remembering(assistant, day)  # type: ignore[arg-type]
    text(remembering)
    day.today += timedelta(days=1)
    assert text(remembering) == "2"
    day.edition = "gen-2"
    assert text(remembering) == "3"


def test_the_longest_unused_goes_first(day: Day, assistant: Counting) -> None:
    remembering = Remembering(assistant, day, size=2)  # type: ignore[arg-type]
    text(remembering)
    text(remembering, replace(HELLO, typed="b"))
    text(remembering)
    text(remembering, replace(HELLO, typed="c"))
    assert text(remembering) == "1"
    assert text(remembering, replace(HELLO, typed="b")) == "4"
