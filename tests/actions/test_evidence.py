from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.corpus import Corpus, Record
from actions.evidence import asked_of, doubts_of, evidence_of, name_of, overlap
from actions.question import Field, Kind, Question
from actions.ranking import DOUBTS, FEATURES
from knowledge.search.engine import Hit, Query

OCOP = "206-qd-ubnd:80"
WEBSITE = "206-qd-ubnd:101"
DUTY = "54-kh-stttt#IV.8.a"
TASK = "67-kh-ubnd:PL3.D.4"
SUBJECT = "sản phẩm OCOP trên sàn thương mại điện tử nội địa"
ASKED = Question(Kind.INDICATOR, SUBJECT, SUBJECT, years=(2024,))


def held(corpus: Corpus, record_id: str) -> Record:
    record = corpus.record(record_id)
    assert record is not None
    return record


def hit_of(corpus: Corpus, record_id: str, text: str = SUBJECT) -> Hit:
    (hit,) = corpus.search(Query(text=text, ids=frozenset({record_id}), limit=1))
    return hit


def evidence(
    corpus: Corpus, record_id: str, question: Question = ASKED, near: str | None = None
) -> dict[str, float]:
    """What speaks for a record, by name."""
    focus = held(corpus, near) if near else None
    asked = asked_of(question, focus, corpus)
    row = evidence_of(
        hit_of(corpus, record_id, question.subject or "x"), held(corpus, record_id), asked, corpus
    )
    return dict(zip(FEATURES, row, strict=True))


def doubts(rows: list[tuple[float, ...]], question: Question, corpus: Corpus) -> dict[str, float]:
    return dict(zip(DOUBTS, doubts_of(rows, question, corpus), strict=True))


@pytest.mark.parametrize("record_id", [OCOP, WEBSITE, DUTY, TASK, "67-kh-ubnd", "article-001"])
def test_each_kind_of_record_has_every_number(corpus: Corpus, record_id: str) -> None:
    assert all(math.isfinite(number) for number in evidence(corpus, record_id).values())


def test_the_named_row_holds_more_of_what_is_said_than_another(corpus: Corpus) -> None:
    named, other = evidence(corpus, OCOP), evidence(corpus, WEBSITE)
    for feature in ("said_of_name", "name_of_said", "pairs", "coverage", "accented", "folded"):
        assert named[feature] > other[feature], feature


@pytest.mark.parametrize("question", [ASKED, ASKED.but(subject="OCOP"), ASKED.but(subject="zzz qqq")])
def test_shares_of_words_are_shares(corpus: Corpus, question: Question) -> None:
    found = evidence(corpus, OCOP, question)
    assert all(0.0 <= found[name] <= 1.0 + 1e-9 for name in ("said_of_name", "name_of_said", "pairs"))


def test_accents_and_case_make_no_difference_to_the_words(corpus: Corpus) -> None:
    plain = ASKED.but(subject="SAN PHAM OCOP TREN SAN THUONG MAI DIEN TU NOI DIA")
    for feature in ("said_of_name", "name_of_said", "pairs"):
        assert evidence(corpus, OCOP, plain)[feature] == pytest.approx(evidence(corpus, OCOP)[feature])


def test_rows_clauses_and_tasks_are_told_apart(corpus: Corpus) -> None:
    kinds = {record: evidence(corpus, record) for record in (OCOP, DUTY, TASK)}
    assert [kinds[record]["row"] for record in kinds] == [1.0, 0.0, 0.0]
    assert [kinds[record]["task"] for record in kinds] == [0.0, 0.0, 1.0]
    assert [kinds[record]["depth"] > 0 for record in kinds] == [False, True, False]


def test_the_intent_speaks_for_its_kind_of_record_only(corpus: Corpus) -> None:
    row, clause = ASKED.but(shares={"ask_indicator": 0.9}), ASKED.but(shares={"ask_clause": 0.9})
    assert evidence(corpus, OCOP, row)["row_by_intent"] == pytest.approx(0.9)
    assert evidence(corpus, DUTY, row)["row_by_intent"] == 0.0
    assert evidence(corpus, DUTY, clause)["clause_by_intent"] == pytest.approx(0.9)
    assert evidence(corpus, OCOP, clause)["clause_by_intent"] == 0.0


def test_a_field_of_the_annex_speaks_for_its_rows(corpus: Corpus) -> None:
    question = ASKED.but(field=Field.LEAD)
    assert evidence(corpus, OCOP, question)["row_by_field"] == 1.0
    assert evidence(corpus, DUTY, question)["row_by_field"] == 0.0
    assert evidence(corpus, OCOP, ASKED)["row_by_field"] == 0.0


def test_a_named_agency_speaks_for_its_rows_unless_it_is_only_claimed(corpus: Corpus) -> None:
    right, wrong = ASKED.but(agencies=("so-ct",)), ASKED.but(agencies=("so-yt",))
    assert evidence(corpus, OCOP, right)["agency"] == 1.0
    assert evidence(corpus, OCOP, wrong)["agency"] == 0.0
    assert evidence(corpus, OCOP, right.but(claim=True))["agency"] == 0.0


