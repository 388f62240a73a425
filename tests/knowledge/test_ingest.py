"""Ingestion: idempotent, whole per file, linked over all documents, honest about what failed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from knowledge.errors import ParseError, RegistryError
from knowledge.ingest import IngestReport, Status, ingest, ingest_folder
from knowledge.records import Agency, ParsedDocument, Unplaced
from knowledge.stats import stats
from knowledge.store import Store
from tests.knowledge.store.samples import clause, document, indicator, parsed, task

SOURCES = Path(__file__).resolve().parents[2] / "knowledge" / "sources"
REGISTRY = """
documents:
  - {id: a, cite: 1/KH, file: a.txt, title: A, kind: KH, issuer: Sở A, period: [2023, 2023], official: true}
  - {id: b, cite: 2/KH, file: b.txt, title: B, kind: KH, issuer: Sở B, period: [2024, 2024], official: true}
"""
TEXT = "I. MỤC TIÊU\n\n1. Mục tiêu chung\n\na) Phát triển kinh tế số.\n\nb) Phát triển xã hội số.\n"


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    with Store.open("sqlite://") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two small registered sources."""
    (tmp_path / "registry.yml").write_text(REGISTRY, encoding="utf-8")
    (tmp_path / "errata.yml").write_text("display: []\n", encoding="utf-8")
    (tmp_path / "agencies.yml").write_text(
        "- {id: so-yt, name: Sở Y tế, level: province}\n", encoding="utf-8"
    )
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    return tmp_path


def statuses(report: IngestReport) -> dict[str, Status]:
    return {file.file: file.status for file in report.files}


def test_a_folder_is_added_once_and_unchanged_afterwards(folder: Path, store: Store) -> None:
    assert statuses(ingest_folder(folder, store)) == {"a.txt": Status.ADDED, "b.txt": Status.ADDED}
    before = store.ingestions()
    report = ingest_folder(folder, store)
    assert statuses(report) == {"a.txt": Status.UNCHANGED, "b.txt": Status.UNCHANGED}
    assert store.ingestions() == before
    assert [c.text for c in store.clauses("a")][-1] == "Phát triển xã hội số."
    assert [file.clauses for file in report.files] == [len(store.clauses("a"))] * 2
    assert store.agencies() == (Agency("so-yt", "Sở Y tế", (), "province"),)


def test_a_changed_file_alone_is_replaced(folder: Path, store: Store) -> None:
    ingest_folder(folder, store)
    (folder / "b.txt").write_text(TEXT.replace("xã hội số", "chính quyền số"), encoding="utf-8")
    assert statuses(ingest_folder(folder, store)) == {"a.txt": Status.UNCHANGED, "b.txt": Status.REPLACED}
    assert store.clauses("b")[-1].text == "Phát triển chính quyền số."
    assert store.clauses("a")[-1].text == "Phát triển xã hội số."


@pytest.mark.parametrize(
    ("file", "edit"),
    [
        ("registry.yml", lambda text: text.replace("Sở A", "Sở Công Thương")),
        ("errata.yml", lambda _: "display: [{where: a, printed: kinh tế số, shown: KTS}]"),
        ("agencies.yml", lambda text: text + "- {id: so-ct, name: Sở Công Thương, level: province}\n"),
    ],
)
def test_a_changed_registry_replaces_every_document(
    folder: Path, store: Store, file: str, edit: Callable[[str], str]
) -> None:
    ingest_folder(folder, store)
    path = folder / file
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert set(statuses(ingest_folder(folder, store)).values()) == {Status.REPLACED}
    assert set(statuses(ingest_folder(folder, store)).values()) == {Status.UNCHANGED}


def test_a_file_that_fails_stops_no_other_and_keeps_its_document(folder: Path, store: Store) -> None:
    ingest_folder(folder, store)
    held = store.parsed("a")
    (folder / "a.txt").write_bytes(b"\xff\xfe\x00 not text")
    (folder / "b.txt").write_text(TEXT + "\nc) Thêm.\n", encoding="utf-8")
    report = ingest_folder(folder, store)
    assert statuses(report) == {"a.txt": Status.FAILED, "b.txt": Status.REPLACED}
    assert report.failed
    assert "a.txt" in report.files[0].error
    assert store.parsed("a") == held


def test_a_missing_file_fails_and_a_broken_registry_stops_all(folder: Path, store: Store) -> None:
    (report,) = ingest([folder / "không-có.txt"], store, Scripted()).files
    assert (report.status, report.error) == (Status.FAILED, "không tìm thấy tệp")
    (folder / "registry.yml").write_text("documents: [{id: a}]", encoding="utf-8")
    with pytest.raises(RegistryError):
        ingest_folder(folder, store)
    assert store.documents() == ()


def test_a_dry_run_reports_and_writes_nothing(folder: Path, store: Store) -> None:
    wet_then_dry = ingest_folder(folder, store, dry_run=True)
    assert statuses(wet_then_dry) == {"a.txt": Status.ADDED, "b.txt": Status.ADDED}
    assert wet_then_dry.files[0].clauses > 0
    assert (store.documents(), store.agencies(), store.ingestions()) == ((), (), ())


