"""The index on disk: generations of files beside each other, and a pointer to the one in force.

    <folder>/CURRENT              the name of a generation
    <folder>/gen-…/manifest.json  what it holds: encoder, counts, checksums
    <folder>/gen-…/vectors.faiss  the vectors of each passage (one for each chunk and wording), inner product
    <folder>/gen-…/exact.npy      the same as they were encoded, when the index keeps them only roughly
    <folder>/gen-…/passages.jsonl the passages, one a line, in the order of the vectors
    <folder>/gen-…/columns.npz    where each line begins, and what filters need to know of it
    <folder>/gen-…/accented, folded   the two BM25 fields
    <folder>/gen-…/told.npy       how many passages hold each folded term in what the documents say
    <folder>/gen-…/points.json, points.npy   the points of guides and their vectors

A generation is written whole before the pointer moves, so a reader never sees half an index. No file of it is
changed afterwards: the large ones are mapped into memory. `knowledge.search.serving` keeps one in force.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from knowledge.search.encoder import Encoder, FloatArray
from knowledge.search.errors import IndexCorrupt, IndexMissing, SearchError
from knowledge.search.lexical import Coverage, IntArray, LexicalField, Rarity
from knowledge.search.passage_file import Passages, parts
from knowledge.search.passages import Passage
from knowledge.search.points import encoded_points, read_points, write_points
from knowledge.search.vectors import Vectors, read_vectors, write_vectors
from vietnamese import fold, syllables

FORMAT = 4
POINTER = "CURRENT"
MANIFEST = "manifest.json"
VECTORS = "vectors.faiss"
EXACT = "exact.npy"
ACCENTED = "accented"
FOLDED = "folded"
TOLD = "told.npy"
# The vector of this text tells whether an index was built with the encoder that now reads it.
PROBE = "Tỷ trọng kinh tế số trong GRDP của tỉnh"
SAME_ENCODER = 0.999
_NO_POINTS: Mapping[str, FloatArray] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Generation:
    """One index in memory; nothing in it changes."""

    name: str
    passages: Passages
    vectors: Vectors
    accented: LexicalField
    folded: LexicalField
    coverage: Coverage
    told: Rarity
    """The same as `coverage`, over what the documents say alone."""
    points: Mapping[str, FloatArray]
    """The vectors of the points of guides."""


def build_index(
    passages: Sequence[Passage], encoder: Encoder, folder: Path, points: Sequence[str] = ()
) -> str:
    """Write a new generation from `passages` and `points` and make it the one in force; returns its name.

    Raises `ValueError` when there is no passage, or two of them have one id.
    """
    if not passages:
        raise ValueError("an index needs at least one passage")
    if len({passage.id for passage in passages}) < len(passages):
        raise ValueError("passage ids are not unique")
    last = _last(folder, encoder)
    near = encoded_points(points, encoder, last.points if last else {})
    return write_index(passages, _encoded(passages, encoder, last), encoder, folder, near)


def write_index(
    passages: Iterable[Passage],
    vectors: FloatArray,
    encoder: Encoder,
    folder: Path,
    points: Mapping[str, FloatArray] = _NO_POINTS,
) -> str:
    """The same for passages whose vectors are known: one for each chunk and wording, in order.

    `passages` are gone through several times.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = pointed(folder)
    target = Path(tempfile.mkdtemp(dir=folder, prefix="gen-"))
    try:
        write_points(points, target)
        _write(target, passages, vectors, encoder)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    _point(folder, target.name)
    _sweep(folder, {target.name, before})
    return target.name


def _last(folder: Path, encoder: Encoder) -> Generation | None:
    """The generation in force, whose vectors are used again: encoding is nearly all the time of a build."""
    name = pointed(folder)
    try:
        return load_generation(folder, name, encoder) if name else None
    except SearchError:
        return None


def _encoded(passages: Iterable[Passage], encoder: Encoder, last: Generation | None) -> FloatArray:
    """The vectors of all texts, in order; each text that the last generation lacks is encoded once."""
    texts = _texts(passages)
    known = {text: row for row, text in enumerate(_texts(last.passages))} if last else {}
    fresh = [text for text in dict.fromkeys(texts) if text not in known]
    vectors = dict(zip(fresh, encoder.encode_passages(fresh), strict=True))
    return np.stack([last.vectors.exact[known[t]] if last and t in known else vectors[t] for t in texts])


