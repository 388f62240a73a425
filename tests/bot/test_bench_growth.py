"""The tables of growth are measured on the built home, in processes and folders that are gone afterwards."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path

import pytest

from bot import bench_growth
from bot.bench_growth import Built, Growth, Held, growth, table
from bot.soak.postgres import MISSING
from knowledge.search.growth import KindCost, Looked, SearchCost
from knowledge.search.vectors import VectorKind
from knowledge.store import growth as store_growth
from knowledge.store.growth import QueryCost
from trolyso.settings import Settings

MS = (0.001, 0.002, 0.004)


def found(stores: dict[str, tuple[float, tuple[QueryCost, ...]]], skipped: str = "") -> Growth:
    """What one run might measure."""
    cost = SearchCost(VectorKind.LISTS, Looked(MS, 0.99), Looked(MS, 0.98), MS, MS, MS)
    kinds = (KindCost("HNSW", 1.25, Looked(MS, 0.9)),)
    searches = {100_000: (Built(12.3, 430, 1400), Held(cost, 84))}
    return Growth(searches, {10_000: kinds}, 1_000_000, stores, skipped)


def test_tables_name_sizes_kinds_and_times() -> None:
    stores = {name: (60.4, (QueryCost("a row", 2, MS),)) for name in ("SQLite", "PostgreSQL")}
    lines = list(table(found(stores)))
    times = "2.0 / 4.0"
    assert (
        f"| 100,000 | lists | 12 | 1400 | 430 | 84 | 0.990 (0.980) | {times} | {times} | {times} | {times} |"
        in lines
    )
    assert f"| 10,000 | HNSW | 1.2 | 0.900 | {times} |" in lines
    assert "A store of 1,000,000 indicators; SQLite filled in 60 s; PostgreSQL filled in 60 s." in lines
    assert f"| a row | 2 | {times} | {times} |" in lines
    for before, line in pairwise(lines):
        if line.startswith("| ---"):
            assert line.count("|") == before.count("|")


def test_a_database_that_is_not_there_is_said_to_be_missing() -> None:
    lines = list(table(found({"SQLite": (60.4, (QueryCost("a row", 2, MS),))}, MISSING)))
    assert any(MISSING in line for line in lines)
    assert "| a row | 2 | 2.0 / 4.0 |" in lines


@pytest.mark.integration
def test_a_small_growth_is_measured_and_leaves_nothing_behind(
    built_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TROLYSO_HOME", str(built_home))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(bench_growth, "COMPARED", (500,))
    monkeypatch.setattr(store_growth, "ASKED", 2)
    monkeypatch.setattr(bench_growth, "find_binaries", lambda: None)
    page = tmp_path / "performance.md"
    page.write_text("Before.\n<!-- growth -->\n<!-- /growth -->\nAfter.\n", "utf-8")
    growth([600], page)
    printed = capsys.readouterr().out
    assert "| 600 | flat |" in printed
    assert "| 500 | HNSW |" in printed
    assert printed.strip() in page.read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == [page.name]
    assert Settings().home == built_home
