from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from knowledge.records import ParsedDocument
from knowledge.search.passages import DENSE_LIMIT, Kind, passages_of
from tests.knowledge.search.corpus import CLAUSES, NAMES, PLAN, clause, indicator, plan


def test_every_record_is_one_passage_with_its_kind_and_years() -> None:
    passages = passages_of(plan())
    assert len(passages) == 1 + len(NAMES) + 2 + len(CLAUSES)
    kinds = {passage.id: passage.kind for passage in passages}
    assert kinds["54-kh-stttt"] is Kind.DOCUMENT
    assert kinds["54-kh-stttt:3"] is Kind.INDICATOR
    assert kinds["54-kh-stttt:PL3.1"] is Kind.TASK
    assert kinds["54-kh-stttt:PL3.2"] is Kind.PLANNED
    assert kinds["54-kh-stttt#II.2.1.c"] is Kind.CLAUSE
    years = {passage.id: (passage.year_start, passage.year_end) for passage in passages}
    assert years["54-kh-stttt:PL3.1"] == (2021, 2025)
    assert years["54-kh-stttt:PL3.2"] == (2023, 2023)


def test_a_bullet_shares_the_group_of_its_row_whatever_its_value() -> None:
    groups = {passage.id: passage.group for passage in passages_of(plan())}
    assert groups["54-kh-stttt#I.1.3"] == groups["54-kh-stttt:3"]
    assert groups["54-kh-stttt#I.2.13"] == groups["54-kh-stttt:45"]
    assert groups["54-kh-stttt#II.2.1.c"] == "54-kh-stttt#II.2.1.c"
    assert groups["54-kh-stttt:33"] != groups["54-kh-stttt:34"]


def test_rows_that_differ_by_a_number_only_keep_their_own_bullets() -> None:
    early, late = "80% dịch vụ công được cung cấp trực tuyến", "100% dịch vụ công được cung cấp trực tuyến"
    parsed = replace(
        plan(),
        indicators=(indicator("1", early), indicator("2", late)),
        clauses=(clause("1", early + ";"), clause("2", late + ";")),
    )
    groups = {passage.id: passage.group for passage in passages_of(parsed)}
    assert groups["54-kh-stttt#1"] == "54-kh-stttt:1"
    assert groups["54-kh-stttt#2"] == "54-kh-stttt:2"


def test_words_hold_headings_and_agencies_but_the_encoder_reads_less() -> None:
    passages = {passage.id: passage for passage in passages_of(plan())}
    found = passages["54-kh-stttt#II.2.1.c"]
    assert "NỘI DUNG THỰC HIỆN" in found.text
    assert "NỘI DUNG THỰC HIỆN" not in found.dense_text
    row = passages["54-kh-stttt:3"]
    assert "Sở Công Thương" in row.text
    assert "Sở Công Thương" not in row.dense_text
    assert row.agencies == ("so-ct",)


@given(st.text(alphabet="ăb c.;", max_size=3000))
def test_the_encoder_never_gets_more_than_its_limit(text: str) -> None:
    parsed = ParsedDocument(PLAN, (clause("1", text),), (), ())
    passage = passages_of(parsed)[1]
    assert len(passage.dense_text) <= DENSE_LIMIT + 1
    assert len(passage.title) <= DENSE_LIMIT
