"""The index in force: renewed while a service runs, and never given up for a damaged one."""

from pathlib import Path

import pytest

from knowledge.search import serving
from knowledge.search.fakes import HashedEncoder
from knowledge.search.index import POINTER, VECTORS, build_index
from knowledge.search.passage_file import PASSAGES
from knowledge.search.passages import Passage, passages_of
from knowledge.search.serving import SearchIndex
from tests.knowledge.search.corpus import plan

ENCODER = HashedEncoder()


def passages() -> list[Passage]:
    return passages_of(plan())


def test_a_running_service_sees_the_new_generation(tmp_path: Path) -> None:
    build_index(passages()[:3], ENCODER, tmp_path)
    index = SearchIndex(tmp_path, ENCODER)
    held = index.generation
    assert not index.reload_if_changed()
    build_index(passages(), ENCODER, tmp_path)
    assert index.reload_if_changed()
    assert len(index.generation.passages) == len(passages())
    assert len(held.passages) == 3


def test_a_broken_new_generation_leaves_the_old_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(passages()[:3], ENCODER, tmp_path)
    index = SearchIndex(tmp_path, ENCODER)
    name = build_index(passages(), ENCODER, tmp_path)
    vectors = (tmp_path / name / VECTORS).read_bytes()
    (tmp_path / name / VECTORS).write_bytes(b"")
    assert not index.reload_if_changed()
    assert len(index.generation.passages) == 3
    assert index.refused == name

    (tmp_path / name / VECTORS).write_bytes(vectors)
    assert not index.reload_if_changed()  # not read anew for each question
    monkeypatch.setattr(serving, "RETRY", 0.0)
    monkeypatch.setattr(index, "_retry", 0.0)
    assert index.reload_if_changed()
    assert not index.refused


def test_a_service_that_starts_takes_the_last_good_generation(tmp_path: Path) -> None:
    build_index(passages()[:3], ENCODER, tmp_path)
    name = build_index(passages(), ENCODER, tmp_path)
    (tmp_path / name / PASSAGES).write_text("[]")
    index = SearchIndex(tmp_path, ENCODER)
    assert len(index.generation.passages) == 3
    assert index.refused == name


@pytest.mark.parametrize("written", [b"", b"\xff\xfe", b"../gen", b"gen-of-nobody"])
def test_a_damaged_pointer_leaves_the_old_in_force(tmp_path: Path, written: bytes) -> None:
    build_index(passages()[:3], ENCODER, tmp_path)
    index = SearchIndex(tmp_path, ENCODER)
    (tmp_path / POINTER).write_bytes(written)
    assert not index.reload_if_changed()
    assert len(index.generation.passages) == 3
