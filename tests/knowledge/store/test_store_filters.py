"""Which indicators and tasks a question gets, in which order, and page by page."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.records import Comparator, Period, Pillar, Role, Target
from knowledge.store import IndicatorFilter, Store
from tests.knowledge.store.samples import assignment, clause, document, indicator, parsed, task

EQUAL = (Target(Comparator.EQUAL, Decimal(100), None, "%", "", "100%"),)


@pytest.fixture
def filled(store: Store) -> Store:
    """Three documents; row 10 of the newest is a coordinator's of Sở Y tế and of the pillar society."""
    newest, older, long = document("206", 2024), document("54", 2023), document("67", 2021, 2030)
    store.replace(
        parsed(
            long,
            indicator("67", "1", 0, period=Period(2021, 2025), series="cash"),
            indicator("67", "II.1", 1, period=Period(2026, 2030)),
            task("67", "A.1", 0),
            task("67", "B.1", 1, form="Nghị quyết"),
            task("67", "A.2", 2, assignments=(assignment("so-yt", Role.COORDINATOR),)),
        )
    )
    store.replace(
        parsed(
            older,
            indicator("54", "2", 1, period=Period(2023, 2023), name="Tỷ lệ 50% đọc, viết số"),
            indicator("54", "10", 0, period=Period(2023, 2023), series="cash", targets=EQUAL),
        )
    )
    store.replace(
        parsed(
            newest,
            indicator("206", "9", 0),
            indicator("206", None, 2, series="cash"),
            indicator(
                "206",
                "10",
                1,
                pillar=Pillar.SOCIETY,
                name="Hồ sơ sức khỏe điện tử",
                assignments=(assignment("so-yt", Role.COORDINATOR), assignment("ubnd-xa")),
            ),
            clause("206", "I", 0),
        )
    )
    return store


ALL = ["206:9", "206:10", "206:-", "54:10", "54:2", "67:1", "67:II.1"]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (IndicatorFilter(), ALL),
        (IndicatorFilter(document_ids=("54", "67")), ["54:10", "54:2", "67:1", "67:II.1"]),
        (IndicatorFilter(document_ids=("không có",)), []),
        (IndicatorFilter(year=2023), ["54:10", "54:2", "67:1"]),
        (IndicatorFilter(year=2025), ["67:1"]),
        (IndicatorFilter(year=2026), ["67:II.1"]),
        (IndicatorFilter(year=2031), []),
        (IndicatorFilter(year=10**30), []),
        (IndicatorFilter(year=-(10**30)), []),
        (IndicatorFilter(agency_ids=("so-yt",)), ["206:10"]),
        (IndicatorFilter(agency_ids=("so-yt", "so-ct")), ALL),
        (IndicatorFilter(agency_ids=("so-yt",), role=Role.LEAD), []),
        (IndicatorFilter(agency_ids=("ubnd-xa",), role=Role.LEAD), ["206:10"]),
        (
            IndicatorFilter(agency_ids=("so-tttt",), role=Role.COORDINATOR, year=2024),
            ["206:9", "206:-", "67:1"],
        ),
        (IndicatorFilter(role=Role.COORDINATOR), ALL),
        (IndicatorFilter(pillar=Pillar.SOCIETY), ["206:10"]),
        (IndicatorFilter(row="10"), ["206:10", "54:10"]),
        (IndicatorFilter(row="10", document_ids=("54",)), ["54:10"]),
        (IndicatorFilter(series="cash"), ["206:-", "54:10", "67:1"]),
        (IndicatorFilter(comparator=Comparator.EQUAL), ["54:10"]),
        (IndicatorFilter(text="Sức khoẻ hồ SƠ"), ["206:10"]),
        (IndicatorFilter(text="suc khoe"), ["206:10"]),
        (IndicatorFilter(text="suc nen tang"), []),
        (IndicatorFilter(text="50%"), ["54:2"]),
        (IndicatorFilter(text="_"), []),
        (IndicatorFilter(text="  "), ALL),
        (IndicatorFilter(text="' OR 1=1 --"), []),
    ],
)
def test_a_filter_gives_these_indicators_in_this_order(
    filled: Store, wanted: IndicatorFilter, ids: list[str]
) -> None:
    page = filled.indicators(wanted)
    assert [i.id for i in page.items] == ids
    assert (page.total, page.limit, page.offset) == (len(ids), len(ids), 0)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_pages_put_together_are_the_whole_list(filled: Store, limit: int) -> None:
    pages = [filled.indicators(limit=limit, offset=offset) for offset in range(0, len(ALL), limit)]
    assert [i.id for page in pages for i in page.items] == ALL
    assert {page.total for page in pages} == {len(ALL)}
    assert all(len(page.items) <= limit for page in pages)


def test_a_page_past_the_end_is_empty_and_knows_the_total(filled: Store) -> None:
    page = filled.indicators(IndicatorFilter(row="10"), limit=5, offset=2)
    assert (page.items, page.total, page.limit, page.offset) == ((), 2, 5, 2)
    assert filled.indicators(limit=0).items == ()
    assert filled.indicators(limit=10**30, offset=10**30).items == ()


@pytest.mark.parametrize(("limit", "offset"), [(-1, 0), (1, -1)])
def test_a_negative_page_is_refused(filled: Store, limit: int, offset: int) -> None:
    with pytest.raises(ValueError, match="negative"):
        filled.indicators(limit=limit, offset=offset)


def test_a_series_runs_from_the_oldest_year(filled: Store) -> None:
    assert [i.id for i in filled.series("cash")] == ["67:1", "54:10", "206:-"]


def test_tasks_by_document_agency_and_kind(filled: Store) -> None:
    assert [t.row for t in filled.tasks()] == ["A.1", "B.1", "A.2"]
    assert [t.row for t in filled.tasks("67", planned=False)] == ["A.1", "A.2"]
    assert [t.row for t in filled.tasks(planned=True)] == ["B.1"]
    assert [t.row for t in filled.tasks(agency_id="so-yt")] == ["A.2"]
    assert [t.row for t in filled.tasks("67", "so-tttt", planned=True)] == ["B.1"]
    assert filled.tasks("206") == ()
