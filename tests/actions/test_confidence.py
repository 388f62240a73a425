"""How probable it is that an answer is right, from the chance of its record."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calibrating import fit
from actions.confidence import Confidence, default_confidence
from actions.dialogue import Dialogue
from actions.reply import Reply
from trolyso.answer import Answer, Status

CURVE = Confidence(0.5, 3.0)


def reply(status: Status, confidence: float) -> Reply:
    return Reply(Answer(status, "Dạ.", (), (), (), confidence), Dialogue())


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_order_stays(one: float, other: float) -> None:
    assert (CURVE.of(one) < CURVE.of(other)) <= (one < other)
    assert 0 < CURVE.of(one) < 1


def test_only_answers_that_were_searched_for_are_told_anew() -> None:
    told = CURVE.told(reply(Status.ANSWERED, 0.5))
    assert told.answer.confidence == round(CURVE.of(0.5), 3) == 0.953
    for kept in (reply(Status.ANSWERED, 1.0), reply(Status.CLARIFY, 0.5), reply(Status.UNKNOWN, 0.5)):
        assert CURVE.told(kept) == kept


def test_a_curve_that_turns_the_order_round_is_refused() -> None:
    with pytest.raises(ValueError, match="slope above 0"):
        Confidence(-1.0, 0.0)


def test_what_is_fitted_says_the_share_that_is_right() -> None:
    said = [(0.6, at % 5 != 0) for at in range(500)] + [(0.95, at % 50 != 0) for at in range(500)]
    curve = fit(said)
    assert curve.of(0.6) == pytest.approx(0.8, abs=0.02)
    assert curve.of(0.95) == pytest.approx(0.98, abs=0.02)
    with pytest.raises(ValueError, match="needs answers"):
        fit([])


def test_the_committed_curve_can_be_read_and_written(tmp_path: Path) -> None:
    default_confidence().save(tmp_path / "curve.json")
    assert default_confidence().slope > 0
    assert '"slope"' in (tmp_path / "curve.json").read_text("utf-8")
