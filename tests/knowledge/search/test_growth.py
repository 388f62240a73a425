"""Grown corpora are like the real one, and what is measured in them is what the search gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.search import vectors
from knowledge.search.fakes import HashedEncoder
from knowledge.search.growth import Grown, grow, kind_costs, questions, search_cost
from knowledge.search.index import Generation, build_index
from knowledge.search.passages import Kind, passages_of
from knowledge.search.serving import SearchIndex
from knowledge.search.vectors import VectorKind
from tests.knowledge.search.corpus import PLAN, plan

ENCODER = HashedEncoder()
AGENCIES = ("Sở Công Thương", "Sở Y tế", "Công an tỉnh")
SIZE = 700


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    folder = tmp_path_factory.mktemp("real")
    said = [replace(each, said=(f"hỏi về {each.title[:30]}",)) for each in passages_of(plan())]
    build_index(said, ENCODER, folder)
    return SearchIndex(folder, ENCODER).generation


def test_clauses_are_the_same_each_time_and_all_different(real: Generation) -> None:
    grown = Grown(real, AGENCIES, SIZE)
    once = list(grown)
    assert once == list(grown)
    assert len(once) == len(grown) == len({each.id for each in once}) == SIZE
    assert {each.kind for each in once} == {Kind.CLAUSE}
    assert len({each.document_id for each in once}) == 3
    assert len({each.text for each in once}) > 30


def test_agencies_change_and_words_stay(real: Generation) -> None:
    texts = [each.text for each in Grown(real, AGENCIES, SIZE)]
    rows = [text for text in texts if text.startswith("Tỷ lệ dân số sử dụng điện thoại thông minh.")]
    assert {agency for agency in AGENCIES if any(agency in text for text in rows)} == set(AGENCIES)


def test_vectors_are_of_length_one_and_near_what_they_are_made_of(real: Generation) -> None:
    made = Grown(real, AGENCIES, SIZE).vectors()
    assert np.linalg.norm(made, axis=1).tolist() == pytest.approx([1.0] * SIZE, abs=1e-5)
    theirs = real.vectors.exact[real.vectors.firsts[:-1]]
    near = (made @ theirs.T).max(axis=1)
    assert np.median(near) > 0.7
    assert (near < 0.9999).all()


def test_a_corpus_without_clauses_cannot_grow(tmp_path: Path) -> None:
    build_index([each for each in passages_of(plan()) if each.id == PLAN.id], ENCODER, tmp_path)
    with pytest.raises(ValueError, match="expected passages"):
        Grown(SearchIndex(tmp_path, ENCODER).generation, AGENCIES, 10)


@pytest.mark.parametrize("kind", VectorKind)
def test_what_a_search_costs_is_measured_in_an_index_of_its_own(
    real: Generation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: VectorKind
) -> None:
    if kind is VectorKind.LISTS:
        monkeypatch.setattr(vectors, "FLAT_MOST", SIZE - 1)
    assert grow(real, AGENCIES, ENCODER, SIZE, tmp_path) > 0
    asked = questions(real)
    assert "hỏi về Tỷ lệ dân số sử dụng điện thoạ" in asked
    cost = search_cost(SearchIndex(tmp_path, ENCODER), asked)
    assert cost.kind is kind
    assert cost.vectors.recall >= 0.98
    assert cost.vectors_of_year.recall >= 0.98
    for times in (cost.vectors.times, cost.words, cost.whole, cost.whole_of_year):
        assert len(times) == len(asked)
        assert list(times) == sorted(times)


def test_kinds_are_measured_side_by_side(real: Generation) -> None:
    queries = ENCODER.encode_queries(questions(real))
    found = {cost.name: cost.vectors.recall for cost in kind_costs(real, SIZE, queries)}
    assert list(found) == ["flat", "lists", "HNSW"]
    assert found["flat"] == 1.0
    assert min(found.values()) > 0.9
