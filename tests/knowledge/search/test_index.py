import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.search.encoder import FloatArray
from knowledge.search.errors import IndexCorrupt, IndexMissing
from knowledge.search.fakes import HashedEncoder
from knowledge.search.index import MANIFEST, POINTER, TOLD, VECTORS, build_index
from knowledge.search.passage_file import COLUMNS, PASSAGES
from knowledge.search.passages import Passage, passages_of
from knowledge.search.points import POINTS, encoded_points, read_points, write_points
from knowledge.search.serving import SearchIndex
from tests.knowledge.search.corpus import plan

ENCODER = HashedEncoder()


class Counting(HashedEncoder):
    """Keeps what it encoded."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> FloatArray:
        self.texts += texts
        return super().encode_passages(texts)


def passages() -> list[Passage]:
    return passages_of(plan())


def test_what_is_built_is_what_is_loaded(tmp_path: Path) -> None:
    name = build_index(passages(), ENCODER, tmp_path)
    generation = SearchIndex(tmp_path, ENCODER).generation
    assert generation.name == name
    assert list(generation.passages) == passages()
    vector = ENCODER.encode_passages([passages()[3].dense_text])[0]
    assert generation.vectors.nearest(vector, None, 1) == [3]
    assert generation.vectors.cosines(vector, np.array([3]))[0] == pytest.approx(1.0)


def test_no_index_is_an_error_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        SearchIndex(tmp_path, ENCODER)
    (tmp_path / POINTER).write_text("gen-gone\n")
    with pytest.raises(IndexMissing):
        SearchIndex(tmp_path, ENCODER)


@pytest.mark.parametrize("name", [VECTORS, PASSAGES, COLUMNS, TOLD, "folded/vocab.index.json", MANIFEST])
def test_a_damaged_file_is_noticed(tmp_path: Path, name: str) -> None:
    generation = build_index(passages(), ENCODER, tmp_path)
    path = tmp_path / generation / name
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(IndexCorrupt):
        SearchIndex(tmp_path, ENCODER)


def test_a_lost_file_and_another_format_are_noticed(tmp_path: Path) -> None:
    generation = build_index(passages(), ENCODER, tmp_path)
    path = tmp_path / generation / MANIFEST
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps({**manifest, "format": 99}))
    with pytest.raises(IndexCorrupt, match="99"):
        SearchIndex(tmp_path, ENCODER)
    path.write_text(json.dumps(manifest))
    (tmp_path / generation / VECTORS).unlink()
    with pytest.raises(IndexCorrupt, match=VECTORS):
        SearchIndex(tmp_path, ENCODER)


@pytest.mark.parametrize("other", [HashedEncoder(name="another"), HashedEncoder(dimension=64)])
def test_vectors_of_another_encoder_are_refused(tmp_path: Path, other: HashedEncoder) -> None:
    build_index(passages(), ENCODER, tmp_path)
    with pytest.raises(IndexCorrupt, match="bộ mã hoá"):
        SearchIndex(tmp_path, other)


def test_only_the_last_two_generations_stay(tmp_path: Path) -> None:
    names = [build_index(passages(), ENCODER, tmp_path) for _ in range(3)]
    assert {path.name for path in tmp_path.glob("gen-*")} == set(names[1:])


def test_known_texts_are_not_encoded_again(tmp_path: Path) -> None:
    counting = Counting()
    build_index(passages()[:4], counting, tmp_path)
    counting.texts.clear()
    build_index(passages()[:5], counting, tmp_path)
    assert counting.texts == [passages()[4].dense_text]
    vector = ENCODER.encode_passages([passages()[2].dense_text])[0]
    assert SearchIndex(tmp_path, counting).generation.vectors.nearest(vector, None, 1) == [2]


def test_an_index_of_nothing_or_of_twins_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one"):
        build_index([], ENCODER, tmp_path)
    with pytest.raises(ValueError, match="unique"):
        build_index(passages()[:1] * 2, ENCODER, tmp_path)
    assert not list(tmp_path.glob("gen-*"))


def test_a_failed_build_leaves_nothing_behind(tmp_path: Path) -> None:
    class Failing(HashedEncoder):
        def encode_passages(self, texts: Sequence[str]) -> FloatArray:
            raise OSError("no space")

    build_index(passages()[:3], ENCODER, tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(OSError, match="no space"):
        build_index(passages(), Failing(), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_what_people_call_a_passage_does_not_count_as_told(tmp_path: Path) -> None:
    said = [replace(each, said=("mạng xài chùa",)) if "Wifi" in each.text else each for each in passages()]
    build_index(said, ENCODER, tmp_path)
    held = SearchIndex(tmp_path, ENCODER).generation
    assert list(held.passages) == said
    assert held.told.unheard(held.told.weights("xài chùa")) == 1
    assert held.told.unheard(held.told.weights("wifi")) == 0
    assert held.coverage.unheard(held.coverage.weights("xài chùa")) == 0


def test_the_points_of_guides_are_held_and_encoded_once(tmp_path: Path) -> None:
    counting = Counting()
    build_index(passages()[:2], counting, tmp_path, ["Mở ứng dụng", "Nhập mã", "Mở ứng dụng"])
    held = SearchIndex(tmp_path, ENCODER).generation.points
    assert list(held) == ["Mở ứng dụng", "Nhập mã"]
    assert held["Nhập mã"] @ ENCODER.encode_passages(["Nhập mã"])[0] == pytest.approx(1.0)
    counting.texts.clear()
    build_index(passages()[:2], counting, tmp_path, ["Nhập mã", "Gửi"])
    assert counting.texts == ["Gửi"]


def test_points_without_their_vectors_are_refused(tmp_path: Path) -> None:
    write_points(encoded_points(["một", "hai"], ENCODER, {}), tmp_path)
    (tmp_path / POINTS).write_text('["một"]', "utf-8")
    with pytest.raises(ValueError, match="zip"):
        read_points(tmp_path)
