"""`trolyso ingest` and `trolyso search`: the store and the index of this home, without any dialogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.finder import finder
from knowledge.guides import GuideReport
from knowledge.ingest import FileReport, IngestReport, SourceParser, Status, ingest, ingest_folder
from knowledge.search.encoder import load_encoder
from knowledge.search.index import build_index
from knowledge.search.passages import Passage, guide_passage, passages_of
from knowledge.search.wordings import worded
from knowledge.store import Store
from trolyso.settings import ROOT, Settings

SOURCES = ROOT / "knowledge" / "sources"
_SHOWN = 160
_STATUS = {
    Status.ADDED: "thêm mới",
    Status.UNCHANGED: "không đổi",
    Status.REPLACED: "thay bản cũ",
    Status.REMOVED: "đã bỏ",
    Status.FAILED: "LỖI",
}


def ingest_paths(paths: Sequence[Path], settings: Settings, dry_run: bool) -> IngestReport:
    """Read files and folders into the store, then build the index from all that the store holds.

    A file is read with the registries of its own folder, or with the project's where it has none.
    Raises `StoreError`, `RegistryError` or `SearchError`.
    """
    reports: list[FileReport] = []
    guides: list[GuideReport] = []
    with Store.open(settings.store_url) as store:
        for folder, files in _by_folder(paths):
            report = (
                ingest(files, store, SourceParser(folder), dry_run=dry_run)
                if files
                else ingest_folder(folder, store, dry_run=dry_run)
            )
            reports += report.files
            guides += report.guides
        passages = [] if dry_run else list(_passages(store))
        points = [point for guide in store.guides() for point in guide.points]
    if passages:
        build_index(passages, load_encoder(settings.encoder_path), settings.index_path, points)
    return IngestReport(tuple(reports), dry_run, tuple(guides))


def search_once(typed: str, settings: Settings, limit: int) -> list[dict[str, Any]]:
    """The hits for what was typed, best first, ready for `json.dumps`. Raises `SearchUnavailableError`."""
    return [
        {
            "id": hit.passage.id,
            "score": round(hit.score, 4),
            "parts": {name: round(value, 3) for name, value in asdict(hit.parts).items()},
            "text": hit.passage.text[:_SHOWN],
            "same": list(hit.same),
        }
        for hit in finder(settings).find(typed, None, None, limit)
    ]


def lines(report: IngestReport) -> Iterator[str]:
    """The report for people: one line a file, then what found no place in it."""
    for file in report.files:
        counted = (f"{file.indicators} chỉ tiêu", f"{file.tasks} nhiệm vụ", f"{file.planned} văn bản dự kiến")
        counts = ", ".join((*counted, f"{file.clauses} đoạn"))
        yield f"{file.file}: {_STATUS[file.status]}; {file.error or counts}"
        for piece in file.unplaced:
            yield f"  dòng {piece.line}: {piece.reason}: {piece.text[:_SHOWN]}"
    for guide in report.guides:
        yield f"hướng dẫn {guide.file}: {_STATUS[guide.status]}" + (f"; {guide.error}" if guide.error else "")


def _by_folder(paths: Sequence[Path]) -> Iterator[tuple[Path, list[Path]]]:
    """Each folder alone (no files), then the files together with the folder of their registries."""
    yield from ((path, []) for path in paths if path.is_dir())
    files = sorted((path for path in paths if not path.is_dir()), key=_registries)
    for folder, members in groupby(files, key=_registries):
        yield folder, list(members)


def _registries(path: Path) -> Path:
    return path.parent if (path.parent / "registry.yml").is_file() else SOURCES


def _passages(store: Store) -> Iterator[Passage]:
    for document in store.documents():
        parsed = store.parsed(document.id)
        if parsed is not None:
            yield from worded(passages_of(parsed))
    yield from map(guide_passage, store.guides())
