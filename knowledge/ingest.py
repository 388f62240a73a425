"""From a folder of sources to the store: parse what changed, link the series, write each document whole.

A file is parsed again when anything that its records come from has changed: its bytes, a registry
beside it, or the code that reads it. All other documents are taken from the store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from knowledge.agencies import AgencyRegistry
from knowledge.errors import KnowledgeError
from knowledge.guides import FOLDER, GuideReport, ingest_guides
from knowledge.parsing import parse_file
from knowledge.parsing.series import link
from knowledge.reading import UnreadableFile
from knowledge.records import Agency, ParsedDocument, Unplaced
from knowledge.registry import Registry
from knowledge.status import Status as Status
from knowledge.store import Ingestion, Store, StoreError

_ROOT = Path(__file__).resolve().parent.parent
_CODE = (
    "knowledge/*.py",
    "knowledge/reading/*.py",
    "knowledge/parsing/*.py",
    "knowledge/store/*.py",
    "vietnamese/*.py",
)
_BESIDE = frozenset({".yml", ".yaml", ".md"})


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: its status, what was counted in it, what found no place, or why it failed."""

    file: str
    status: Status
    document_id: str | None = None
    clauses: int = 0
    indicators: int = 0
    tasks: int = 0
    planned: int = 0
    unplaced: tuple[Unplaced, ...] = ()
    error: str = ""

    def to_json(self) -> dict[str, Any]:
        """All fields, ready for `json.dumps`."""
        return {
            "file": self.file,
            "status": self.status.value,
            "document": self.document_id,
            "clauses": self.clauses,
            "indicators": self.indicators,
            "tasks": self.tasks,
            "planned": self.planned,
            "unplaced": [{"line": u.line, "text": u.text, "reason": u.reason} for u in self.unplaced],
            "error": self.error or None,
        }


@dataclass(frozen=True, slots=True)
class IngestReport:
    """One entry for each file that was asked for, then documents that a new series link changed.

    `guides` are those beside the sources; empty when single files were ingested.
    """

    files: tuple[FileReport, ...]
    dry_run: bool
    guides: tuple[GuideReport, ...] = ()

    @property
    def failed(self) -> bool:
        """True when any file failed."""
        statuses = (*(file.status for file in self.files), *(guide.status for guide in self.guides))
        return Status.FAILED in statuses

    def to_json(self) -> dict[str, Any]:
        """Ready for `json.dumps`."""
        return {
            "dry_run": self.dry_run,
            "files": [file.to_json() for file in self.files],
            "guides": [guide.to_json() for guide in self.guides],
        }


class Parser(Protocol):
    """What turns files into records."""

    @property
    def version(self) -> str:
        """Changes with everything but the file itself that the records depend on."""

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """The agencies that assignments name."""

    def parse(self, path: Path) -> ParsedDocument:
        """Read one file. Raises `KnowledgeError` or `UnreadableFile`."""

    def link(self, documents: Sequence[ParsedDocument]) -> tuple[ParsedDocument, ...]:
        """The same documents, in the same order, with the series of their indicators."""


class SourceParser:
    """The parser of a folder that holds ``registry.yml``, ``agencies.yml`` and ``errata.yml``."""

    def __init__(self, folder: Path) -> None:
        """Raises `RegistryError`."""
        self._registry = Registry.load(folder)
        self._agencies = AgencyRegistry.load(folder / "agencies.yml")
        code = (path for pattern in _CODE for path in sorted(_ROOT.glob(pattern)))
        self._version = _digest(path.read_bytes() for path in (*sorted(folder.glob("*.yml")), *code))

    @property
    def version(self) -> str:
        """Digest of the registries and of the parsing code."""
        return self._version

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """All agencies of the registry."""
        return self._agencies.agencies

    def parse(self, path: Path) -> ParsedDocument:
        """See `knowledge.parsing.parse_file`."""
        return parse_file(path, self._registry, self._agencies)

    def link(self, documents: Sequence[ParsedDocument]) -> tuple[ParsedDocument, ...]:
        """See `knowledge.parsing.series.link`."""
        return link(documents)


