"""The two sets: complete, well-formed, and with no wording in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import eval as package
from eval.dialogues import STYLES, TYPES, Dialogue, load
from eval.judge import normalise
from vietnamese.text import fold

FOLDER = Path(package.__file__).parent
#: These name candidates or whole groups of rows, which no two sets can keep apart.
GROUPED = {"clarify", "list.agency", "list.pillar", "list.count"}


@pytest.fixture(scope="module")
def tuning() -> list[Dialogue]:
    return load(FOLDER / "tuning.jsonl")


@pytest.fixture(scope="module")
def reporting() -> list[Dialogue]:
    return load(FOLDER / "reporting.jsonl")


def asked(dialogues: list[Dialogue]) -> Iterator[tuple[str, str, str]]:
    """What is asked of which record in the first turn of the dialogues of one record."""
    for dialogue in dialogues:
        cites = dialogue.turns[0].expect.cites
        if dialogue.type not in GROUPED and len(cites) == 1 and cites[0].row is not None:
            yield dialogue.type, cites[0].document, cites[0].row


def messages(dialogues: list[Dialogue]) -> Iterator[str]:
    return (fold(normalise(turn.user)) for dialogue in dialogues for turn in dialogue.turns)


def phrases(message: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", message)
    return frozenset(tuple(words[i : i + 4]) for i in range(len(words) - 3))


@pytest.mark.parametrize("name", ["tuning", "reporting"])
def test_every_type_and_style_occurs(name: str, request: pytest.FixtureRequest) -> None:
    dialogues: list[Dialogue] = request.getfixturevalue(name)
    assert {dialogue.type for dialogue in dialogues} == TYPES
    assert {dialogue.style for dialogue in dialogues} == STYLES


@pytest.mark.parametrize("name", ["tuning", "reporting"])
def test_the_mix_is_that_of_real_questions(name: str, request: pytest.FixtureRequest) -> None:
    dialogues: list[Dialogue] = request.getfixturevalue(name)
    types = Counter(dialogue.type.partition(".")[0] for dialogue in dialogues)
    assert types["indicator"] > 0.25 * len(dialogues)
    assert sum(dialogue.style == "plain" for dialogue in dialogues) < 0.5 * len(dialogues)


def test_ids_and_messages_are_unique(tuning: list[Dialogue], reporting: list[Dialogue]) -> None:
    ids = Counter(dialogue.id for dialogue in tuning + reporting)
    assert max(ids.values()) == 1
    openings = Counter(normalise(dialogue.turns[0].user) for dialogue in tuning + reporting)
    assert max(openings.values()) == 1


def test_the_sets_share_no_question(tuning: list[Dialogue], reporting: list[Dialogue]) -> None:
    """There are more dialogues than records, so a row may stand in both; then it is not asked alike."""
    alike = {question for question in asked(tuning) if question in set(asked(reporting))}
    assert len(alike) <= 0.15 * len(reporting)


def test_the_sets_share_no_wording(tuning: list[Dialogue], reporting: list[Dialogue]) -> None:
    assert set(messages(tuning)) & set(messages(reporting)) == set()
    owners = {phrase: theirs for theirs in map(phrases, messages(reporting)) for phrase in theirs}
    for ours in map(phrases, messages(tuning)):
        for theirs in (owners[phrase] for phrase in ours if phrase in owners):
            # Short follow-ups ("còn năm 2023 thì sao") are everybody's words.
            shorter = min(len(ours), len(theirs))
            assert shorter < 5 or len(ours & theirs) <= 0.5 * shorter


def test_long_stories_are_long(tuning: list[Dialogue], reporting: list[Dialogue]) -> None:
    long = [dialogue for dialogue in tuning + reporting if dialogue.style == "long"]
    assert all(len(dialogue.turns[0].user.split()) >= 40 for dialogue in long)


def test_unaccented_messages_have_no_accents(tuning: list[Dialogue], reporting: list[Dialogue]) -> None:
    keyed = [d for d in tuning + reporting if d.style in ("unaccented", "telex")]
    assert all(turn.user.isascii() for dialogue in keyed for turn in dialogue.turns)


def test_abstaining_dialogues_say_so(tuning: list[Dialogue], reporting: list[Dialogue]) -> None:
    for dialogue in tuning + reporting:
        if dialogue.type in ("unanswerable", "outofscope"):
            assert all(turn.expect.abstain or turn.expect.any_status for turn in dialogue.turns)
        if dialogue.type == "feedback":
            assert dialogue.turns[0].expect.starts_feedback
