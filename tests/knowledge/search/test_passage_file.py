import numpy as np
import pytest

from knowledge.search.passage_file import Passages
from knowledge.search.passages import Kind, Passage, passages_of
from tests.knowledge.search.corpus import PLAN, plan


def passages() -> list[Passage]:
    return passages_of(plan())


def test_passages_are_found_by_each_filter() -> None:
    held = Passages.of(passages())
    years = {each.year_start for each in held} | {each.year_end for each in held}
    for year in years:
        fits = [each.year_start <= year <= each.year_end for each in held]
        assert held.of_years({year}).tolist() == fits
    for kind in Kind:
        assert held.of_kinds({kind}).tolist() == [each.kind is kind for each in held]
    assert held.of_documents({PLAN.id}).all()
    assert not held.of_documents({"none"}).any()
    assert np.flatnonzero(held.of_ids({held[4].id, held[2].id, "none"})).tolist() == [2, 4]


def test_passages_are_a_sequence() -> None:
    held, those = Passages.of(passages()), passages()
    assert (held[-1], held[1:3], len(held)) == (those[-1], those[1:3], len(those))
    with pytest.raises(IndexError):
        held[len(those)]
