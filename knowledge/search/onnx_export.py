"""Writes the ONNX form of a sentence-transformers encoder beside it, from tokens to vectors of length 1."""

from __future__ import annotations

import hashlib
import logging
import warnings
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from knowledge.search.errors import EncoderMissing
from knowledge.search.onnx_encoder import CHECKSUM, INPUTS, MODEL, OUTPUT, OnnxEncoder

_TEXTS = (
    "Tỷ lệ sản phẩm OCOP được đưa lên các sàn thương mại điện tử",
    "Khám bệnh",
    "Sở Khoa học và Công nghệ chủ trì, phối hợp với các sở, ban, ngành, UBND cấp huyện " * 4,
)
_SAME = 0.99999


class _Sentence(torch.nn.Module):
    """The transformer with mean pooling and unit length, in one graph."""

    def __init__(self, transformer: torch.nn.Module) -> None:
        super().__init__()
        self.transformer = transformer

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Vectors ``[batch, dimension]`` of tokens ``[batch, length]``."""
        states = self.transformer(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1)
        return torch.nn.functional.normalize(mean, dim=-1)


def export_onnx(folder: Path) -> None:
    """Export the encoder of `folder` into it. Raises `EncoderMissing` when the two do not agree."""
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    target = folder / MODEL
    target.parent.mkdir(exist_ok=True)
    transformer = model[0].auto_model
    assert isinstance(transformer, torch.nn.Module)
    _export(_Sentence(transformer).eval(), target)
    (folder / CHECKSUM).write_text(hashlib.sha256(target.read_bytes()).hexdigest() + "\n", "utf-8")
    exported = OnnxEncoder.load(folder).encode_passages(_TEXTS)
    expected = model.encode(list(_TEXTS), prompt_name="passage", normalize_embeddings=True)
    worst = float(np.min(np.sum(exported * np.asarray(expected), axis=1)))
    if worst < _SAME:
        raise EncoderMissing(f"Bản ONNX của bộ mã hoá {folder.name} lệch bản gốc: cosine {worst:.6f}.")


def _export(module: torch.nn.Module, target: Path) -> None:
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    example = torch.ones(2, 8, dtype=torch.long)
    sizes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("length")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the exporter's own making, such as sizes that share a name
        program = torch.onnx.export(
            module,
            (example, example.clone()),  # one tensor given twice would become one input
            None,
            input_names=list(INPUTS),
            output_names=[OUTPUT],
            dynamic_shapes=dict.fromkeys(INPUTS, sizes),
            dynamo=True,
            verbose=False,
        )
    assert program is not None
    program.save(str(target))
