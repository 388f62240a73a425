import json
from pathlib import Path

import pytest

from knowledge.search.benchmark import (
    BenchFileError,
    Question,
    figures,
    measure,
    read_corpus,
    read_questions,
)
from knowledge.search.chunks import SIZE
from knowledge.search.fakes import HashedEncoder

TEXTS = {
    "1": "Điều 1. Mức hỗ trợ\nTrẻ em được hỗ trợ 160.000 đồng mỗi tháng.",
    "2": "Điều 2. Nguồn kinh phí\nNgân sách tỉnh bảo đảm kinh phí thực hiện.",
    "3": "Điều 3. Hiệu lực\nNghị quyết có hiệu lực từ ngày 01 tháng 01 năm 2026. " + "Nơi nhận. " * SIZE,
}
QUESTIONS = [
    Question("a", "trẻ em được hỗ trợ bao nhiêu", frozenset({"1"})),
    Question("b", "nghi quyet co hieu luc tu ngay nao", frozenset({"3"})),
]


def write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return path


def test_known_ranks_have_known_figures() -> None:
    relevant = [frozenset({"x"}), frozenset({"x", "y"}), frozenset({"z"})]
    found = figures(relevant, [["x", "a"], ["a", "x"], ["a"] * 10 + ["z"]])
    assert found.precision_1 == pytest.approx(1 / 3)
    assert found.recall_10 == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert found.mrr_10 == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert found.ndcg_10 == pytest.approx((1 + 0.6309298 / 1.6309298 + 0) / 3)
    assert found.to_json()["P@1"] == 33.33


def test_three_systems_are_measured_with_or_without_marks() -> None:
    told: list[str] = []
    found = measure(TEXTS, QUESTIONS, HashedEncoder(), told.append)
    assert list(found) == ["BM25", "dense", "hybrid"]
    assert found["BM25"].precision_1 == found["hybrid"].precision_1 == 1.0
    assert told[-1] == "mã hoá câu hỏi: 2/2"


def test_a_text_of_thousands_of_words_is_found_by_its_end() -> None:
    texts = {
        **TEXTS,
        "long": "Điều 4. " + " ".join(map("từ{}".format, range(3000))) + " thu mua lúa gạo tạm trữ",
    }
    question = Question("c", "thu mua lúa gạo tạm trữ", frozenset({"long"}))
    assert measure(texts, [question], HashedEncoder(), lambda _: None)["dense"].precision_1 == 1.0


def test_files_are_read(tmp_path: Path) -> None:
    corpus = write(tmp_path / "c.jsonl", {"id": 7, "text": "một"}, "", {"id": "8", "text": "hai"})
    assert read_corpus(corpus) == {"7": "một", "8": "hai"}
    asked = write(tmp_path / "q.jsonl", {"id": "q", "text": "gì", "relevant": [7, "8"]})
    assert read_questions(asked, read_corpus(corpus)) == [Question("q", "gì", frozenset({"7", "8"}))]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "dòng 2: không phải JSON"),
        ([1], "dòng 2: phải là một đối tượng"),
        ({"id": "b"}, 'dòng 2: thiếu "text"'),
        ({"id": "b", "text": " "}, 'dòng 2: thiếu "text"'),
        ({"id": "a", "text": "hai"}, "có hai lần"),
    ],
)
def test_a_bad_corpus_is_said_with_its_line(tmp_path: Path, line: object, problem: str) -> None:
    path = write(tmp_path / "c.jsonl", {"id": "a", "text": "một"}, line)
    with pytest.raises(BenchFileError, match=problem):
        read_corpus(path)


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"id": "q", "text": "gì"}, "relevant"),
        ({"id": "q", "text": "gì", "relevant": []}, "relevant"),
        ({"id": "q", "text": "gì", "relevant": ["b"]}, "không có đoạn 'b'"),
        ({"text": "gì", "relevant": ["a"]}, 'thiếu "id"'),
    ],
)
def test_bad_questions_are_said(tmp_path: Path, entry: object, problem: str) -> None:
    with pytest.raises(BenchFileError, match=problem):
        read_questions(write(tmp_path / "q.jsonl", entry), {"a": "một"})


def test_empty_and_unreadable_files_are_said(tmp_path: Path) -> None:
    with pytest.raises(BenchFileError, match="không có đoạn nào"):
        read_corpus(write(tmp_path / "c.jsonl"))
    with pytest.raises(BenchFileError, match="không có câu hỏi nào"):
        read_questions(write(tmp_path / "q.jsonl"), {"a": "một"})
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BenchFileError, match="không đọc được"):
        read_corpus(tmp_path / "bytes")
