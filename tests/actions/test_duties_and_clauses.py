from __future__ import annotations

import pytest

from actions.corpus import Corpus
from actions.question import Field, Kind, Question
from actions.records import ARTICLE_WARNING, answer_clause, answer_task
from knowledge.records import Clause, Task
from tests.actions.talking import Talk, first_line, sections
from trolyso.answer import Status

CLAUSE = Question(Kind.CLAUSE, "", "")


def clause(corpus: Corpus, record_id: str) -> Clause:
    record = corpus.record(record_id)
    assert isinstance(record, Clause)
    return record


def task(corpus: Corpus, record_id: str) -> Task:
    record = corpus.record(record_id)
    assert isinstance(record, Task)
    return record


def test_the_section_of_an_agency_with_its_points(talk: Talk) -> None:
    reply = talk.say("Sở Công Thương có trách nhiệm gì trong kế hoạch 54?", "ask_clause")
    assert reply.answer.status is Status.ANSWERED
    assert sections(reply)[:2] == [("54/KH-STTTT", "IV.8"), ("54/KH-STTTT", "IV.8.a")]
    assert first_line(reply).startswith("Theo Kế hoạch 54/KH-STTTT, mục IV.8")


def test_a_section_without_document_is_of_the_newest_plan(talk: Talk) -> None:
    reply = talk.say("Sở Công Thương phải làm gì?", "ask_clause")
    assert sections(reply)[0] == ("KH-2025", "IV.7")


def test_a_renamed_agency_has_the_section_of_its_successor(talk: Talk) -> None:
    reply = talk.say("Sở KH&ĐT phải làm gì theo kế hoạch 2025?", "ask_clause")
    assert sections(reply)[0] == ("KH-2025", "IV.2")
    assert "Sở Tài chính" in reply.answer.text


def test_references_are_resolved(talk: Talk) -> None:
    text = talk.say("Sở Tài chính phải làm gì theo kế hoạch 2025?", "ask_clause").answer.text
    assert "Các mục được dẫn:" in text
    for path in ("II.1.7.a", "III.3.c", "III.3.d", "III.6"):
        assert f"– mục {path}: " in text


def test_a_clause_is_quoted_word_by_word_with_its_place(corpus: Corpus) -> None:
    found = clause(corpus, "54-kh-stttt#IV.8.a")
    reply = answer_clause(CLAUSE, found, corpus, 1.0)
    assert f"“{found.text}”" in reply.answer.text
    assert reply.answer.text.endswith("Nguồn: mục IV.8.a, Kế hoạch 54/KH-STTTT ngày 11/07/2023.")
    assert sections(reply) == [("54/KH-STTTT", "IV.8.a")]


def test_every_goal_of_the_article_is_told_apart_from_the_province(corpus: Corpus) -> None:
    for found in corpus.store.clauses("article-001"):
        text = answer_clause(CLAUSE, found, corpus, 1.0).answer.text
        assert text.startswith("Theo bài báo trong kho")
        assert ARTICLE_WARNING in text


def test_only_the_article_carries_the_warning(corpus: Corpus) -> None:
    text = answer_clause(CLAUSE, clause(corpus, "kh-2025#IV.7"), corpus, 1.0).answer.text
    assert ARTICLE_WARNING not in text
    assert text.startswith("Theo kế hoạch năm 2025 (Sở Khoa học và Công nghệ tỉnh Vĩnh Long)")


@pytest.mark.parametrize("question", ["kinh tế số chiếm bao nhiêu GRDP?", "tỷ trọng kinh tế số đạt 20% GRDP"])
def test_the_article_is_never_the_source_unless_it_is_named(talk: Talk, question: str) -> None:
    reply = talk.say(question)
    assert "article-001" not in [document for document, _ in sections(reply)]
    assert "20%" not in first_line(reply) or "Chưa đúng" in first_line(reply)


def test_a_lost_heading_is_told_with_the_clause(corpus: Corpus) -> None:
    noted = [c for c in corpus.store.clauses("67-kh-ubnd") if c.note]
    assert noted
    for found in noted:
        assert f"Lưu ý: {found.note}" in answer_clause(CLAUSE, found, corpus, 1.0).answer.text


def test_money_lines_without_owner_are_given_to_no_department(corpus: Corpus) -> None:
    owners = ("Tham mưu UBND tỉnh bố trí vốn", "Tham mưu UBND tỉnh ưu tiên bố trí kinh phí")
    lines = [c for c in corpus.store.clauses("67-kh-ubnd") if c.text.startswith(owners)]
    assert len(lines) == 2
    for found in lines:
        assert not any("Sở" in title for title in found.trail)
        assert found.note


@pytest.mark.parametrize(
    ("record", "years"),
    [
        ("67-kh-ubnd:PL3.A.II.1", "2021 - 2030"),
        ("67-kh-ubnd:PL3.D.4", "2021 - 2025"),
    ],
)
def test_a_task_has_its_years(corpus: Corpus, record: str, years: str) -> None:
    found = task(corpus, record)
    reply = answer_task(Question(Kind.INDICATOR, "", "", Field.YEARS), found, corpus, 1.0)
    assert " ".join(first_line(reply).replace("-", " - ").split()).endswith(f"trong giai đoạn {years}.")
    assert (
        f"Chủ trì: {found.lead_raw}" in " ".join(reply.answer.text.split())
        or found.lead_raw in reply.answer.text
    )


def test_a_planned_document_has_its_form(corpus: Corpus) -> None:
    found = task(corpus, "67-kh-ubnd:PL2.I.3")
    reply = answer_task(Question(Kind.INDICATOR, "", "", Field.FORM), found, corpus, 1.0)
    assert first_line(reply).endswith(f"có loại hình: {found.form}.")
    assert sections(reply) == [("67/KH-UBND", "PL2.I.3")]


def test_every_task_answers_with_its_lead_and_row(corpus: Corpus) -> None:
    tasks = corpus.store.tasks("67-kh-ubnd")
    assert len(tasks) == 69
    for found in tasks:
        reply = answer_task(CLAUSE, found, corpus, 1.0)
        (citation,) = reply.answer.citations
        assert (citation.row, citation.document) == (found.row, "67/KH-UBND")
        assert found.name in reply.answer.text
