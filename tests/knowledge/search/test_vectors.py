"""The kinds of index over vectors: few are all looked at, of many the nearest lists, and both are exact."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.search import vectors as module
from knowledge.search.encoder import FloatArray
from knowledge.search.vectors import FLAT_MOST, VectorKind, Vectors, kind_for, read_vectors, write_vectors

COUNT, DIMENSION = 3_000, 24


def made(count: int = COUNT) -> FloatArray:
    """Unit vectors in some clusters."""
    random = np.random.default_rng(3)
    middles = random.standard_normal((60, DIMENSION))
    found = middles[random.integers(60, size=count)] + 0.4 * random.standard_normal((count, DIMENSION))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def written(folder: Path, vectors: FloatArray, parts: int) -> Vectors:
    """Vectors of passages with so many each, written and read again."""
    paths = folder / "vectors.faiss", folder / "exact.npy"
    write_vectors(vectors, *paths)
    return read_vectors(*paths, np.full(len(vectors) // parts, parts, np.int32))


@pytest.fixture(params=list(VectorKind))
def held(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vectors:
    """Two vectors a passage, in each kind of index."""
    if request.param is VectorKind.LISTS:
        monkeypatch.setattr(module, "FLAT_MOST", 100)
        monkeypatch.setattr(module, "PROBES", 40)
        monkeypatch.setattr(module, "_FEW", 50)
    found = written(tmp_path, made(), 2)
    assert found.kind is request.param
    return found


def nearest(vectors: FloatArray, query: FloatArray, rows: np.ndarray) -> list[int]:
    """Places of the passages that hold the ten nearest of some rows."""
    order = rows[np.argsort(-(vectors[rows] @ query), kind="stable")][:10]
    return list(dict.fromkeys((order // 2).tolist()))


def test_the_number_of_vectors_chooses_the_kind() -> None:
    assert kind_for(FLAT_MOST) is VectorKind.FLAT
    assert kind_for(FLAT_MOST + 1) is VectorKind.LISTS


def test_the_nearest_are_found(held: Vectors) -> None:
    vectors, found, right = made(), 0, 0
    for query in vectors[::100]:
        expected = nearest(vectors, query, np.arange(COUNT))
        found += len(set(held.nearest(query, None, 10)) & set(expected))
        right += len(expected)
    assert found >= 0.98 * right


@pytest.mark.parametrize("share", [0.005, 0.05, 0.5])
def test_only_what_is_allowed_is_found_and_all_of_it(held: Vectors, share: float) -> None:
    vectors = made()
    allowed = np.random.default_rng(5).random(COUNT // 2) < share
    rows = np.flatnonzero(np.repeat(allowed, 2))
    found, right = 0, 0
    for query in vectors[::100]:
        places = held.nearest(query, allowed, 10)
        assert allowed[places].all()
        expected = nearest(vectors, query, rows)
        found += len(set(places) & set(expected))
        right += len(expected)
    assert found >= 0.95 * right


def test_the_nearest_come_first(held: Vectors) -> None:
    vectors = made()
    places = held.nearest(vectors[7], None, 50)
    assert places[0] == 3
    best = [float(max(vectors[2 * place : 2 * place + 2] @ vectors[7])) for place in places]
    assert best == sorted(best, reverse=True)


def test_a_passage_is_as_near_as_its_nearest_vector(held: Vectors) -> None:
    vectors, places = made(), np.array([0, 5, 6, COUNT // 2 - 1])
    products = (vectors @ vectors[11]).reshape(-1, 2).max(axis=1)
    assert held.cosines(vectors[11], places).tolist() == pytest.approx(products[places].tolist())


def test_vectors_are_kept_as_they_were_given(held: Vectors) -> None:
    assert (held.exact == made()).all()


def test_nothing_allowed_means_nothing_found(held: Vectors) -> None:
    assert held.nearest(made()[0], np.zeros(COUNT // 2, bool), 10) == []


def test_another_number_of_vectors_than_told_is_an_error(tmp_path: Path) -> None:
    paths = tmp_path / "vectors.faiss", tmp_path / "exact.npy"
    write_vectors(made(10), *paths)
    with pytest.raises(ValueError, match=r"10 vectors for 12 chunks"):
        read_vectors(*paths, np.full(6, 2, np.int32))
