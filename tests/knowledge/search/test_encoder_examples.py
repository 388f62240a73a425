"""The questions that the encoder is tuned on, against those that are kept apart."""

from collections import Counter
from random import Random

import pytest

from scripts.encoder_examples import Examples, general_passages, general_questions, read_examples

TEXTS = [
    "Điều 1. Phạm vi điều chỉnh\nSở Nội vụ chủ trì rà soát các thủ tục trong tháng này; giao các xã báo cáo.",
    " ".join(f"từ{number}" for number in range(200)),
]


@pytest.fixture(scope="module")
def examples() -> Examples:
    return read_examples()


@pytest.mark.integration
def test_nothing_of_a_held_out_record_is_taught(examples: Examples) -> None:
    by_id = {passage.id: passage for passage in examples.passages}
    taught = [by_id[key] for question in examples.taught for key in question.right]
    held = [by_id[key] for question in examples.held if len(question.right) == 1 for key in question.right]
    assert len(examples.taught) > 400
    assert len(examples.held) > 300
    for part in ("id", "group", "dense_text"):
        assert not {getattr(p, part) for p in taught} & {getattr(p, part) for p in held}
    assert not {q.query.text for q in examples.taught} & {q.query.text for q in examples.held}


@pytest.mark.integration
def test_every_answer_is_a_passage_of_the_document_that_is_searched(examples: Examples) -> None:
    documents = {passage.id: passage.document_id for passage in examples.passages}
    for question in (*examples.taught, *examples.held):
        assert question.right <= documents.keys()
        asked = question.query.document_ids
        assert not asked or {documents[key] for key in question.right} == asked


def test_general_questions_are_the_same_for_a_seed_and_come_once() -> None:
    one, other = (general_questions(TEXTS, 10, Random(1)) for _ in range(2))
    assert one == other
    assert max(Counter(one).values()) == 1
    sentence = {"rà", "soát", "các", "thủ", "tục", "trong", "tháng", "này", "chủ", "trì", "Nội", "vụ"}
    assert any(len(sentence & set(question.split())) >= 4 for question in one)
    assert not any(question.startswith("#") for question in one)


def test_general_passages_are_runs_of_the_texts() -> None:
    runs = general_passages(TEXTS, Random(1))
    assert len(runs) == len(TEXTS)
    assert len(runs[1].split()) == 60
    assert all(run in " ".join(text.split()) for run, text in zip(runs, TEXTS, strict=True))
