import json
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from knowledge.search.encoder import FloatArray, SentenceEncoder, load_encoder
from knowledge.search.encoder_build import build_encoder
from knowledge.search.encoder_map import DATA, MATRIX, NOTE, QueryMap, copy_map, read_map, write_map
from knowledge.search.errors import EncoderMissing

WIDTH = 6
MOST_BYTES = 8_000_000


def vectors(count: int = 4) -> FloatArray:
    found = np.random.default_rng(1).normal(size=(count, WIDTH)).astype(np.float32)
    return cast(FloatArray, found / np.linalg.norm(found, axis=1, keepdims=True))


def change() -> FloatArray:
    return np.random.default_rng(2).normal(0, 0.1, (WIDTH, WIDTH)).astype(np.float32)


class Model:
    """As much of a sentence-transformers model as `SentenceEncoder` asks: the same vectors for any text."""

    def __init__(self) -> None:
        self.prompts: dict[str, str] = {}

    def get_embedding_dimension(self) -> int:
        return WIDTH

    def encode(self, texts: list[str], **_: Any) -> FloatArray:
        return vectors(len(texts))


def encoder(query_map: QueryMap | None) -> SentenceEncoder:
    return SentenceEncoder(cast(Any, Model()), "encoder", query_map)


def test_a_map_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_map(change(), 3, 40, tmp_path)
    found = read_map(tmp_path)
    assert found is not None
    assert np.allclose(found.change, change(), atol=1e-3)
    note = json.loads((tmp_path / NOTE).read_text("utf-8"))
    assert (note["seed"], note["steps"], note["sha256"]) == (3, 40, found.digest)


def test_mapped_vectors_are_unit_and_no_change_is_no_change() -> None:
    moved = QueryMap(change(), "x")(vectors())
    assert moved.dtype == np.float32
    assert np.allclose(np.linalg.norm(moved, axis=1), 1, atol=1e-6)
    straight = vectors() + vectors() @ change().T
    assert np.allclose(moved, straight / np.linalg.norm(straight, axis=1, keepdims=True), atol=1e-6)
    assert np.allclose(QueryMap(np.zeros((WIDTH, WIDTH), np.float32), "x")(vectors()), vectors(), atol=1e-6)


def test_only_queries_are_mapped_and_the_name_tells_the_map() -> None:
    plain, tuned = encoder(None), encoder(QueryMap(change(), "0123456789abcdef"))
    texts = ["một", "hai"]
    assert np.array_equal(tuned.encode_passages(texts), plain.encode_passages(texts))
    assert not np.allclose(tuned.encode_queries(texts), plain.encode_queries(texts), atol=1e-3)
    assert tuned.encode_queries([]).shape == (0, WIDTH)
    assert (plain.name, tuned.name) == ("encoder", "encoder+01234567")


def test_an_encoder_without_a_map_has_none(tmp_path: Path) -> None:
    assert read_map(tmp_path) is None
    with pytest.raises(EncoderMissing, match=MATRIX):
        copy_map(tmp_path, tmp_path)


@pytest.mark.parametrize("name", [MATRIX, NOTE])
@pytest.mark.parametrize("damage", ["gone", "cut", "other"])
def test_a_damaged_map_is_refused(tmp_path: Path, name: str, damage: str) -> None:
    write_map(change(), 3, 40, tmp_path)
    path = tmp_path / name
    whole = path.read_bytes()
    match damage:
        case "gone":
            path.unlink()
        case "cut":
            path.write_bytes(whole[: len(whole) // 2])
        case "other":
            path.write_bytes(whole.replace(whole[-20:-12], b"00000000"))
    with pytest.raises(EncoderMissing):
        read_map(tmp_path)


def test_the_committed_map_fits_the_encoder_and_is_small() -> None:
    found = read_map(DATA)
    assert found is not None
    assert found.change.shape == (384, 384)
    assert (DATA / MATRIX).stat().st_size <= MOST_BYTES
    assert np.isfinite(found.change).all()


@pytest.mark.integration
def test_the_built_encoder_maps_queries_and_leaves_passages(tmp_path: Path) -> None:
    build_encoder(tmp_path / "tuned")
    build_encoder(tmp_path / "plain", tuned=False)
    tuned, plain = load_encoder(str(tmp_path / "tuned")), load_encoder(str(tmp_path / "plain"))
    texts = ["đóng tiền học không xài tiền mặt", "Cục Thuế hướng dẫn hoá đơn điện tử thế nào?"]
    assert np.allclose(tuned.encode_passages(texts), plain.encode_passages(texts), atol=1e-5)
    cosines = (tuned.encode_queries(texts) * plain.encode_queries(texts)).sum(axis=1)
    assert cosines.min() > 0.9
    assert cosines.max() < 0.9999
    copied = read_map(tmp_path / "tuned")
    assert copied is not None
    assert tuned.name == f"tuned+{copied.digest[:8]}"
