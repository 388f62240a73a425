"""A grown store holds whole copies of the real plans, and is asked what the service asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.records import Agency, Role
from knowledge.store import IndicatorFilter, Store
from knowledge.store.growth import fill, query_costs
from tests.knowledge.store.samples import document, indicator, parsed, task

SETS = 25
ROWS = 6


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Store]:
    """Two plans of three rows each, and two agencies."""
    with Store.open(f"sqlite:///{tmp_path}/real.sqlite3") as store:
        store.replace_agencies(
            [Agency(name, name, (), "province", None, "") for name in ("so-ct", "so-tttt")]
        )
        for year in (2023, 2024):
            plan = document(str(year), year)
            rows = (indicator(plan.id, str(n), n, series=f"s{n}") for n in range(1, 4))
            store.replace(parsed(plan, *rows, task(plan.id, "1", 1)))
        yield store


@pytest.fixture
def grown(source: Store, store_url: str) -> Iterator[Store]:
    """The same plans and copies of them, in each database."""
    assert fill(source, store_url, SETS * ROWS - 2) > 0
    with Store.open(store_url) as store:
        yield store


def test_copies_are_whole(source: Store, grown: Store) -> None:
    assert grown.indicators(limit=0).total == SETS * ROWS
    real, copy = source.indicator("2023:2"), grown.indicator("2023:2~7")
    assert real is not None
    assert copy is not None
    assert copy.document_id == "2023~7"
    assert (copy.targets, copy.bases, copy.row) == (real.targets, real.bases, real.row)
    assert copy.period.start == real.period.start + 7 - 10
    assert copy.name.startswith(f"{real.name} tại ")
    assert len(grown.tasks("2024~3")) == 1


def test_provinces_have_series_and_agencies_of_their_own(grown: Store) -> None:
    assert len(grown.series("s1~0")) == 2 * 19
    assert len(grown.series("s1~1")) == 2 * (SETS - 20)
    led = {
        agency: grown.indicators(IndicatorFilter(agency_ids=(agency,), role=Role.LEAD), limit=0).total
        for agency in ("so-ct", "so-tttt")
    }
    assert led == {"so-ct": 20 * ROWS, "so-tttt": (SETS - 20) * ROWS}


def test_each_question_is_timed(source: Store, grown: Store) -> None:
    costs = list(query_costs(grown, source))
    assert len({cost.name for cost in costs}) == len(costs) > 15
    for cost in costs:
        assert list(cost.times) == sorted(cost.times)
        assert cost.times[0] > 0
    totals = {cost.name: cost.total for cost in costs}
    assert totals["total of all"] == SETS * ROWS
    assert totals["all indicators of a plan"] == 3
    assert totals["an indicator over the years"] in (2 * 19, 2 * (SETS - 20))


def test_a_store_without_indicators_cannot_grow(tmp_path: Path) -> None:
    with (
        Store.open(f"sqlite:///{tmp_path}/empty.sqlite3") as empty,
        pytest.raises(ValueError, match="expected a store with indicators"),
    ):
        fill(empty, f"sqlite:///{tmp_path}/grown.sqlite3", 10)