def test_the_report_is_plain_json(folder: Path, store: Store) -> None:
    (folder / "a.txt").write_bytes(b"\xff")
    told = json.loads(json.dumps(ingest_folder(folder, store).to_json()))
    assert told["dry_run"] is False
    assert [file["status"] for file in told["files"]] == ["failed", "added"]
    assert told["files"][1]["error"] is None


# The following need documents that no small text gives: a parser that holds its records ready.


@dataclass
class Scripted:
    """Parses ``<id>.txt`` to the document of that id; links all first indicators once two are there."""

    documents: dict[str, ParsedDocument] = field(default_factory=dict)
    version: str = "1"
    agencies: tuple[Agency, ...] = ()

    def parse(self, path: Path) -> ParsedDocument:
        if path.stem not in self.documents:
            raise ParseError(f"{path.name}: không đọc được cấu trúc")
        return self.documents[path.stem]

    def link(self, documents: Sequence[ParsedDocument]) -> tuple[ParsedDocument, ...]:
        key = "series" if len(documents) > 1 else None
        return tuple(
            replace(p, indicators=tuple(replace(i, series=key) for i in p.indicators)) for p in documents
        )


def plan(document_id: str, year: int) -> ParsedDocument:
    return parsed(document(document_id, year), indicator(document_id, "1", 0))


def files(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / f"{name}.txt").write_text(name, encoding="utf-8")
    return [folder / f"{name}.txt" for name in names]


def test_a_new_document_links_those_that_are_held(tmp_path: Path, store: Store) -> None:
    parser = Scripted({"p": plan("p", 2023), "q": plan("q", 2024)})
    first, second = files(tmp_path, "p", "q")
    ingest([first], store, parser)
    assert store.series("series") == ()
    assert statuses(ingest([second], store, parser)) == {"q.txt": Status.ADDED, "p.txt": Status.REPLACED}
    assert [i.id for i in store.series("series")] == ["p:1", "q:1"]
    assert set(statuses(ingest([first, second], store, parser)).values()) == {Status.UNCHANGED}


def test_a_failing_file_does_not_unlink_the_others(tmp_path: Path, store: Store) -> None:
    parser = Scripted({"p": plan("p", 2023), "q": plan("q", 2024)})
    paths = files(tmp_path, "p", "q")
    ingest(paths, store, parser)
    broken = Scripted({"p": plan("p", 2023)}, version="2")
    assert statuses(ingest(paths, store, broken)) == {"p.txt": Status.REPLACED, "q.txt": Status.FAILED}
    assert [i.id for i in store.series("series")] == ["p:1", "q:1"]


def test_records_that_the_store_refuses_fail_alone(tmp_path: Path, store: Store) -> None:
    paths = files(tmp_path, "p", "q")
    ingest(paths, store, Scripted({"p": plan("p", 2023), "q": plan("q", 2024)}))
    twice = parsed(document("p", 2023), clause("p", "I", 0), clause("p", "I", 1))
    report = ingest(paths, store, Scripted({"p": twice, "q": plan("q", 2025)}, version="2"))
    assert statuses(report) == {"p.txt": Status.FAILED, "q.txt": Status.REPLACED}
    assert report.files[0].document_id == "p"
    assert "UNIQUE" in report.files[0].error
    assert store.indicator("p:1") is not None
    held = store.document("q")
    assert held is not None
    assert held.period.start == 2025


def test_two_files_of_one_document_are_told(tmp_path: Path, store: Store) -> None:
    made = plan("p", 2023)
    report = ingest(files(tmp_path, "p", "copy"), store, Scripted({"p": made, "copy": made}))
    assert statuses(report) == {"p.txt": Status.ADDED, "copy.txt": Status.FAILED}
    assert "p.txt" in report.files[1].error


def test_what_found_no_place_is_reported_each_time(tmp_path: Path, store: Store) -> None:
    pieces = (Unplaced(3, "dòng lạ", "ngoài bảng"),)
    parser = Scripted({"p": parsed(document("p", 2023), task("p", "1", 0, form="Đề án"), unplaced=pieces)})
    for _ in range(2):
        (file,) = ingest(files(tmp_path, "p"), store, parser).files
        assert (file.unplaced, file.tasks, file.planned) == (pieces, 0, 1)


def test_the_official_sources_give_all_their_records(store: Store) -> None:
    report = ingest_folder(SOURCES, store)
    assert [file.error for file in report.files if file.status is not Status.ADDED] == []
    told = stats(store).to_json()
    totals = told["totals"]
    assert (totals["indicators"], totals["tasks"], totals["planned"]) == (237, 50, 19)
    assert {d["document"]: d["indicators"] for d in told["documents"]} == {
        "KH-2025": 0,
        "article-001": 0,
        "206/QĐ-UBND": 147,
        "54/KH-STTTT": 71,
        "67/KH-UBND": 19,
    }
    assert totals["clauses"] == sum(d["clauses"] for d in told["documents"]) > 400
    for file in report.files:
        held = store.parsed(str(file.document_id))
        assert held is not None
        assert len(held.indicators) == file.indicators
        assert {a.agency_id for i in held.indicators for a in i.assignments} <= {
            a.id for a in store.agencies()
        }
