"""What is written is what is read, for any record, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.records import Agency, ParsedDocument, Unplaced
from knowledge.store import DocumentCounts, IndicatorFilter, Store
from tests.knowledge.store.samples import (
    agency_lists,
    any_parsed,
    clause,
    document,
    indicator,
    parsed,
    task,
)

# One store serves all examples of a test: each replaces what it writes.
_SHARED = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@_SHARED
@given(written=any_parsed())
def test_a_parsed_document_comes_back_equal(store: Store, written: ParsedDocument) -> None:
    store.replace(written)
    assert store.parsed(written.document.id) == written
    assert store.document(written.document.id) == written.document
    assert store.clauses(written.document.id) == written.clauses
    assert all(store.clause(c.document_id, c.path) == c for c in written.clauses)
    assert all(store.indicator(i.id) == i for i in written.indicators)
    assert all(store.task(t.id) == t for t in written.tasks)


@_SHARED
@given(written=agency_lists)
def test_agencies_come_back_equal_and_in_order(store: Store, written: list[Agency]) -> None:
    store.replace_agencies(written)
    assert store.agencies() == tuple(written)
    assert all(store.agency(agency.id) == agency for agency in written)


@_SHARED
@given(text=st.text(st.characters(exclude_categories=())) | st.sampled_from(["a\0b", "\ud800"]))
def test_unknown_ids_give_none(store: Store, text: str) -> None:
    assert store.document(text) is None
    assert store.parsed(text) is None
    assert store.clause(text, text) is None
    assert store.indicator(text) is None
    assert store.task(text) is None
    assert store.agency(text) is None
    assert store.clauses(text) == ()
    assert store.series(text) == ()
    assert store.tasks(document_id=text, agency_id=text) == ()
    assert store.indicators(IndicatorFilter((text,), row=text, agency_ids=(text,), text=text)).total == 0


def test_replacing_leaves_nothing_of_the_old_records(store: Store) -> None:
    of = document()
    store.replace(parsed(of, clause(of.id, "I", 0), indicator(of.id, "1", 0), indicator(of.id, "2", 1)))
    newer = parsed(of, clause(of.id, "II", 0, references=("II",)), task(of.id, "A.1", 0))
    store.replace(newer)
    assert store.parsed(of.id) == newer
    assert store.counts() == (DocumentCounts(of.id, of.cite, clauses=1, indicators=0, tasks=1, planned=0),)
    assert store.clause(of.id, "I") is None


def test_documents_and_counts_come_newest_plan_first(store: Store) -> None:
    for made in (
        document("67", 2021, 2030),
        document("54", 2023),
        document("bai-bao", 2025, official=False),
        document("kh", 2025),
        document("206", 2024),
    ):
        store.replace(parsed(made, task(made.id, "A.1", 0), task(made.id, "B.1", 1, form="Nghị quyết")))
    order = ["kh", "bai-bao", "206", "54", "67"]
    assert [d.id for d in store.documents()] == order
    assert [c.document_id for c in store.counts()] == order
    assert {(c.tasks, c.planned) for c in store.counts()} == {(1, 1)}


def test_each_replacement_is_logged(store: Store) -> None:
    of, pieces = document(), (Unplaced(7, "dòng lạ", "không có cột"),)
    store.replace(parsed(of, clause(of.id, "I", 0)), "first")
    before = datetime.now(UTC)
    written = store.replace(
        parsed(of, task(of.id, "1", 0), task(of.id, "2", 1, form="Đề án"), unplaced=pieces), "second"
    )
    assert store.ingestions() == (written,)
    assert before <= written.at <= datetime.now(UTC)
    assert (written.fingerprint, written.clauses, written.tasks, written.planned) == ("second", 0, 1, 1)
    assert written.unplaced == pieces


def test_records_outlive_the_store_object(store_url: str) -> None:
    of = parsed(document(), indicator("206-qd-ubnd", "80", 0))
    with Store.open(store_url) as store:
        store.replace(of)
    with Store.open(store_url) as store:
        assert store.parsed("206-qd-ubnd") == of


def test_open_creates_the_folder_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mới" / "sâu" / "store.sqlite3"
    with Store.open(f"sqlite:///{path}") as store:
        assert store.documents() == ()
    assert path.is_file()
