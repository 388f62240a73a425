from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.shape import edges, pairs, shape


def test_figures_codes_and_foreign_names_are_masked() -> None:
    one = shape(["từ", "boston", "oregon", "lúc", "5", "giờ", "chuyến", "dl417"])
    assert one == ["từ", "<name>", "lúc", "<figure>", "giờ", "chuyến", "<code>"]


def test_a_name_of_several_words_is_one() -> None:
    assert shape(["pittsburgh"]) == shape(["salt", "lake", "boston", "jose"][2:3]) == ["<name>"]
    assert shape(["american", "airlines"]) == ["<name>"]


def test_edges_tell_the_first_words_from_the_last() -> None:
    first, last = set(edges(["giá", "vé", "chuyến", "bay"])), set(edges(["chuyến", "bay", "giá", "vé"]))
    assert {"^ giá vé", "0:giá", "chuyến bay $"} <= first
    assert {"^ chuyến bay", "0:chuyến", "giá vé $"} <= last


def test_pairs_stand_in_no_order_and_are_bounded() -> None:
    assert set(pairs(["b", "a", "b"])) == {"a & b"}
    assert len(list(pairs([str(number) for number in range(4000)]))) == 48 * 47 // 2


@settings(deadline=None)  # the first call reads the syllable table
@given(st.lists(st.text(min_size=1, max_size=8), max_size=30))
def test_any_words_have_a_shape(words: list[str]) -> None:
    masked = shape(words)
    assert len(masked) <= len(words)
    assert all([*edges(masked), *pairs(masked)])
