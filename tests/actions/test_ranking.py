from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.ranking import DOUBTS, FEATURES, Ranking, RankingError, default_ranking, shares

NOTHING = dict.fromkeys(FEATURES, 0.0)
NO_DOUBT = dict.fromkeys(DOUBTS, 0.0)
BIAS = tuple(float(name == "bias") for name in DOUBTS)
numbers = st.floats(-20, 20)


def row(**features: float) -> tuple[float, ...]:
    return tuple(features.get(name, 0.0) for name in FEATURES)


def ranking(bias: float = 0.0, **slopes: float) -> Ranking:
    return Ranking(NOTHING | slopes, NO_DOUBT | {"bias": bias})


def test_without_candidates_there_is_no_chance() -> None:
    assert ranking().chances([], BIAS) == ()


def test_what_knows_nothing_shares_alike_with_none() -> None:
    assert ranking().chances([row(), row(), row()], BIAS) == pytest.approx((0.25, 0.25, 0.25))


def test_what_speaks_for_a_record_takes_from_the_others_and_from_none() -> None:
    before = ranking().chances([row(coverage=1.0), row()], BIAS)
    after = ranking(coverage=2.0).chances([row(coverage=1.0), row()], BIAS)
    assert after[0] > before[0]
    assert after[1] < before[1]
    assert 1 - sum(after) < 1 - sum(before)


def test_doubt_takes_from_every_record_alike() -> None:
    rows = [row(dense=1.0), row()]
    sure, doubtful = ranking(dense=1.0).chances(rows, BIAS), ranking(3.0, dense=1.0).chances(rows, BIAS)
    assert sum(doubtful) < sum(sure)
    assert doubtful[0] / doubtful[1] == pytest.approx(sure[0] / sure[1])


def test_the_odds_of_two_records_do_not_hang_on_a_third() -> None:
    two = ranking(dense=1.0).chances([row(dense=2.0), row()], BIAS)
    three = ranking(dense=1.0).chances([row(dense=2.0), row(), row(dense=1.5)], BIAS)
    assert three[0] / three[1] == pytest.approx(two[0] / two[1])


@given(st.lists(st.lists(numbers, min_size=len(FEATURES), max_size=len(FEATURES)).map(tuple), max_size=6))
def test_chances_are_probabilities_with_room_for_none(rows: list[tuple[float, ...]]) -> None:
    chances = default_ranking().chances(rows, BIAS)
    assert len(chances) == len(rows)
    assert all(0.0 <= chance <= 1.0 for chance in chances)
    assert sum(chances) <= 1.0 + 1e-9


@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=8))
def test_shares_sum_to_one_however_large_the_utilities(utilities: list[float]) -> None:
    found = shares(np.array(utilities))
    assert np.isfinite(found).all()
    assert found.sum() == pytest.approx(1.0)
    assert found[np.argmax(utilities)] == found.max()


def test_the_table_on_disk_reads_back(tmp_path: Path) -> None:
    kept = ranking(0.5, dense=1.25, agency=-0.125)
    kept.save(tmp_path / "ranking.json")
    assert Ranking(**json.loads((tmp_path / "ranking.json").read_text("utf-8"))) == kept


@pytest.mark.parametrize(
    ("evidence", "doubts"),
    [
        ({}, NO_DOUBT),
        (NOTHING, {}),
        (NOTHING | {"of_a_newer_version": 1.0}, NO_DOUBT),
        (dict.fromkeys(FEATURES[1:], 0.0), NO_DOUBT),
    ],
)
def test_a_table_of_another_version_is_refused(evidence: dict[str, float], doubts: dict[str, float]) -> None:
    with pytest.raises(RankingError, match="expected coefficients"):
        Ranking(evidence, doubts)


def test_the_committed_table_fits_and_believes_what_matches() -> None:
    held = asdict(default_ranking())
    assert set(held["evidence"]) == set(FEATURES)
    assert set(held["doubts"]) == set(DOUBTS)
    matching = row(dense=0.5, accented=1.0, folded=1.0, coverage=1.0, fused=1.0, said_of_name=1.0, row=1.0)
    vague = row(dense=-0.5, row=1.0)
    first, second = default_ranking().chances([matching, vague], BIAS)
    assert first > second
