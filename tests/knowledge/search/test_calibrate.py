import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.calibrate import Calibration, Labelled, Scores, default_calibration, fit, save

RIGHT = Scores(dense=0.9, accented=0.8, folded=0.8, coverage=1.0, fused=0.9, gap=0.2)
WRONG = Scores(dense=0.82, accented=0.1, folded=0.1, coverage=0.2, fused=0.4, gap=-0.4)


def test_fitting_separates_right_from_wrong() -> None:
    examples = [Labelled(RIGHT, True), Labelled(WRONG, False)] * 20
    calibration = fit(examples)
    assert calibration.probability(RIGHT) > 0.9
    assert calibration.probability(WRONG) < 0.1


def test_fitting_gives_the_observed_rate_when_the_parts_tell_nothing() -> None:
    calibration = fit([Labelled(RIGHT, True)] * 30 + [Labelled(RIGHT, False)] * 10)
    assert calibration.probability(RIGHT) == pytest.approx(0.75, abs=0.01)


@pytest.mark.parametrize("examples", [[], [Labelled(RIGHT, True)], [Labelled(WRONG, False)] * 3])
def test_fitting_needs_both_verdicts(examples: list[Labelled]) -> None:
    with pytest.raises(ValueError, match="right and wrong"):
        fit(examples)


@given(st.lists(st.floats(-2, 2), min_size=6, max_size=6))
def test_a_probability_is_one(values: list[float]) -> None:
    assert 0 <= default_calibration().probability(Scores(*values)) <= 1


def test_the_committed_coefficients_tell_a_clear_hit_from_a_miss() -> None:
    assert default_calibration().probability(RIGHT) > 0.8
    assert default_calibration().probability(WRONG) < 0.2


def test_saved_coefficients_come_back(tmp_path: Path) -> None:
    calibration = Calibration(-1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
    save(calibration, tmp_path / "table.json")
    assert Calibration(**json.loads((tmp_path / "table.json").read_text())) == calibration
