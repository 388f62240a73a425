from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.entities import Entity, EntityReader
from nlu.views import document_pairs, features
from vietnamese import normalise

PAIRS = document_pairs(["Tỷ lệ hồ sơ bệnh án điện tử", "sản phẩm OCOP trên sàn thương mại"])


def frame(reader: EntityReader, text: str) -> Counter[str]:
    return features(text, reader.read(text), PAIRS).frame


def test_pairs_are_folded_neighbours_of_one_line() -> None:
    assert {"ty le", "le ho", "dien tu"} <= PAIRS
    assert "tu san" not in PAIRS


def test_closed_things_and_runs_of_the_documents_are_masked(reader: EntityReader) -> None:
    one = frame(reader, "ai chủ trì hồ sơ bệnh án điện tử năm 2024")
    other = frame(reader, "ai chủ trì sản phẩm ocop trên sàn năm 2023")
    assert {"chu tri <subject>", "<subject> nam <year>"} <= set(one) & set(other)


def test_what_was_read_is_told_apart(reader: EntityReader) -> None:
    told = frame(reader, "ai chủ trì năm 2023 với năm 2024")
    assert told["@field=lead"] == 1
    assert told["#years=2"] == 1


def test_foreign_words_are_not_a_subject(reader: EntityReader) -> None:
    assert "<subject>" not in frame(reader, "hôm nay trời mưa to quá")


@settings(deadline=None)  # the first call reads the syllable table
@given(st.text(max_size=60))
def test_any_text_has_features(text: str) -> None:
    plain = normalise(text).text
    bags = features(plain, [Entity("kind", "task", 0, 1, plain[:1])] if plain else [], PAIRS).bags()
    assert len(bags) == 6
    assert all(count > 0 for bag in bags for count in bag.values())
