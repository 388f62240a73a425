from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.calibration import Band, Said, bands, calibration_error, curve, kept, searched
from eval.report import TurnFigures

MIXED = (Said(0.45, False), Said(0.62, True), Said(0.68, False), Said(0.91, True), Said(0.99, True))
ANSWERS = st.lists(st.builds(Said, st.floats(0, 1, exclude_max=True), st.booleans()), min_size=1)


def turn(status: str | None = "answered", confidence: float | None = 0.5, of: str = "a") -> TurnFigures:
    return TurnFigures(of, "trap", "plain", status, confidence, True, 0.1)


def test_only_answers_of_a_search_count() -> None:
    turns = [turn(), turn(confidence=1.0), turn("unknown"), turn("clarify"), turn(None, None), turn(of="b")]
    assert searched(turns, "a") == (Said(0.5, True),)


def test_bands() -> None:
    many = [Said(at / 40, at % 2 == 0) for at in range(20)]
    found = bands(reversed(many))
    assert [(one.low, one.high, one.total, one.right) for one in found] == [
        (2 * at / 40, (2 * at + 1) / 40, 2, 1) for at in range(10)
    ]
    assert found[0].said == pytest.approx(0.0125)
    assert [one.total for one in bands(MIXED)] == [1] * 5
    assert bands([]) == ()


def test_the_calibration_error() -> None:
    assert calibration_error(MIXED) == pytest.approx((0.45 + 0.38 + 0.68 + 0.09 + 0.01) / 5)
    assert calibration_error([Said(0.5, at % 2 == 0) for at in range(20)]) == 0
    assert calibration_error([]) == 0


def test_an_interval_of_wilson() -> None:
    low, high = Band(0.9, 1, 10, 9, 0.95).interval
    assert (low, high) == (pytest.approx(0.5958, abs=1e-4), pytest.approx(0.9821, abs=1e-4))
    assert Band(0.9, 1, 3, 3, 0.95).interval[1] == 1


def test_a_threshold() -> None:
    point = kept(MIXED, 0.68)
    assert (point.right, point.wrong, point.risk) == (2, 1, pytest.approx(1 / 3))
    assert kept(MIXED, 1).risk == 0


def test_the_curve_ends_with_everything() -> None:
    assert [(point.threshold, point.right, point.wrong) for point in curve(MIXED)] == [
        (0.99, 1, 0),
        (0.91, 2, 0),
        (0.68, 2, 1),
        (0.62, 3, 1),
        (0.45, 3, 2),
    ]


@given(ANSWERS)
def test_figures_of_any_answers(answers: list[Said]) -> None:
    assert sum(band.total for band in bands(answers)) == len(answers)
    assert all(
        band.interval[0] <= band.share + 1e-9 and band.share - 1e-9 <= band.interval[1]
        for band in bands(answers)
    )
    assert 0 <= calibration_error(answers) <= 1
    points = curve(answers)
    assert points[-1].right + points[-1].wrong == len(answers)
    assert all(less.right <= more.right and less.wrong <= more.wrong for less, more in pairwise(points))
