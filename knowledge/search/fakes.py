"""A fake encoder for tests: vectors from hashed syllables, the same on every machine, in microseconds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from knowledge.search.encoder import FloatArray
from vietnamese import syllables


class HashedEncoder:
    """An `Encoder` whose vectors are near when texts share syllables. It knows no meaning."""

    def __init__(self, dimension: int = 256, name: str = "hashed-syllables") -> None:
        self._dimension = dimension
        self._name = name

    @property
    def name(self) -> str:
        """See `Encoder`."""
        return self._name

    @property
    def dimension(self) -> int:
        """See `Encoder`."""
        return self._dimension

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        """See `Encoder`."""
        return np.stack([self._vector(text) for text in texts]) if texts else self._nothing()

    def encode_passages(self, texts: Sequence[str]) -> FloatArray:
        """See `Encoder`."""
        return self.encode_queries(texts)

    def _nothing(self) -> FloatArray:
        return np.zeros((0, self._dimension), np.float32)

    def _vector(self, text: str) -> FloatArray:
        vector = np.zeros(self._dimension, np.float32)
        for word in [*syllables(text), ""]:
            digest = hashlib.blake2b(f"{self._name} {word}".encode(), digest_size=8).digest()
            place = int.from_bytes(digest[:4], "little") % self._dimension
            vector[place] += 1.0 if digest[4] & 1 else -1.0
        length = float(np.linalg.norm(vector))
        return vector / np.float32(length) if length else vector
