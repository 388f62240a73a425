"""The index on disk: generations of files beside each other, and a pointer to the one in force.

    <folder>/CURRENT              the name of a generation
    <folder>/gen-…/manifest.json  what it holds: encoder, counts, checksums
    <folder>/gen-…/vectors.faiss  the vectors of each passage (one for each chunk and wording), inner product
    <folder>/gen-…/passages.json  the passages, in the order of the vectors
    <folder>/gen-…/accented, folded   the two BM25 fields

A generation is written whole before the pointer moves, so a reader never sees half an index.
`knowledge.search.serving` keeps one of them in force.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from knowledge.search.chunks import chunks
from knowledge.search.encoder import Encoder, FloatArray
from knowledge.search.errors import IndexCorrupt, IndexMissing, SearchError
from knowledge.search.lexical import Coverage, LexicalField
from knowledge.search.passages import Kind, Passage

Places = npt.NDArray[np.int64]

FORMAT = 2
POINTER = "CURRENT"
MANIFEST = "manifest.json"
VECTORS = "vectors.faiss"
PASSAGES = "passages.json"
ACCENTED = "accented"
FOLDED = "folded"
# The vector of this text tells whether an index was built with the encoder that now reads it.
PROBE = "Tỷ trọng kinh tế số trong GRDP của tỉnh"
SAME_ENCODER = 0.999


@dataclass(frozen=True, slots=True)
class Generation:
    """One index in memory; nothing in it changes."""

    name: str
    passages: tuple[Passage, ...]
    vectors: faiss.Index
    accented: LexicalField
    folded: LexicalField
    coverage: Coverage
    told: Coverage
    """The same as `coverage`, over what the documents say alone."""
    owners: Places
    """The place of the passage that each vector belongs to, rising."""

    def nearest(self, query: FloatArray, places: Places | None, count: int) -> list[int]:
        """Places of passages that hold the vectors nearest to `query` (shape ``[dimension]``), nearest first.

        `count` vectors are looked at, among `places` only when they are given.
        """
        rows = None if places is None else np.flatnonzero(np.isin(self.owners, places))
        selector = None if rows is None else faiss.IDSelectorBatch(rows)
        options = None if selector is None else faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        _, found = self.vectors.search(query[None, :], min(count, len(self.owners)), params=options)
        return list(dict.fromkeys(int(self.owners[row]) for row in found[0] if row >= 0))

    def cosines(self, query: FloatArray, places: Sequence[int]) -> FloatArray:
        """For each place (rising) the highest inner product of `query` with a vector of the passage."""
        rows = np.flatnonzero(np.isin(self.owners, np.asarray(places, np.int64)))
        products = self.vectors.reconstruct_batch(rows) @ query
        starts = np.flatnonzero(np.diff(self.owners[rows], prepend=-1))
        return np.asarray(np.maximum.reduceat(products, starts), np.float32)


def build_index(passages: Sequence[Passage], encoder: Encoder, folder: Path) -> str:
    """Write a new generation from `passages` and make it the one in force; returns its name.

    Raises `ValueError` when there is no passage, or two of them have one id.
    """
    if not passages:
        raise ValueError("an index needs at least one passage")
    if len({passage.id for passage in passages}) < len(passages):
        raise ValueError("passage ids are not unique")
    folder.mkdir(parents=True, exist_ok=True)
    before = pointed(folder)
    known = _known_vectors(folder, before, encoder)
    target = Path(tempfile.mkdtemp(dir=folder, prefix="gen-"))
    try:
        _write(target, passages, encoder, known)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    _point(folder, target.name)
    _sweep(folder, {target.name, before})
    return target.name


def _known_vectors(folder: Path, name: str | None, encoder: Encoder) -> dict[str, FloatArray]:
    """Vectors of the last generation by text: encoding is nearly all the time of a build."""
    if name is None:
        return {}
    try:
        last = load_generation(folder, name, encoder)
    except SearchError:
        return {}
    rows = last.vectors.reconstruct_n(0, len(last.owners))
    return dict(zip(_chunks(last.passages), rows, strict=True))


def _chunks(passages: Sequence[Passage]) -> list[str]:
    return [text for passage in passages for text in _parts(passage)]


def _parts(passage: Passage) -> list[str]:
    """The texts of a passage that have a vector each."""
    return [*chunks(passage.dense_text), *passage.said]


def _encoded(texts: Sequence[str], encoder: Encoder, known: Mapping[str, FloatArray]) -> FloatArray:
    """One vector a text, in order; each text that is not `known` is encoded once."""
    fresh = [text for text in dict.fromkeys(texts) if text not in known]
    vectors = {**known, **dict(zip(fresh, encoder.encode_passages(fresh), strict=True))}
    return np.stack([vectors[text] for text in texts])


def _write(
    target: Path, passages: Sequence[Passage], encoder: Encoder, known: Mapping[str, FloatArray]
) -> None:
    vectors = faiss.IndexFlatIP(encoder.dimension)
    vectors.add(_encoded(_chunks(passages), encoder, known))
    faiss.write_index(vectors, str(target / VECTORS))
    texts = [passage.words for passage in passages]
    LexicalField.build(texts, folded=False).save(target / ACCENTED)
    LexicalField.build(texts, folded=True).save(target / FOLDED)
    _dump(target / PASSAGES, [asdict(passage) for passage in passages])
    files = sorted(path for path in target.rglob("*") if path.is_file())
    manifest = {
        "format": FORMAT,
        "encoder": encoder.name,
        "probe": encoder.encode_queries([PROBE])[0].tolist(),
        "count": len(passages),
        "files": {path.relative_to(target).as_posix(): _digest(path) for path in files},
    }
    _dump(target / MANIFEST, manifest)


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
    entries = json.loads((source / PASSAGES).read_text("utf-8"))
    passages = tuple(_passage(entry) for entry in entries)
    vectors = faiss.read_index(str(source / VECTORS))
    owners = np.repeat(np.arange(len(passages)), [len(_parts(passage)) for passage in passages])
    if len(owners) != vectors.ntotal:
        raise ValueError(f"{vectors.ntotal} vectors for {len(owners)} chunks")
    return Generation(
        name=name,
        passages=passages,
        vectors=vectors,
        accented=LexicalField.load(source / ACCENTED, folded=False),
        folded=LexicalField.load(source / FOLDED, folded=True),
        coverage=Coverage([passage.words for passage in passages]),
        told=Coverage([passage.text for passage in passages]),
        owners=owners,
    )


def _passage(entry: dict[str, Any]) -> Passage:
    several = {name: tuple(entry[name]) for name in ("agencies", "said")}
    return Passage(**{**entry, "kind": Kind(entry["kind"]), **several})


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


def _dump(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
