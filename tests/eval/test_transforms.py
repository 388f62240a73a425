import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.transforms import TRANSFORMATIONS, Transformation
from vietnamese import clean, fold, unify_tones

BY_NAME = {one.name: one for one in TRANSFORMATIONS}
QUESTION = "Tỷ lệ doanh nghiệp nhỏ và vừa ứng dụng thương mại điện tử năm 2024 là bao nhiêu phần trăm?"
WORDS = [*QUESTION.rstrip("?").split(), "hòa", "thủy", "206/QĐ-UBND", "OCOP", "Sở", "website", "100%"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=16).map(" ".join)


@pytest.mark.parametrize(
    ("name", "text", "typed"),
    [
        ("unaccented", "Sở nào chủ trì OCOP?", "So nao chu tri OCOP?"),
        ("nfd", "sở", unicodedata.normalize("NFD", "sở")),
        ("tone-place", "hòa bình, thuý, quý", "hoà bình, thúy, quý"),
        ("capitals", "Sở nào, năm 2024?", "SỞ NÀO, NĂM 2024?"),
    ],
)
def test_what_is_typed(name: str, text: str, typed: str) -> None:
    assert BY_NAME[name].of(text) == typed


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("telex", {"chur trif dduowcj", "chur trif dduwowcj", "chur trif dduowjc", "chur trif dduwowjc"}),
        ("vni", {"chu3 tri2 d9uo7c5", "chu3 tri2 d9u7o7c5", "chu3 tri2 d9uo75c", "chu3 tri2 d9u7o75c"}),
    ],
)
def test_habits_of_keying(name: str, typed: set[str]) -> None:
    found = {BY_NAME[name].of("chủ trì được", seed) for seed in range(40)}
    assert found == typed


@pytest.mark.parametrize("one", TRANSFORMATIONS, ids=lambda one: one.name)
def test_a_question_is_typed_otherwise_and_always_alike(one: Transformation) -> None:
    typed = one.of("Thuế hoà với " + QUESTION)
    assert typed != "Thuế hoà với " + QUESTION
    assert typed == one.of("Thuế hoà với " + QUESTION)
    assert "2024" in typed


@pytest.mark.parametrize("one", TRANSFORMATIONS, ids=lambda one: one.name)
@given(text=TEXTS)
def test_figures_and_document_numbers_stay(one: Transformation, text: str) -> None:
    typed = one.of(text)
    assert re.findall(r"2024|100%|206/Q", typed) == re.findall(r"2024|100%|206/Q", text)


@given(TEXTS)
def test_what_only_changes_the_form_is_undone_by_cleaning(text: str) -> None:
    assert clean(BY_NAME["nfd"].of(text)) == clean(text)
    assert unify_tones(BY_NAME["tone-place"].of(text)) == unify_tones(text)
    assert fold(BY_NAME["partly-accented"].of(text)) == fold(text)
    assert BY_NAME["glued"].of(text).replace(" ", "") == text.replace(" ", "")


@given(TEXTS)
def test_about_one_word_in_six_slips(text: str) -> None:
    typed = BY_NAME["typos"].of(text)
    changed = sum(old != new for old, new in zip(text.split(), typed.split(), strict=True))
    assert changed <= max(1, len(text.split()) // 6 + 1)


def test_another_seed_types_otherwise() -> None:
    assert len({BY_NAME["typos"].of(QUESTION, seed) for seed in range(10)}) > 5