def _texts(passages: Iterable[Passage]) -> list[str]:
    return [text for passage in passages for text in parts(passage)]


def _write(target: Path, passages: Iterable[Passage], vectors: FloatArray, encoder: Encoder) -> None:
    write_vectors(vectors, target / VECTORS, target / EXACT)
    kept = Passages.of(passages)
    kept.save(target)
    LexicalField.build((passage.words for passage in passages), folded=False).save(target / ACCENTED)
    folded = LexicalField.build((passage.words for passage in passages), folded=True)
    folded.save(target / FOLDED)
    np.save(target / TOLD, _told(passages, folded))
    files = sorted(path for path in target.rglob("*") if path.is_file())
    manifest = {
        "format": FORMAT,
        "encoder": encoder.name,
        "probe": encoder.encode_queries([PROBE])[0].tolist(),
        "count": len(kept),
        "files": {path.relative_to(target).as_posix(): _digest(path) for path in files},
    }
    (target / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False), "utf-8")


def _told(passages: Iterable[Passage], folded: LexicalField) -> IntArray:
    """For each folded term, how many passages hold it in their own text, whatever people call them."""
    holders = folded.holders
    for passage in passages:
        if passage.said:
            words, own = (set(syllables(fold(text))) for text in (passage.words, passage.text))
            holders[[number for word in words - own if (number := folded.number(word)) is not None]] -= 1
    return holders


def load_generation(folder: Path, name: str, encoder: Encoder) -> Generation:
    """Read one generation. Raises `IndexMissing` when it is not there, `IndexCorrupt` when it is damaged
    or was built with another encoder."""
    source = folder / name
    if not source.is_dir():
        raise IndexMissing(f"Chỉ mục {name} không còn trong {folder.name}: dựng lại chỉ mục.")
    try:
        manifest = json.loads((source / MANIFEST).read_text("utf-8"))
        _check_files(source, manifest)
        _check_encoder(manifest, encoder)
        return _read(source, name)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise IndexCorrupt(f"Chỉ mục {name} bị hỏng: {error}") from error


def _read(source: Path, name: str) -> Generation:
    passages = Passages.load(source)
    folded = LexicalField.load(source / FOLDED, folded=True)
    return Generation(
        name=name,
        passages=passages,
        vectors=read_vectors(source / VECTORS, source / EXACT, passages.columns.parts),
        accented=LexicalField.load(source / ACCENTED, folded=False),
        folded=folded,
        coverage=Coverage(folded),
        told=Rarity(folded, np.load(source / TOLD)),
        points=read_points(source),
    )


def _check_files(source: Path, manifest: dict[str, Any]) -> None:
    if manifest["format"] != FORMAT:
        raise IndexCorrupt(
            f"Chỉ mục {source.name} có định dạng {manifest['format']}, cần {FORMAT}: dựng lại."
        )
    for name, digest in manifest["files"].items():
        path = source / name
        if not path.is_file():
            raise IndexCorrupt(f"Chỉ mục {source.name} thiếu tệp {name}: dựng lại chỉ mục.")
        if _digest(path) != digest:
            raise IndexCorrupt(f"Chỉ mục {source.name}: tệp {name} không khớp mã kiểm: dựng lại chỉ mục.")


def _check_encoder(manifest: dict[str, Any], encoder: Encoder) -> None:
    then = np.asarray(manifest["probe"], np.float32)
    now = encoder.encode_queries([PROBE])[0]
    if then.shape != now.shape or float(then @ now) < SAME_ENCODER:
        raise IndexCorrupt(
            f"Chỉ mục được dựng bằng bộ mã hoá {manifest['encoder']}, nay dùng {encoder.name}: dựng lại."
        )


def pointed(folder: Path) -> str | None:
    """The name of the generation in force; None when there is none, or what names it cannot be read."""
    try:
        return (folder / POINTER).read_text("utf-8").strip() or None
    except (OSError, ValueError):
        return None


def _point(folder: Path, name: str) -> None:
    handle, scratch = tempfile.mkstemp(dir=folder, prefix=f".{POINTER}-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    Path(scratch).replace(folder / POINTER)


def _sweep(folder: Path, kept: set[str | None]) -> None:
    """Drop older generations; the last one stays for readers that are just opening it."""
    for path in folder.glob("gen-*"):
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
