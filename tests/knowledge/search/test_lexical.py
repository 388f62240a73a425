from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.lexical import K1, B, Coverage, LexicalField, terms
from vietnamese import fold, syllables

TEXTS = ["Tỷ lệ sản phẩm OCOP trên sàn", "Tỷ lệ hộ gia đình có cáp quang", "Hộ nghèo có điện thoại"]


def test_terms_are_syllables_and_pairs() -> None:
    assert terms("Cáp quang, hộ", folded=False) == ["cáp", "quang", "hộ", "cáp quang", "quang hộ"]
    assert terms("Cáp quang", folded=True) == ["cap", "quang", "cap quang"]


def test_the_folded_field_finds_what_the_accented_one_misses() -> None:
    accented, folded = (LexicalField.build(TEXTS, folded=flag) for flag in (False, True))
    assert not accented.scores("ho ngheo dien thoai").any()
    assert folded.scores("ho ngheo dien thoai").argmax() == 2


def test_the_order_of_words_counts() -> None:
    field = LexicalField.build(["kinh tế số", "số kinh tế"], folded=False)
    scores = field.scores("kinh tế số")
    assert scores[0] > scores[1] > 0


@given(st.text(max_size=60))
def test_scores_are_shares(text: str) -> None:
    scores = FIELD.scores(text)
    assert scores.shape == (len(TEXTS),)
    assert scores.dtype == np.float32
    assert (scores >= 0).all()
    assert (scores <= 1 + 1e-5).all()


FIELD = LexicalField.build(TEXTS, folded=True)


def test_a_saved_field_scores_the_same(tmp_path: Path) -> None:
    FIELD.save(tmp_path / "field")
    again = LexicalField.load(tmp_path / "field", folded=True)
    assert again.scores("ho gia dinh").tolist() == FIELD.scores("ho gia dinh").tolist()


def test_coverage_weighs_rare_syllables_more() -> None:
    coverage = Coverage(TEXTS)
    weights = coverage.weights("tỷ OCOP")
    assert weights["ocop"] > weights["ty"]
    assert coverage.share(weights, 0) == pytest.approx(1.0)
    assert 0 < coverage.share(weights, 1) < 0.5
    assert coverage.share({}, 0) == 0.0


def test_a_field_scores_as_bm25s_does() -> None:
    texts = [*TEXTS, "", "Cáp quang cáp quang"]
    cut = [terms(text, folded=False) or [""] for text in texts]
    theirs = bm25s.BM25(k1=K1, b=B, method="lucene")
    theirs.index(cut, show_progress=False)
    ours = LexicalField.build(texts, folded=False)
    for text in ("cáp quang", "tỷ lệ hộ gia đình", "sản phẩm OCOP trên sàn"):
        asked = [term for term in terms(text, folded=False) if term in theirs.vocab_dict]
        raw, shares = theirs.get_scores(asked), ours.scores(text)
        assert (shares * (raw[shares > 0] / shares[shares > 0])[0]).tolist() == pytest.approx(raw.tolist())
        assert np.argsort(-raw, kind="stable").tolist() == np.argsort(-shares, kind="stable").tolist()


@given(st.text(max_size=80))
def test_a_text_cut_word_by_word_is_cut_as_a_whole(text: str) -> None:
    for folded in (False, True):
        whole = syllables(fold(text) if folded else text)
        assert terms(text, folded=folded)[: len(whole)] == whole
