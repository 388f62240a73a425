"""The database answers from its indexes, and with a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, Select, event, text
from sqlalchemy.orm import Session

from knowledge.records import Comparator, Period, Pillar, Role
from knowledge.store import IndicatorFilter, Store, queries
from knowledge.store.engine import create_store_engine
from tests.knowledge.store.samples import clause, document, indicator, parsed, task


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Engine]]:
    """A store of three documents of a hundred rows, and an engine that looks at the same file."""
    url = f"sqlite:///{tmp_path_factory.mktemp('plans')}/store.sqlite3"
    engine = create_store_engine(url)
    with Store.open(url) as store:
        for year in (2022, 2023, 2024):
            of = document(str(year), year)
            rows = (indicator(of.id, str(n), n, series=f"s{n}") for n in range(100))
            clauses = (clause(of.id, f"I.{n}", n, references=("I.0",)) for n in range(100))
            store.replace(parsed(of, *rows, *clauses, *(task(of.id, str(n), n) for n in range(100))))
        yield store, engine
    engine.dispose()


def plan(engine: Engine, statement: Select[object]) -> list[str]:
    sql = statement.compile(engine, compile_kwargs={"literal_binds": True})
    with engine.connect() as connection:
        return [row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {sql}"))]


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (IndicatorFilter(document_ids=("2024",)), "ix_indicators_document_id_position"),
        (IndicatorFilter(document_ids=("2024", "2023")), "ix_indicators_document_id_position"),
        (IndicatorFilter(year=2024), "ix_indicators_period_start_period_end_document_id"),
        (IndicatorFilter(year=2024, pillar=Pillar.ECONOMY), "ix_indicators_pillar_period_start_period_end"),
        (IndicatorFilter(agency_ids=("so-ct",)), "ix_indicator_assignments_agency_"),
        (
            IndicatorFilter(agency_ids=("so-ct",), role=Role.LEAD),
            "ix_indicator_assignments_agency_role_indicator",
        ),
        (IndicatorFilter(role=Role.LEAD), "ix_indicator_assignments_role_indicator_id"),
        (IndicatorFilter(pillar=Pillar.ECONOMY), "ix_indicators_pillar"),
        (IndicatorFilter(row="80"), "ix_indicators_row_label"),
        (IndicatorFilter(series="s7"), "ix_indicators_series_period_start"),
        (IndicatorFilter(comparator=Comparator.OVER), "ix_targets_comparator_indicator_id"),
    ],
)
def test_filters_use_their_index(sqlite: tuple[Store, Engine], wanted: IndicatorFilter, index: str) -> None:
    _, engine = sqlite
    for statement in (queries.indicators(wanted), queries.indicator_total(wanted)):
        details = plan(engine, statement)
        assert any(index in detail for detail in details), details
        assert not scans(details), details


def test_an_agency_in_a_year_is_counted_by_its_assignments(sqlite: tuple[Store, Engine]) -> None:
    store, engine = sqlite
    for wanted, index in (
        (IndicatorFilter(agency_ids=("so-ct",), year=2024), "agency_years"),
        (
            IndicatorFilter(agency_ids=("so-ct", "so-tttt"), role=Role.LEAD, year=2024),
            "agency_role_indicator",
        ),
    ):
        for statement in (queries.indicators(wanted), queries.indicator_total(wanted)):
            details = plan(engine, statement)
            assert any(f"COVERING INDEX ix_indicator_assignments_{index} " in detail for detail in details), (
                details
            )
            assert not scans(details), details
        found = store.indicators(wanted)
        assert found.total == len(found.items)


def scans(details: list[str]) -> list[str]:
    """The steps that go through a whole table, but for the documents and the few first years of periods."""
    small = ("SCAN documents", "SCAN begun")
    return [detail for detail in details if detail.startswith("SCAN") and not detail.startswith(small)]


# What many indicators may be asked for; most of them match all that the store holds.
MANY = [
    IndicatorFilter(),
    IndicatorFilter(year=2024),
    IndicatorFilter(year=2024, pillar=Pillar.ECONOMY),
    IndicatorFilter(agency_ids=("so-ct", "so-tttt"), role=Role.LEAD, year=2024),
    IndicatorFilter(role=Role.COORDINATOR),
    IndicatorFilter(comparator=Comparator.OVER),
    IndicatorFilter(document_ids=("2022", "2024"), text="nền tảng"),
    IndicatorFilter(row="80"),
]


@pytest.mark.parametrize("wanted", MANY)
def test_the_first_of_many_are_found_without_putting_all_in_order(
    sqlite: tuple[Store, Engine], wanted: IndicatorFilter
) -> None:
    details = plan(sqlite[1], queries.indicators(wanted, queries.MANY + 1).limit(50))
    assert details[0] == "SCAN documents USING COVERING INDEX ix_documents_period_start_official_id"
    assert any("ix_indicators_document_id_position_id (document_id=?)" in detail for detail in details), (
        details
    )
    assert "USE TEMP B-TREE FOR ORDER BY" not in details
    assert not scans(details), details


@pytest.mark.parametrize("wanted", [*MANY, IndicatorFilter(year=10**9), IndicatorFilter(text="vắng")])
def test_many_are_the_same_in_the_same_order_as_few(store: Store, wanted: IndicatorFilter) -> None:
    for year, official in ((2022, True), (2024, True), (2024, False)):
        of = document(f"{year}{'' if official else '-b'}", year, official=official)
        rows = (indicator(of.id, str(n), n % 7, period=Period(year - n % 3, year)) for n in range(60, 90))
        store.replace(parsed(of, *rows))
    engine = store._engine
    with Session(engine) as session:
        few, many = (
            [row.id for row in session.scalars(queries.indicators(wanted, total))]
            for total in (0, queries.MANY + 1)
        )
        assert few == many
        assert session.scalar(queries.indicator_total(wanted)) == len(few)


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (queries.series("s7"), "ix_indicators_series_period_start"),
        (queries.clauses("2024"), "ix_clauses_document_id_position"),
        (queries.tasks("2024", None, None), "ix_tasks_document_id_position"),
        (queries.tasks(None, "so-tttt", None), "ix_task_assignments_agency_id_role_task_id"),
        (queries.latest_ingestion("2024"), "ix_ingestions_document_id_id"),
    ],
)
def test_lists_use_their_index(sqlite: tuple[Store, Engine], statement: Select[object], index: str) -> None:
    details = plan(sqlite[1], statement)
    assert any(index in detail for detail in details), details
    assert not scans(details), details


@pytest.mark.parametrize(
    ("name", "most"),
    [("indicators", 5), ("tasks", 2), ("documents", 1), ("counts", 1), ("ingestions", 2), ("agencies", 2)],
)
def test_the_number_of_statements_does_not_grow_with_the_records(
    sqlite: tuple[Store, Engine], name: str, most: int
) -> None:
    store, _ = sqlite
    statements: list[str] = []

    def count(_c: object, _u: object, sql: str, *_rest: object) -> None:
        statements.append(sql)

    event.listen(Engine, "before_cursor_execute", count)
    getattr(store, name)()
    event.remove(Engine, "before_cursor_execute", count)
    assert len([sql for sql in statements if sql.startswith("SELECT")]) <= most, statements
