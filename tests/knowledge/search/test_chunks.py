from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.chunks import HEAD, SIZE, STRIDE, chunks


def numbered(count: int) -> str:
    return " ".join(str(place) for place in range(count))


def test_a_short_text_is_its_own_chunk() -> None:
    assert chunks("Điều 1.  Phạm vi\nđiều chỉnh") == ["Điều 1.  Phạm vi\nđiều chỉnh"]
    assert chunks(numbered(SIZE)) == [numbered(SIZE)]


def test_long_texts_overlap_and_keep_their_head() -> None:
    found = [chunk.split() for chunk in chunks(numbered(2 * SIZE))]
    assert found[0] == numbered(SIZE).split()
    assert found[1][:HEAD] == found[0][:HEAD]
    assert found[1][HEAD] == str(STRIDE)
    assert all(len(words) <= SIZE + HEAD for words in found)


@given(st.integers(0, 1500))
def test_every_word_is_in_a_chunk(count: int) -> None:
    found = chunks(numbered(count))
    assert {word for chunk in found for word in chunk.split()} == set(numbered(count).split())
    assert all(chunk.strip() for chunk in found) or count == 0


@given(st.integers(SIZE + 1, 1500))
def test_the_last_chunk_says_something_new(count: int) -> None:
    *others, last = chunks(numbered(count))
    assert set(last.split()) - {word for chunk in others for word in chunk.split()}
