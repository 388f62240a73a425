from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.dialogue import Dialogue, Option
from actions.question import Field, Kind, Question
from knowledge.records import Pillar, Role

words = st.text(max_size=20)
many = st.lists(words, max_size=3).map(tuple)
numbers = st.lists(st.integers(1900, 2100), max_size=3).map(tuple)
questions = st.builds(
    Question,
    kind=st.sampled_from(Kind),
    subject=words,
    typed=words,
    field=st.sampled_from(Field),
    years=numbers,
    horizons=numbers,
    agencies=many,
    role=st.none() | st.sampled_from(Role),
    pillar=st.none() | st.sampled_from(Pillar),
    documents=many,
    row=st.none() | st.text(min_size=1, max_size=4),
    unheld=st.none() | st.text(min_size=1, max_size=8),
    claim=st.booleans(),
    restored=st.booleans(),
    values=many,
    asks=many,
    meta=many,
    things=many,
)
dialogues = st.builds(
    Dialogue,
    focus=st.none() | questions,
    record=st.none() | st.text(min_size=1, max_size=20),
    options=st.lists(st.builds(Option, words, words), max_size=4).map(tuple),
    pending=st.booleans(),
    offset=st.integers(0, 200),
)
garbage = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=10,
)


@given(dialogues)
def test_the_state_survives_the_slot(dialogue: Dialogue) -> None:
    assert Dialogue.from_json(json.loads(json.dumps(dialogue.to_json()))) == dialogue


@given(garbage)
def test_any_slot_value_starts_afresh_at_worst(raw: Any) -> None:
    assert isinstance(Dialogue.from_json(raw), Dialogue)


@given(st.sampled_from(["focus", "record", "options", "pending", "offset"]), garbage)
def test_a_damaged_part_is_never_half_read(name: str, value: Any) -> None:
    focus = Question(Kind.INDICATOR, "OCOP", "OCOP", years=(2024,))
    raw = Dialogue(focus, "206-qd-ubnd:80", (Option("a", "b"),)).to_json() | {name: value}
    read = Dialogue.from_json(raw)
    assert read.record is None or isinstance(read.record, str)
    assert all(isinstance(option.record, str) for option in read.options)
    assert read.offset >= 0


@pytest.mark.parametrize(
    "raw",
    [
        None,
        {},
        [],
        "OCOP",
        7,
        {"focus": 3},
        {"focus": {"kind": "indicator"}},
        {"focus": {"kind": "no such kind", "subject": "", "typed": "", "field": "lead"}},
        {"focus": {"kind": "indicator", "subject": 5, "typed": "", "field": "lead"}},
        {"focus": {"kind": "indicator", "subject": "", "typed": "", "field": "lead", "years": ["nay"]}},
        {"focus": {"kind": "indicator", "subject": "", "typed": "", "field": "lead", "of_a_newer": 1}},
        {"record": 80},
        {"options": [{"title": "một"}]},
        {"options": ["một"]},
        {"offset": "xa"},
    ],
)
def test_what_is_not_understood_is_forgotten(raw: Any) -> None:
    assert Dialogue.from_json(raw) == Dialogue()