def test_a_task_of_an_agency_is_marked_when_none_is_named(corpus: Corpus) -> None:
    clause = ASKED.but(kind=Kind.CLAUSE)
    assert evidence(corpus, DUTY, clause)["of_agency"] == 1.0
    assert evidence(corpus, DUTY, clause.but(agencies=("so-ct",)))["of_agency"] == 0.0
    assert evidence(corpus, DUTY, clause.but(kind=Kind.DUTY))["of_agency"] == 0.0
    assert evidence(corpus, "kh-2025#II.1.6.c", clause)["of_agency"] == 0.0


def test_a_stated_figure_speaks_for_the_row_that_prints_it(corpus: Corpus) -> None:
    assert evidence(corpus, OCOP, ASKED.but(values=("100",)))["value"] == 1.0
    assert evidence(corpus, OCOP, ASKED.but(values=("10",)))["value"] == 0.0


def test_an_older_plan_weighs_only_when_no_time_was_asked(corpus: Corpus) -> None:
    timeless = ASKED.but(years=())
    assert evidence(corpus, "54-kh-stttt:3", timeless)["older"] > evidence(corpus, OCOP, timeless)["older"]
    assert evidence(corpus, "54-kh-stttt:3", ASKED)["older"] == 0.0
    assert evidence(corpus, "article-001", timeless)["unofficial"] == 1.0


def test_what_stands_near_the_focus_is_nearer(corpus: Corpus) -> None:
    after = evidence(corpus, "206-qd-ubnd:81", near=OCOP)
    far = evidence(corpus, "206-qd-ubnd:110", near=OCOP)
    elsewhere = evidence(corpus, "54-kh-stttt:24", near=OCOP)
    assert after["near_row"] > far["near_row"] > elsewhere["near_row"] == 0.0
    assert (after["near_plan"], elsewhere["near_plan"]) == (1.0, 0.0)
    same = evidence(corpus, "54-kh-stttt#IV.8.b", near=DUTY)
    other = evidence(corpus, "54-kh-stttt#IV.7.a", near=DUTY)
    assert same["near_path"] > other["near_path"] > 0.0


@pytest.mark.parametrize("near", [None, OCOP])
def test_nothing_is_near_without_a_focus_nor_to_itself(corpus: Corpus, near: str | None) -> None:
    found = evidence(corpus, OCOP, near=near)
    assert [found[name] for name in FEATURES if name.startswith("near")] == [0.0] * 4


def test_doubts_grow_with_what_is_said_and_with_another_topic(corpus: Corpus) -> None:
    row = tuple(evidence(corpus, OCOP).values())
    short, strange = ASKED.but(subject="OCOP"), ASKED.but(shares={"out_of_scope": 0.6, "chitchat": 0.2})
    assert doubts([row], ASKED, corpus)["words"] > doubts([row], short, corpus)["words"]
    assert doubts([row], strange, corpus)["out_of_scope"] == pytest.approx(0.8)
    assert doubts([row], ASKED, corpus)["narrow"] == 1.0
    assert doubts([row], ASKED.but(years=(), restored=True), corpus)["restored"] == 1.0


def test_doubts_see_the_best_of_all_candidates(corpus: Corpus) -> None:
    rows = [tuple(evidence(corpus, record).values()) for record in (WEBSITE, OCOP)]
    assert doubts(rows, ASKED, corpus) == doubts(rows[::-1], ASKED, corpus)
    assert doubts(rows, ASKED, corpus)["best_coverage"] == max(
        row[FEATURES.index("coverage")] for row in rows
    )
    assert doubts(rows, ASKED, corpus)["best_dense"] == max(row[FEATURES.index("dense")] for row in rows)
    assert doubts(rows, ASKED, corpus)["best_name"] == max(
        row[FEATURES.index("said_of_name")] for row in rows
    )


def test_doubts_without_candidates_are_numbers_too(corpus: Corpus) -> None:
    assert all(math.isfinite(number) for number in doubts([], ASKED, corpus).values())


@pytest.mark.parametrize(
    ("record_id", "name"), [(OCOP, "Tỷ lệ sản phẩm OCOP"), ("54-kh-stttt", "Kế hoạch"), (DUTY, "")]
)
def test_a_record_is_known_by_words(corpus: Corpus, record_id: str, name: str) -> None:
    assert name.casefold() in name_of(held(corpus, record_id)).casefold()
    assert name_of(held(corpus, record_id))


@given(st.text(max_size=40), st.text(max_size=40))
def test_overlap_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0.0 <= overlap(one, other) <= 1.0
    assert overlap(one, other) == overlap(other, one)


def test_overlap_of_the_same_and_of_different_words() -> None:
    assert overlap("Sàn thương mại", "sàn THƯƠNG mại") == 1.0
    assert overlap("sàn", "website") == 0.0