def ingest_folder(folder: Path, store: Store, *, dry_run: bool = False) -> IngestReport:
    """Ingest every source of a folder, read with the registries in it, then its guides.

    Raises like `ingest`.
    """
    paths = (path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    sources = sorted(path for path in paths if path.suffix not in _BESIDE)
    report = ingest(sources, store, SourceParser(folder), dry_run=dry_run)
    return replace(report, guides=ingest_guides(folder / FOLDER, store, dry_run=dry_run))


def ingest(paths: Sequence[Path], store: Store, parser: Parser, *, dry_run: bool = False) -> IngestReport:
    """Bring the store up to date with `paths`; `dry_run` only reports what would be done.

    A file that fails leaves its document as it was held and does not stop the others. Raises
    `StoreError` when the store cannot be read, or the agencies cannot be written.
    """
    if not dry_run and store.agencies() != parser.agencies:
        store.replace_agencies(parser.agencies)
    run = _Run(store, dry_run, {entry.document_id: entry for entry in store.ingestions()})
    for path in paths:
        run.read(path, parser)
    run.write(parser)
    return IngestReport(tuple(run.reports.values()), dry_run)


@dataclass(slots=True)
class _Run:
    """One run over some files: `fresh` holds what was parsed, `fingerprints` what it was parsed from."""

    store: Store
    dry_run: bool
    held: Mapping[str, Ingestion]
    fresh: dict[str, ParsedDocument] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)
    reports: dict[str, FileReport] = field(default_factory=dict)

    def read(self, path: Path, parser: Parser) -> None:
        """Parse a file unless the store holds what it gives."""
        try:
            fingerprint = _digest([parser.version.encode(), path.name.encode(), path.read_bytes()])
            entry = next((e for e in self.held.values() if e.fingerprint == fingerprint), None)
            if entry is not None:
                self.reports[path.name] = _report(Status.UNCHANGED, entry)
            else:
                self._keep(path, parser.parse(path), fingerprint)
        except FileNotFoundError:
            self._fail(path.name, "không tìm thấy tệp")
        except OSError as error:
            self._fail(path.name, f"không đọc được tệp: {error.strerror}")
        except (KnowledgeError, UnreadableFile) as error:
            self._fail(path.name, str(error))

    def _keep(self, path: Path, parsed: ParsedDocument, fingerprint: str) -> None:
        document = parsed.document
        if document.id in self.fresh:
            other = self.fresh[document.id].document.file
            self._fail(path.name, f"văn bản {document.id} đã đọc từ tệp {other}")
            return
        self.fresh[document.id] = parsed
        self.fingerprints[document.id] = fingerprint
        # Keeps the place in the report until the document is written.
        self.reports[document.file] = FileReport(document.file, Status.FAILED, document.id)

    def write(self, parser: Parser) -> None:
        """Link everything that was parsed with everything that is held, and write what differs."""
        if not self.fresh:
            return
        before = [*self.fresh.values(), *self._others()]
        for old, new in zip(before, parser.link(before), strict=True):
            if new.document.id in self.fresh or new != old:
                self._write(new)

    def _others(self) -> Iterator[ParsedDocument]:
        for document_id in self.held:
            parsed = None if document_id in self.fresh else self.store.parsed(document_id)
            if parsed is not None:
                yield parsed

    def _write(self, parsed: ParsedDocument) -> None:
        document = parsed.document
        entry = self.held.get(document.id)
        fingerprint = self.fingerprints.get(document.id) or (entry.fingerprint if entry else "")
        try:
            written = (
                Ingestion.of(parsed, fingerprint) if self.dry_run else self.store.replace(parsed, fingerprint)
            )
        except StoreError as error:
            self._fail(document.file, f"kho dữ liệu không nhận: {error}", document.id)
        else:
            status = Status.ADDED if entry is None else Status.REPLACED
            self.reports[document.file] = _report(status, written)

    def _fail(self, file: str, error: str, document_id: str | None = None) -> None:
        self.reports[file] = FileReport(file, Status.FAILED, document_id, error=error)


def _report(status: Status, entry: Ingestion) -> FileReport:
    return FileReport(
        file=entry.file,
        status=status,
        document_id=entry.document_id,
        clauses=entry.clauses,
        indicators=entry.indicators,
        tasks=entry.tasks,
        planned=entry.planned,
        unplaced=entry.unplaced,
    )


def _digest(pieces: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for piece in pieces:
        total.update(hashlib.sha256(piece).digest())
    return total.hexdigest()
