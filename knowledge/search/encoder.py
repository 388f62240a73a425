"""The encoder: texts to unit vectors, by a sentence-transformers model that is given by name or folder."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from knowledge.search.encoder_map import QueryMap, read_map
from knowledge.search.errors import EncoderMissing
from knowledge.search.onnx_encoder import OnnxEncoder, is_exported

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

FloatArray = npt.NDArray[np.float32]
DIGEST = 8
_log = logging.getLogger(__name__)


class Encoder(Protocol):
    """Turns texts into float32 vectors of length 1, shape ``[len(texts), dimension]``."""

    @property
    def name(self) -> str:
        """What the index manifest remembers: two encoders of one name give the same vectors."""

    @property
    def dimension(self) -> int:
        """Width of the vectors."""

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        """Vectors of what people ask."""

    def encode_passages(self, texts: Sequence[str]) -> FloatArray:
        """Vectors of what the documents say."""


class SentenceEncoder:
    """An `Encoder` over a loaded sentence-transformers model; its prompts tell queries from passages.

    A tuned one has a `query_map` that the vectors of queries go through.
    """

    def __init__(self, model: SentenceTransformer, name: str, query_map: QueryMap | None = None) -> None:
        self._model = model
        self._name = f"{name}+{query_map.digest[:DIGEST]}" if query_map else name
        self._query_map = query_map

    @property
    def name(self) -> str:
        """See `Encoder`."""
        return self._name

    @property
    def dimension(self) -> int:
        """See `Encoder`."""
        width = self._model.get_embedding_dimension()
        if width is None:
            raise EncoderMissing(f"Mô hình {self._name} không cho biết số chiều.")
        return width

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        """See `Encoder`."""
        vectors = self._encode(texts, "query")
        return self._query_map(vectors) if self._query_map else vectors

    def encode_passages(self, texts: Sequence[str]) -> FloatArray:
        """See `Encoder`."""
        return self._encode(texts, "passage")

    def _encode(self, texts: Sequence[str], kind: str) -> FloatArray:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        # A model that knows only "document" (as many do) is served by its own name for it.
        names = (kind, "document") if kind == "passage" else (kind,)
        prompt = next((name for name in names if name in self._model.prompts), None)
        vectors = self._model.encode(
            list(texts), prompt_name=prompt, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, np.float32)


def load_encoder(name_or_path: str) -> Encoder:
    """Load a model from a folder, without any network, or by its hub name.

    An exported one is read as such; when that file is damaged, the model that it was made from serves.
    Raises `EncoderMissing` when the folder or the model cannot be read.
    """
    folder = Path(name_or_path)
    local = folder.is_dir()
    if not local and (folder.is_absolute() or name_or_path.startswith(".")):
        raise EncoderMissing(f"Chưa có bộ mã hoá ở {name_or_path}: chạy lệnh dựng bộ mã hoá trước.")
    if local and is_exported(folder):
        try:
            return OnnxEncoder.load(folder)
        except EncoderMissing as error:
            _log.error("the model that the export was made from serves: %s", error)
    if local:
        # Read by the hub client when it is first imported, so it has to be set before.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model = SentenceTransformer(name_or_path, device="cpu", local_files_only=local)
    except (OSError, ValueError) as error:
        raise EncoderMissing(f"Không đọc được bộ mã hoá {name_or_path}: {error}") from error
    if local:
        return SentenceEncoder(model, folder.name, read_map(folder))
    return SentenceEncoder(model, name_or_path)
