"""The encoder as the service runs it: the same network in ONNX, without torch.

It starts in a fraction of a second, where importing torch and sentence-transformers takes five, and needs a
third of the memory. `knowledge.search.onnx_export` writes the file beside the sentence-transformers model.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from knowledge.search.encoder_map import QueryMap, read_map
from knowledge.search.errors import EncoderMissing

FloatArray = npt.NDArray[np.float32]

MODEL, CHECKSUM = "onnx/model.onnx", "onnx/model.onnx.sha256"
INPUTS, OUTPUT = ("input_ids", "attention_mask"), "sentence_embedding"
_BATCH = 32
_DIGEST = 8


class OnnxEncoder:
    """An `Encoder` over an exported model. One thread: a short text gains next to nothing from more."""

    def __init__(
        self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, name: str, prompts: dict[str, str]
    ) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._prompts = prompts
        self._name = name
        self._query_map: QueryMap | None = None

    @classmethod
    def load(cls, folder: Path) -> OnnxEncoder:
        """Read the encoder of a folder. Raises `EncoderMissing` when a file is absent or damaged."""
        check(folder)
        try:
            prompts = json.loads((folder / "config_sentence_transformers.json").read_text("utf-8"))["prompts"]
            length = json.loads((folder / "tokenizer_config.json").read_text("utf-8"))["model_max_length"]
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            tokenizer.enable_truncation(length)
            tokenizer.enable_padding(pad_id=tokenizer.token_to_id("<pad>"), pad_token="<pad>")
            encoder = cls(_session(folder / MODEL), tokenizer, folder.name, prompts)
        except Exception as error:
            raise EncoderMissing(f"Không đọc được bộ mã hoá {folder}: {error}") from error
        if query_map := read_map(folder):
            encoder._query_map = query_map
            encoder._name = f"{folder.name}+{query_map.digest[:_DIGEST]}"
        return encoder

    @property
    def name(self) -> str:
        """See `Encoder`."""
        return self._name

    @property
    def dimension(self) -> int:
        """See `Encoder`."""
        return int(self._session.get_outputs()[0].shape[-1])

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        """See `Encoder`."""
        vectors = self._encode(texts, self._prompts.get("query", ""))
        return self._query_map(vectors) if self._query_map and len(vectors) else vectors

    def encode_passages(self, texts: Sequence[str]) -> FloatArray:
        """See `Encoder`."""
        return self._encode(texts, self._prompts.get("passage", ""))

    def _encode(self, texts: Sequence[str], prompt: str) -> FloatArray:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        # Texts of like length together: what is padded is computed too.
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            vectors[places] = self._batch([prompt + texts[place] for place in places])
        return vectors

    def _batch(self, texts: list[str]) -> FloatArray:
        encodings = self._tokenizer.encode_batch(texts)
        rows = ([e.ids for e in encodings], [e.attention_mask for e in encodings])
        given = {name: np.asarray(row, np.int64) for name, row in zip(INPUTS, rows, strict=True)}
        return np.asarray(self._session.run([OUTPUT], given)[0], np.float32)


def is_exported(folder: Path) -> bool:
    """True when an encoder's folder holds the ONNX model."""
    return (folder / MODEL).is_file()


def check(folder: Path) -> None:
    """Raises `EncoderMissing` unless the model is the one that was exported."""
    try:
        found = hashlib.sha256((folder / MODEL).read_bytes()).hexdigest()
        written = (folder / CHECKSUM).read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        raise EncoderMissing(f"Không đọc được bộ mã hoá {folder}: {error}") from error
    if found != written:
        raise EncoderMissing(f"Bộ mã hoá {folder} bị hỏng: tệp {MODEL} không khớp mã kiểm, hãy dựng lại.")


def _session(model: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
