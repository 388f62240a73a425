from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.engine import POOL, Query, SearchEngine, Weights, _best
from knowledge.search.passages import Kind


def first(engine: SearchEngine, query: Query) -> str:
    return engine.search(query)[0].passage.id


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("OCOP", "3"),
        ("dân số mua sắm trực tuyến", "18"),
        ("học phí không dùng tiền mặt", "52"),
        ("hộ gia đình được phủ cáp quang", "33"),
        ("hộ gia đình truy cập Internet cáp quang", "34"),
    ],
)
def test_the_row_of_a_subject_comes_first(engine: SearchEngine, text: str, row: str) -> None:
    assert first(engine, Query(text)) == f"54-kh-stttt:{row}"


def test_unaccented_questions_find_their_row(engine: SearchEngine) -> None:
    query = Query("hoc phi khong dung tien mat", accented=False)
    assert first(engine, query) == "54-kh-stttt:52"


def test_a_bullet_and_its_row_are_one_hit(engine: SearchEngine) -> None:
    hits = engine.search(Query("sản phẩm OCOP trên sàn thương mại điện tử nội địa"))
    assert hits[0].passage.kind is Kind.INDICATOR
    assert hits[0].same == ("54-kh-stttt#I.1.3",)
    groups = [hit.passage.group for hit in hits]
    assert len(groups) == len(set(groups))


def test_filters_hold(engine: SearchEngine) -> None:
    clauses = engine.search(Query("OCOP", kinds=frozenset({Kind.CLAUSE})))
    assert {hit.passage.kind for hit in clauses} == {Kind.CLAUSE}
    assert engine.search(Query("OCOP", document_ids=frozenset({"67-kh-ubnd"}))) == []
    wifi = engine.search(Query("OCOP", years=frozenset({2021})))
    assert [hit.passage.id for hit in wifi] == ["54-kh-stttt:PL3.1"]
    chosen = frozenset({"54-kh-stttt:37", "54-kh-stttt:52"})
    assert {hit.passage.id for hit in engine.search(Query("OCOP", ids=chosen))} == chosen


def test_limit_and_empty_queries(engine: SearchEngine) -> None:
    assert len(engine.search(Query("tỷ lệ", limit=2))) == 2
    assert engine.search(Query("  ")) == []
    assert first(engine, Query("", original="OCOP")) == "54-kh-stttt:3"


def test_scores_are_probabilities_that_fall(engine: SearchEngine) -> None:
    hits = engine.search(Query("dân số mua sắm trực tuyến"))
    scores = [hit.score for hit in hits]
    assert all(0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert hits[0].parts.gap > 0 > hits[1].parts.gap
    assert hits[0].parts.coverage == pytest.approx(1.0)


def test_a_subject_that_the_plan_lacks_scores_low(engine: SearchEngine) -> None:
    held = engine.search(Query("dân số mua sắm trực tuyến"))[0]
    absent = engine.search(Query("giá vàng xổ số hôm nay"))[0]
    assert absent.score < 0.5 < held.score


def test_guessed_marks_move_weight_to_the_folded_field() -> None:
    weights = Weights()
    moved = weights.for_query(accented=False)
    assert moved.dense < weights.dense
    assert moved.accented < weights.accented
    assert moved.folded > weights.folded
    parts = ("dense", "accented", "folded", "coverage")
    assert sum(getattr(moved, part) for part in parts) == pytest.approx(
        sum(getattr(weights, part) for part in parts)
    )
    assert weights.for_query(accented=True) is weights


def test_weights_decide(engine: SearchEngine) -> None:
    blind = replace(engine, weights=Weights(0, 0, 0, 0))
    ids = [hit.passage.id for hit in blind.search(Query("học phí"))]
    assert ids[0] == "54-kh-stttt"
    assert ids != [hit.passage.id for hit in engine.search(Query("học phí"))]


@given(st.integers(0, 2**32 - 1), st.sampled_from([50, 20_000]), st.sampled_from([1, 3, 1000]), st.booleans())
def test_the_best_of_many_scores_are_those_of_a_whole_sort(
    seed: int, size: int, values: int, filtered: bool
) -> None:
    random = np.random.default_rng(seed)
    scores = (random.integers(0, values + 1, size) / np.float32(values)).astype(np.float32)
    places = np.flatnonzero(random.random(size) < 0.3) if filtered else None
    among = np.arange(size) if places is None else places
    among = among[scores[among] > 0]
    expected = among[np.argsort(-scores[among], kind="stable")][:POOL]
    assert _best(scores, places).tolist() == expected.tolist()


def test_texts_are_as_near_as_their_words(engine: SearchEngine) -> None:
    near = engine.nearness("mã OTP", ["Đừng đọc mã OTP", "Ra ngân hàng", "mã OTP"])
    assert near.shape == (3,)
    assert near[2] == near.max() > near[0] > near[1]
    assert engine.nearness("mã OTP", ["Ra ngân hàng", "mã OTP"]).tolist() == [near[1], near[2]]
