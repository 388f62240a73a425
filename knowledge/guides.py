"""Guides from a folder into the store: what changed is written anew, what is gone is deleted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError
from knowledge.parsing.guides import read_guide
from knowledge.records import Clause, Guide, Indicator, Task
from knowledge.status import Status
from knowledge.store import Store, StoreError

FOLDER = "guides"
"""Where a folder of sources keeps its guides."""
Basis = Clause | Indicator | Task


@dataclass(frozen=True, slots=True)
class GuideReport:
    """What became of one guide, and why it failed."""

    file: str
    status: Status
    error: str = ""

    def to_json(self) -> dict[str, Any]:
        """All fields, ready for `json.dumps`."""
        return {"file": self.file, "status": self.status.value, "error": self.error or None}


def ingest_guides(folder: Path, store: Store, *, dry_run: bool = False) -> tuple[GuideReport, ...]:
    """Bring the store's guides up to date with the Markdown files of `folder`, in the order of their names.

    A file that fails leaves its guide as it was held. Nothing is touched when there is no such folder.
    Raises `StoreError` when the store cannot be read.
    """
    if not folder.is_dir():
        return ()
    held = {guide.slug: guide for guide in store.guides()}
    paths = sorted(path for path in folder.glob("*.md") if path.is_file())
    reports = [_ingested(path, held.get(path.stem), store, dry_run) for path in paths]
    gone = sorted(held.keys() - {path.stem for path in paths})
    for slug in gone:
        if not dry_run:
            store.delete_guide(slug)
        reports.append(GuideReport(f"{slug}.md", Status.REMOVED))
    return tuple(reports)


def basis_of(record_id: str, store: Store) -> Basis | None:
    """The clause, indicator or task that a guide names as its basis; None when the store has none."""
    document_id, clause, path = record_id.partition("#")
    if clause:
        return store.clause(document_id, path)
    return store.indicator(record_id) or store.task(record_id)


def _ingested(path: Path, held: Guide | None, store: Store, dry_run: bool) -> GuideReport:
    try:
        guide = read_guide(path)
        if not dry_run:
            _check_basis(guide, store)
        if guide == held:
            return GuideReport(path.name, Status.UNCHANGED)
        if not dry_run:
            store.replace_guide(guide)
    except (KnowledgeError, StoreError) as error:
        return GuideReport(path.name, Status.FAILED, str(error))
    return GuideReport(path.name, Status.ADDED if held is None else Status.REPLACED)


def _check_basis(guide: Guide, store: Store) -> None:
    absent = [record_id for record_id in guide.plan if basis_of(record_id, store) is None]
    if absent:
        raise KnowledgeError(f"{guide.slug}.md: plan: kho không có {', '.join(absent)}")
