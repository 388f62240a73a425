"""The registry of sources: what each file is, and the errata beside it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import RegistryError
from knowledge.plain_yaml import PlainLoader
from knowledge.records import Approval, Document, Period


@dataclass(frozen=True, slots=True)
class Entry:
    """One registered source: its document, how people name it, and the ids of its annexes in order."""

    document: Document
    aliases: tuple[str, ...]
    annexes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """Printed words of one document and how they are shown."""

    document_id: str
    printed: str
    shown: str


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A warning about the clauses of a document that begin with given words.

    `lost_heading`: the heading that the clauses stood under is lost, so the one printed above them
    is not theirs.
    """

    document_id: str
    starts: tuple[str, ...]
    note: str
    lost_heading: bool = False


@dataclass(frozen=True, slots=True)
class Errata:
    """Reviewable corrections; the sources themselves stay as they are."""

    corrections: tuple[Correction, ...] = ()
    notes: tuple[SourceNote, ...] = ()
    trailing: tuple[tuple[str, str], ...] = ()

    def shown(self, document_id: str, text: str) -> str:
        """The text as it is displayed, with this document's typing errors mended."""
        for correction in self.corrections:
            if correction.document_id == document_id:
                text = text.replace(correction.printed, correction.shown)
        return text

    def note(self, document_id: str, text: str) -> str:
        """What a reader must be told about a clause with this text; empty when nothing."""
        note = self._note(document_id, text)
        return note.note if note else ""

    def lost_heading(self, document_id: str, text: str) -> bool:
        """True when the heading above a clause with this text is not its own."""
        note = self._note(document_id, text)
        return note is not None and note.lost_heading

    def _note(self, document_id: str, text: str) -> SourceNote | None:
        notes = (n for n in self.notes if n.document_id == document_id)
        return next((n for n in notes if text.startswith(n.starts)), None)

    def end_of(self, document_id: str) -> str | None:
        """The words with which text that is not the document's own begins."""
        return dict(self.trailing).get(document_id)


@dataclass(frozen=True, slots=True)
class Registry:
    """All registered sources by file name."""

    folder: Path
    entries: tuple[Entry, ...]
    errata: Errata

    @classmethod
    def load(cls, folder: Path) -> Registry:
        """Read ``registry.yml`` and ``errata.yml`` of a folder of sources. Raises `RegistryError`."""
        listed = _yaml(folder / "registry.yml").get("documents", [])
        return cls(folder, tuple(_entry(folder, raw) for raw in listed), _errata(folder / "errata.yml"))

    def entry(self, path: Path) -> Entry | None:
        """The entry of a file; None for a file that nobody registered."""
        return next((entry for entry in self.entries if entry.document.file == path.name), None)


def checksum(path: Path) -> str:
    """SHA-256 of a file, as hex digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _yaml(path: Path) -> dict[str, Any]:
    try:
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        loaded = yaml.load(text, PlainLoader) or {}
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise RegistryError(f"{path.name}: expected a readable YAML mapping, found: {error}") from error
    if not isinstance(loaded, dict):
        raise RegistryError(f"{path.name}: expected a mapping, found {type(loaded).__name__}")
    return loaded


def _entry(folder: Path, raw: Mapping[str, Any]) -> Entry:
    try:
        document = _document(folder, raw)
    except (KeyError, TypeError, ValueError, OSError) as error:
        name = raw.get("id", "?") if isinstance(raw, Mapping) else raw
        where = f"registry.yml, entry {name!r}"
        raise RegistryError(f"{where}: expected all fields of a document, found {error!r}") from error
    return Entry(document, tuple(raw.get("aliases", ())), tuple(raw.get("annexes", ())))


def _document(folder: Path, raw: Mapping[str, Any]) -> Document:
    start, end = raw["period"]
    return Document(
        id=raw["id"],
        cite=raw["cite"],
        number=raw.get("number"),
        title=raw["title"],
        kind=raw["kind"],
        issuer=raw["issuer"],
        signed_on=_date(raw.get("signed_on")),
        signer=raw.get("signer"),
        province=raw.get("province"),
        period=Period(int(start), int(end)),
        official=bool(raw["official"]),
        file=raw["file"],
        sha256=checksum(folder / raw["file"]),
        approval=_approval(raw.get("approval")),
        note=raw.get("note", ""),
    )


def _approval(raw: Mapping[str, Any] | None) -> Approval | None:
    if raw is None:
        return None
    return Approval(raw["title"], raw["issuer"], date.fromisoformat(str(raw["signed_on"])), raw["signer"])


def _date(raw: object) -> date | None:
    return None if raw is None else date.fromisoformat(str(raw))


def _note(raw: Mapping[str, Any]) -> SourceNote:
    return SourceNote(raw["where"], tuple(raw["starts"]), raw["note"], bool(raw.get("lost_heading", False)))


def _errata(path: Path) -> Errata:
    if not path.exists():
        return Errata()
    raw = _yaml(path)
    try:
        return Errata(
            tuple(Correction(c["where"], c["printed"], c["shown"]) for c in raw.get("display", ())),
            tuple(_note(n) for n in raw.get("notes", ())),
            tuple((t["where"], t["from"]) for t in raw.get("trailing", ())),
        )
    except (KeyError, TypeError) as error:
        raise RegistryError(f"{path.name}: an entry lacks a field: {error!r}") from error
