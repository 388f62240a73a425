"""The passages of a generation on disk: one a line, decoded when asked for, and what filters need as arrays.

A million passages as objects fill gigabytes; the lines stay in a file that is mapped into memory.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from array import array
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from knowledge.search.chunks import chunks
from knowledge.search.lexical import IntArray
from knowledge.search.passages import Kind, Passage
from knowledge.search.vectors import Mask, Places

PASSAGES = "passages.jsonl"
COLUMNS = "columns.npz"
# Passages that stay decoded.
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Columns:
    """What is asked of all passages at once, as arrays in their order."""

    starts: Places
    """The byte at which the line of each begins, and the end of the last one."""
    kinds: IntArray
    """The place of its kind in `kind_names`; so with `documents`."""
    kind_names: npt.NDArray[np.str_]
    documents: IntArray
    document_names: npt.NDArray[np.str_]
    first_years: npt.NDArray[np.int16]
    last_years: npt.NDArray[np.int16]
    groups: IntArray
    """A number for each group."""
    parts: IntArray
    """How many vectors it has."""
    keys: npt.NDArray[np.uint64]
    """Digests of the ids, rising; `keyed` are the places of the ids."""
    keyed: IntArray


class Passages(Sequence[Passage]):
    """The passages of a generation. One is decoded when it is asked for: a million of them fill gigabytes."""

    def __init__(self, lines: bytearray | mmap.mmap, columns: Columns) -> None:
        self.columns = columns
        self._lines = lines
        self._remembered = lru_cache(_REMEMBERED)(self._decoded)

    @classmethod
    def of(cls, passages: Iterable[Passage]) -> Passages:
        """Encode passages; they are gone through once."""
        lines, ends = bytearray(), array("q", [0])
        rows: list[tuple[Any, ...]] = []
        for each in passages:
            lines += json.dumps(asdict(each), ensure_ascii=False).encode() + b"\n"
            ends.append(len(lines))
            years = (each.year_start, each.year_end)
            rows.append((each.kind, each.document_id, *years, each.group, len(parts(each)), _key(each.id)))
        kinds, documents, first_years, last_years, groups, counts, keys = zip(*rows, strict=True)
        keyed = np.argsort(np.array(keys, np.uint64), kind="stable")
        columns = Columns(
            np.frombuffer(ends, np.int64),
            *_coded(kinds),
            *_coded(documents),
            np.array(first_years, np.int16),
            np.array(last_years, np.int16),
            _coded(groups)[0],
            np.array(counts, np.int32),
            np.array(keys, np.uint64)[keyed],
            keyed.astype(np.int32),
        )
        return cls(lines, columns)

    @classmethod
    def load(cls, folder: Path) -> Passages:
        """Map what `save` wrote into memory."""
        with (folder / PASSAGES).open("rb") as file, np.load(folder / COLUMNS) as columns:
            return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), Columns(**columns))

    def save(self, folder: Path) -> None:
        """Write two files into a folder."""
        (folder / PASSAGES).write_bytes(self._lines)
        columns = {field.name: getattr(self.columns, field.name) for field in fields(Columns)}
        np.savez(folder / COLUMNS, allow_pickle=False, **columns)

    def __len__(self) -> int:
        return len(self.columns.kinds)

    @overload
    def __getitem__(self, place: int) -> Passage: ...
    @overload
    def __getitem__(self, place: slice) -> list[Passage]: ...
    def __getitem__(self, place: int | slice) -> Passage | list[Passage]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        return self._remembered(range(len(self))[place])

    def __iter__(self) -> Iterator[Passage]:
        return map(self._decoded, range(len(self)))

    def _decoded(self, place: int) -> Passage:
        begin, end = self.columns.starts[place : place + 2].tolist()
        return _passage(json.loads(self._lines[begin:end]))

    def of_kinds(self, wanted: Set[str]) -> Mask:
        """Those of these kinds."""
        return _among(self.columns.kinds, self.columns.kind_names, wanted)

    def of_documents(self, wanted: Set[str]) -> Mask:
        """Those of these documents."""
        return _among(self.columns.documents, self.columns.document_names, wanted)

    def of_years(self, wanted: Set[int]) -> Mask:
        """Those whose period holds one of these years."""
        fits = np.zeros(len(self), bool)
        for year in wanted:
            fits |= (self.columns.first_years <= year) & (year <= self.columns.last_years)
        return fits

    def of_ids(self, wanted: Set[str]) -> Mask:
        """Those with these ids."""
        fits = np.zeros(len(self), bool)
        for name in wanted:
            first = np.searchsorted(self.columns.keys, _key(name), "left")
            last = np.searchsorted(self.columns.keys, _key(name), "right")
            for place in self.columns.keyed[first:last].tolist():
                fits[place] = self[place].id == name
        return fits


def parts(passage: Passage) -> list[str]:
    """The texts of a passage that have a vector each."""
    return [*chunks(passage.dense_text), *passage.said]


def _passage(entry: dict[str, Any]) -> Passage:
    several = {name: tuple(entry[name]) for name in ("agencies", "said")}
    return Passage(**{**entry, "kind": Kind(entry["kind"]), **several})


def _coded(values: Iterable[str]) -> tuple[IntArray, npt.NDArray[np.str_]]:
    """A number for each value, and the values by their numbers."""
    known: dict[str, int] = {}
    numbers = np.array([known.setdefault(value, len(known)) for value in values], np.int32)
    return numbers, np.array(list(known), np.str_)


def _among(numbers: IntArray, names: npt.NDArray[np.str_], wanted: Set[str]) -> Mask:
    fits = np.array([name in wanted for name in names.tolist()])
    return fits.take(numbers)


def _key(name: str) -> np.uint64:
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))
