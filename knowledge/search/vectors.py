"""The vectors of the passages: exact for a small corpus, lists of near vectors for a large one.

Measured by `knowledge.search.growth` with 384 dimensions, one thread, 200 vectors asked for: to look at all
takes a millisecond for 10,000 and grows with the corpus. An inverted file of ``2 * sqrt(n)`` lists, of
which the nearest 144 are read, takes 5 ms for a million and finds 99 of 100 of the nearest ten. HNSW found
fewer at 100,000 (96), and promises nothing under a filter. Product quantisation took half the time, but
found 97.

The lists hold a byte for each number; what they find is put in order by the exact vectors, which lie in a
memory-mapped file beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from knowledge.search.encoder import FloatArray

Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

# The largest number of vectors that are all looked at.
FLAT_MOST = 20_000
# Lists for each square root of the number of vectors, vectors for each list to learn the lists from.
_LISTS = 2
_LEARNT_FROM = 32
_ROUNDS = 8
# Lists that a search reads; when a filter leaves few vectors in each, more of them.
PROBES = 144
# So few allowed vectors are compared one by one.
_FEW = 10_000
# Vectors beyond those asked for, which the exact products may bring forward.
_SPARE = 100


class VectorKind(StrEnum):
    """How the vectors are searched."""

    FLAT = "flat"
    LISTS = "lists"


def kind_for(count: int) -> VectorKind:
    """The kind of index for a number of vectors."""
    return VectorKind.FLAT if count <= FLAT_MOST else VectorKind.LISTS


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of all passages, those of a passage beside each other. Nothing in it changes."""

    index: Any
    """A `faiss.Index`, whose subclasses its types do not tell apart."""
    exact: FloatArray
    """Every vector as it was encoded, shape ``[vectors, dimension]``."""
    firsts: Places
    """For each passage the row of its first vector, and the number of vectors at the end."""
    owners: npt.NDArray[np.int32]
    """The place of the passage that each vector belongs to, rising."""

    @property
    def kind(self) -> VectorKind:
        """How they are searched."""
        return VectorKind.LISTS if isinstance(self.index, faiss.IndexIVF) else VectorKind.FLAT

    def nearest(self, query: FloatArray, allowed: Mask | None, count: int) -> list[int]:
        """Places of passages that hold the vectors nearest to `query` (shape ``[dimension]``), nearest first.

        `count` vectors are looked at, of passages that are True in `allowed` only when it is given.
        """
        rows = None if allowed is None else allowed.take(self.owners)
        count = min(count, len(self.owners))
        found = (
            _of_all(self.index, query, rows, count)
            if self.kind is VectorKind.FLAT
            else self._of_lists(query, rows, count)
        )
        return list(dict.fromkeys(self.owners[found].tolist()))

    def cosines(self, query: FloatArray, places: Places) -> FloatArray:
        """For each place (rising) the highest inner product of `query` with a vector of the passage."""
        starts, ends = self.firsts[places], self.firsts[places + 1]
        lengths = ends - starts
        heads = np.cumsum(lengths) - lengths
        rows = np.arange(lengths.sum()) + np.repeat(starts - heads, lengths)
        products = self.exact[rows] @ query
        return np.asarray(np.maximum.reduceat(products, heads), np.float32)

    def _of_lists(self, query: FloatArray, rows: Mask | None, count: int) -> Places:
        """Rows of the lists' nearest, put in order by their exact vectors."""
        allowed = len(self.owners) if rows is None else int(np.count_nonzero(rows))
        if rows is not None and allowed <= _FEW:
            near = np.flatnonzero(rows)
        else:
            probes = min(self.index.nlist, int(PROBES * (len(self.owners) / allowed) ** 0.25))
            options = faiss.SearchParametersIVF(sel=_selector(rows), nprobe=probes)  # type: ignore[call-arg]
            _, found = self.index.search(query[None, :], count + _SPARE, params=options)
            near = np.sort(found[0][found[0] >= 0])
        order = np.argsort(-(self.exact[near] @ query), kind="stable")[:count]
        return near[order]


def _of_all(index: Any, query: FloatArray, rows: Mask | None, count: int) -> Places:
    options = None if rows is None else faiss.SearchParameters(sel=_selector(rows))  # type: ignore[call-arg]
    _, found = index.search(query[None, :], count, params=options)
    return np.asarray(found[0][found[0] >= 0], np.int64)


def _selector(rows: Mask | None) -> Any:
    if rows is None:
        return None
    return faiss.IDSelectorBitmap(np.packbits(rows, bitorder="little"))  # type: ignore[call-arg, arg-type]


def index_of(vectors: FloatArray, kind: VectorKind) -> Any:
    """A `faiss.Index` of one kind that holds vectors (shape ``[vectors, dimension]``)."""
    count, dimension = vectors.shape
    index: Any
    if kind is VectorKind.FLAT:
        index = faiss.IndexFlatIP(dimension)
    else:
        lists = int(_LISTS * count**0.5)
        index = faiss.index_factory(dimension, f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
        index.cp.niter = _ROUNDS
        index.cp.min_points_per_centroid = 1
        index.train(np.ascontiguousarray(vectors[:: max(1, count // (lists * _LEARNT_FROM))]))
    index.add(vectors)
    return index


def write_vectors(vectors: FloatArray, path: Path, exact: Path) -> None:
    """Index vectors into a file, with those of a large corpus as they are in the file `exact` beside it."""
    kind = kind_for(len(vectors))
    faiss.write_index(index_of(vectors, kind), str(path))
    if kind is not VectorKind.FLAT:
        np.save(exact, vectors)


def read_vectors(path: Path, exact: Path, counts: npt.NDArray[np.int32]) -> Vectors:
    """Read what `write_vectors` wrote; `counts` says how many vectors each passage has.

    Raises `ValueError` when there are more or fewer, `OSError` or `RuntimeError` for an unreadable file.
    """
    index = faiss.read_index(str(path))
    firsts = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
    if firsts[-1] != index.ntotal:
        raise ValueError(f"{index.ntotal} vectors for {firsts[-1]} chunks")
    held = _held(index) if isinstance(index, faiss.IndexFlat) else np.asarray(np.load(exact, mmap_mode="r"))
    owners = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    return Vectors(index, held, firsts, owners)


def _held(index: faiss.IndexFlat) -> FloatArray:
    """The vectors inside a flat index, not copied."""
    held: FloatArray = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d)
    return held.reshape(index.ntotal, index.d)
