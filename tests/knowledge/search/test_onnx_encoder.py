"""The exported encoder: the same vectors as the model that it was made from, and never a damaged one."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import numpy as np
import pytest

from knowledge.search.encoder import SentenceEncoder, load_encoder
from knowledge.search.encoder_build import build_encoder
from knowledge.search.errors import EncoderMissing
from knowledge.search.onnx_encoder import MODEL, OnnxEncoder

pytestmark = pytest.mark.integration

TEXTS = (
    "Ai chủ trì chỉ tiêu OCOP năm 2024?",
    "",
    "khám bệnh từ xa",
    "Tổ chức triển khai Chương trình “Học từ làm việc thực tế” " * 60,
    "ty le san pham ocop len san tmdt la bao nhieu",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("exported") / "encoder"
    build_encoder(target)
    return target


def test_it_gives_the_vectors_of_the_model_it_was_made_from(folder: Path, tmp_path: Path) -> None:
    plain = tmp_path / folder.name
    shutil.copytree(folder, plain, ignore=shutil.ignore_patterns("onnx"))
    exported, original = load_encoder(str(folder)), load_encoder(str(plain))
    assert isinstance(exported, OnnxEncoder)
    assert isinstance(original, SentenceEncoder)
    assert exported.name == original.name
    assert exported.dimension == original.dimension
    for name in ("encode_queries", "encode_passages"):
        ours, theirs = getattr(exported, name)(TEXTS), getattr(original, name)(TEXTS)
        assert ours.shape == theirs.shape
        assert np.sum(ours * theirs, axis=1).min() > 0.99999


def test_a_text_has_one_vector_alone_and_among_others(folder: Path) -> None:
    encoder = load_encoder(str(folder))
    together = encoder.encode_passages(TEXTS)
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    assert np.abs(together - alone).max() < 1e-5
    assert encoder.encode_queries([]).shape == (0, encoder.dimension)


def test_the_model_itself_serves_in_place_of_a_damaged_export(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    damaged = tmp_path / folder.name
    shutil.copytree(folder, damaged)
    content = bytearray((damaged / MODEL).read_bytes())
    content[len(content) // 2] ^= 1
    (damaged / MODEL).write_bytes(content)
    with pytest.raises(EncoderMissing, match="không khớp mã kiểm"):
        OnnxEncoder.load(damaged)
    with caplog.at_level(logging.ERROR):
        assert isinstance(load_encoder(str(damaged)), SentenceEncoder)
    assert "không khớp mã kiểm" in caplog.text
