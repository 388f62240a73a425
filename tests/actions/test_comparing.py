from __future__ import annotations

import pytest

from actions.clarifying import clarify
from actions.comparing import answer_comparison
from actions.corpus import Corpus
from actions.question import Kind, Question
from knowledge.records import Indicator
from tests.actions.talking import Talk, first_line, rows
from trolyso.answer import Status

TARGET_CHANGED = {
    3: 80, 5: 82, 8: 85, 9: 86, 12: 89, 15: 92, 24: 101, 37: 113, 40: 116, 41: 117, 44: 120, 46: 122,
    47: 123, 48: 124, 50: 126, 51: 127, 52: 128, 55: 131, 56: 132, 60: 136,
}  # fmt: skip
ROWS_OF_2024 = {
    **{row: str(row + 77) for row in range(1, 35)},
    35: "-",
    **{row: str(row + 76) for row in range(36, 68)},
    **{row: str(row + 75) for row in range(69, 72)},
}


def sides(corpus: Corpus, row: int) -> tuple[Indicator, ...]:
    indicator = corpus.record(f"54-kh-stttt:{row}")
    assert isinstance(indicator, Indicator)
    return corpus.twins(indicator)


def verdict(corpus: Corpus, row: int) -> str:
    question = Question(Kind.COMPARE, "", "", years=(2023, 2024))
    return first_line(answer_comparison(question, sides(corpus, row), corpus, 1.0))


@pytest.mark.parametrize(("row", "later"), ROWS_OF_2024.items())
def test_the_counterpart_of_2024(corpus: Corpus, row: int, later: str) -> None:
    assert [side.id for side in sides(corpus, row)] == [f"54-kh-stttt:{row}", f"206-qd-ubnd:{later}"]


@pytest.mark.parametrize("row", [row for row in ROWS_OF_2024 if row != 35])
def test_a_changed_target_is_told_and_an_equal_one_is_not(corpus: Corpus, row: int) -> None:
    assert ("mục tiêu đổi từ" in verdict(corpus, row)) == (row in TARGET_CHANGED)


@pytest.mark.parametrize("row", [60, 65, 57])
def test_a_changed_agency_is_told(corpus: Corpus, row: int) -> None:
    assert "đổi từ" in verdict(corpus, row).split("cơ quan", 1)[1]


def test_what_changed_names_both_years_and_values(talk: Talk) -> None:
    talk.say("STT 136 năm 2024")
    reply = talk.say("khác gì năm 2023?", "compare_years")
    assert "mục tiêu đổi từ 30% (năm 2023) thành trên 60% (năm 2024)" in first_line(reply)
    assert "cơ quan chủ trì đổi từ Các trường trung học cơ sở" in first_line(reply)
    assert "phối hợp" not in first_line(reply)
    assert rows(reply) == [("54/KH-STTTT", "60"), ("206/QĐ-UBND", "136")]


def test_what_did_not_change_is_said(talk: Talk) -> None:
    talk.say("STT 78 năm 2024")
    reply = talk.say("so với năm 2023 thì sao?", "compare_years")
    expected = "Giữa năm 2023 và năm 2024, mục tiêu và cơ quan thực hiện không đổi: 5%."
    assert first_line(reply) == expected
    assert rows(reply) == [("54/KH-STTTT", "1"), ("206/QĐ-UBND", "78")]


def test_each_side_has_its_own_source(talk: Talk) -> None:
    talk.say("STT 80 năm 2024")
    text = talk.say("so với năm 2023", "compare_years").answer.text
    assert "Nguồn: Phụ lục, Kế hoạch 54/KH-STTTT ngày 11/07/2023, STT 3." in text
    assert "Nguồn: Phụ lục 2, Quyết định 206/QĐ-UBND ngày 31/01/2024, STT 80." in text


def test_a_row_without_counterpart_is_compared_with_nothing(corpus: Corpus, talk: Talk) -> None:
    assert len(sides(corpus, 68)) == 1
    talk.say("STT 68 năm 2023")
    assert talk.say("khác gì năm 2024?", "compare_years").answer.status is not Status.ANSWERED


def test_a_year_that_is_not_held_is_said_before_what_is(talk: Talk) -> None:
    talk.say("STT 80 năm 2024")
    reply = talk.say("năm 2025 khác gì năm 2024?", "compare_years")
    assert first_line(reply).startswith("Kho văn bản không có chỉ tiêu này của năm 2025.")
    assert "2808/QĐ-UBND" in first_line(reply)
    assert ("206/QĐ-UBND", "80") in rows(reply)


def test_one_side_alone_is_not_said_to_be_unchanged(corpus: Corpus) -> None:
    question = Question(Kind.COMPARE, "", "", years=(2023, 2024))
    reply = answer_comparison(question, sides(corpus, 68), corpus, 1.0)
    assert first_line(reply) == "Kho văn bản không có chỉ tiêu này của năm 2024."
    assert "không đổi" not in reply.answer.text


def test_choices_of_a_comparison_tell_every_year(corpus: Corpus) -> None:
    records = (corpus.record("206-qd-ubnd:80"), corpus.record("206-qd-ubnd:101"))
    question = Question(Kind.COMPARE, "", "", years=(2023, 2024))
    answer = clarify(question, tuple(record for record in records if record), corpus, 0.5).answer
    assert "năm 2023: 30%" in answer.text
    assert {(cite.document, cite.row) for cite in answer.citations} == {
        ("206/QĐ-UBND", "80"), ("54/KH-STTTT", "3"), ("206/QĐ-UBND", "101"), ("54/KH-STTTT", "24"),
    }  # fmt: skip
    alone = clarify(question.but(kind=Kind.INDICATOR), (sides(corpus, 24)[1],), corpus, 0.5).answer
    assert [cite.row for cite in alone.citations] == ["101"]
