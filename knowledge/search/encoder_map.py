"""The tuned part of the built-in encoder: a matrix that the vectors of queries go through.

Passages keep the vectors of the untuned encoder, and a matrix near unity hardly moves a general question.
``scripts/train_encoder.py`` fits it and writes two files: the matrix less unity in half precision, and a note
with its checksum and how it was made. Set-up copies both into the folder of the encoder.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.search.errors import EncoderMissing

FloatArray = npt.NDArray[np.float32]
DATA = Path(__file__).parent / "data"
MATRIX, NOTE = "query_map.npy", "query_map.json"


@dataclass(frozen=True, slots=True)
class Note:
    """How a matrix was made: its checksum, and the `seed` and the `steps` of the fit."""

    sha256: str
    seed: int
    steps: int


@dataclass(frozen=True, slots=True, eq=False)
class QueryMap:
    """A change of query vectors; `change` is ``[dimension, dimension]``, `digest` tells one from another."""

    change: FloatArray
    digest: str

    def __call__(self, vectors: FloatArray) -> FloatArray:
        """The vectors ``[n, dimension]`` as they are searched with, of length 1."""
        moved = vectors + vectors @ self.change.T
        return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), np.float32)


def write_map(change: FloatArray, seed: int, steps: int, folder: Path) -> None:
    """Write a matrix and its note."""
    halves = np.ascontiguousarray(change, np.float16)
    np.save(folder / MATRIX, halves)
    note = Note(hashlib.sha256((folder / MATRIX).read_bytes()).hexdigest(), seed, steps)
    (folder / NOTE).write_text(json.dumps(asdict(note), indent=1) + "\n", "utf-8")


def copy_map(target: Path, source: Path = DATA) -> None:
    """Put the committed matrix beside an encoder. Raises `EncoderMissing` when it is absent or damaged."""
    if read_map(source) is None:
        raise EncoderMissing(f"Thiếu {MATRIX} trong {source.name}.")
    for name in (MATRIX, NOTE):
        shutil.copyfile(source / name, target / name)


def read_map(folder: Path) -> QueryMap | None:
    """The matrix of an encoder, None when it has none. Raises `EncoderMissing` when it is damaged."""
    if not (folder / NOTE).exists() and not (folder / MATRIX).exists():
        return None
    try:
        note = Note(**json.loads((folder / NOTE).read_text("utf-8")))
        packed = (folder / MATRIX).read_bytes()
        if hashlib.sha256(packed).hexdigest() != note.sha256:
            raise EncoderMissing(f"{MATRIX} không khớp mã kiểm trong {NOTE}: dựng lại bộ mã hoá.")
        change = np.load(folder / MATRIX, allow_pickle=False).astype(np.float32)
    except (OSError, ValueError, TypeError) as error:
        raise EncoderMissing(f"Không đọc được {MATRIX}: {error}") from error
    return QueryMap(change, note.sha256)
