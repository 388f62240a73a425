from __future__ import annotations

import pytest

from actions.corpus import Corpus
from actions.dialogue import Dialogue, Option
from actions.question import Kind, Question
from actions.resolving import Outcome, located, resolve, scope
from tests.actions.talking import Talk, first_line, rows, sections
from trolyso.answer import Status

OF_2024 = Question(Kind.INDICATOR, "", "", years=(2024,))


@pytest.mark.parametrize(
    ("question", "documents", "missing"),
    [
        (OF_2024, ("206-qd-ubnd",), ()),
        (OF_2024.but(years=(2023, 2024)), ("54-kh-stttt", "206-qd-ubnd"), ()),
        (OF_2024.but(years=(2025,)), ("kh-2025",), ()),
        (OF_2024.but(years=(2026,)), (), (2026,)),
        (OF_2024.but(years=(), horizons=(2030,)), ("67-kh-ubnd",), ()),
        (OF_2024.but(documents=("54-kh-stttt",)), ("54-kh-stttt",), ()),
    ],
)
def test_the_plans_in_scope(
    corpus: Corpus, question: Question, documents: tuple[str, ...], missing: tuple[int, ...]
) -> None:
    found = scope(question, corpus)
    assert (found.documents, found.missing) == (documents, missing)


def test_the_article_is_never_in_scope_unasked(corpus: Corpus) -> None:
    documents = scope(Question(Kind.INDICATOR, "", ""), corpus).documents
    assert len(documents) == 4
    assert "article-001" not in documents


def test_a_year_in_a_plan_of_several_years_is_a_horizon(corpus: Corpus) -> None:
    question = located(OF_2024.but(years=(2025,), documents=("67-kh-ubnd",)), corpus)
    assert (question.years, question.horizons) == ((), (2025,))
    assert located(OF_2024.but(years=(2030,)), corpus).horizons == (2030,)


@pytest.mark.parametrize("subject", ["", "OCOP"])
def test_a_row_is_found_by_its_number(corpus: Corpus, subject: str) -> None:
    found = resolve(OF_2024.but(row="80", subject=subject), Dialogue(), corpus)
    assert found.outcome is Outcome.FOUND
    assert [record.id for record in found.records] == ["206-qd-ubnd:80"]


def test_a_row_without_year_is_of_the_newest_plan(corpus: Corpus) -> None:
    found = resolve(Question(Kind.INDICATOR, "", "", row="3"), Dialogue(), corpus)
    assert [record.id for record in found.records] == ["206-qd-ubnd:3"]


def test_a_row_that_starts_anew_for_2030_is_two_rows(corpus: Corpus) -> None:
    question = Question(Kind.INDICATOR, "", "", documents=("67-kh-ubnd",), row="5")
    found = resolve(question, Dialogue(), corpus)
    assert found.outcome is Outcome.SEVERAL
    assert [record.id for record in found.records] == ["67-kh-ubnd:PL1.I.5", "67-kh-ubnd:PL1.II.5"]


@pytest.mark.parametrize(
    ("years", "record"), [((), "206-qd-ubnd:80"), ((2024,), "206-qd-ubnd:80"), ((2023,), "54-kh-stttt:3")]
)
def test_the_focus_moves_to_its_twin(corpus: Corpus, years: tuple[int, ...], record: str) -> None:
    found = resolve(OF_2024.but(years=years), Dialogue(OF_2024, "206-qd-ubnd:80"), corpus)
    assert (found.outcome, [r.id for r in found.records]) == (Outcome.FOUND, [record])


def test_a_focus_that_is_not_held_any_more_finds_nothing(corpus: Corpus) -> None:
    assert resolve(OF_2024, Dialogue(OF_2024, "206-qd-ubnd:999"), corpus).outcome is Outcome.NOTHING


def test_a_clause_in_focus_is_no_answer_for_another_plan(corpus: Corpus) -> None:
    focus = Dialogue(OF_2024, "67-kh-ubnd#6.p2")
    asked = Question(Kind.CLAUSE, "báo cáo", "hạn báo cáo", documents=("67-kh-ubnd",))
    assert [r.id for r in resolve(asked, focus, corpus).records] == ["67-kh-ubnd#6.p2"]
    other = resolve(asked.but(documents=(), years=(2025,)), focus, corpus)
    assert all(corpus.document_of(record).id == "kh-2025" for record in other.records)


def test_two_years_of_the_same_indicator_are_one_candidate(corpus: Corpus) -> None:
    name = "Tỷ lệ hộ gia đình được phủ hạ tầng mạng băng rộng cáp quang"
    found = resolve(Question(Kind.INDICATOR, name, name), Dialogue(), corpus)
    assert found.records[0].id == "206-qd-ubnd:110"
    assert "54-kh-stttt:33" not in [record.id for record in found.records]


def test_a_row_that_the_annex_lacks(talk: Talk) -> None:
    reply = talk.say("STT 999 năm 2024")
    assert reply.answer.status is Status.UNKNOWN
    assert "không có dòng số 999" in reply.answer.text
    assert reply.answer.citations == ()


@pytest.mark.parametrize(
    ("pick", "record"),
    [
        ("2", ("67/KH-UBND", "PL1.II.5")),
        ("cái thứ hai", ("67/KH-UBND", "PL1.II.5")),
        ("cái đầu tiên", ("67/KH-UBND", "PL1.I.5")),
        ("cái cuối cùng", ("67/KH-UBND", "PL1.II.5")),
        ("kinh tế số chiếm GRDP", ("67/KH-UBND", "PL1.II.5")),
        ("so hoa du lieu", ("67/KH-UBND", "PL1.I.5")),
    ],
)
def test_a_choice_is_made_by_number_place_or_words(talk: Talk, pick: str, record: tuple[str, str]) -> None:
    asked = talk.say("dòng 5 kế hoạch 67")
    assert asked.answer.status is Status.CLARIFY
    assert [tap.message for tap in asked.answer.suggestions] == ["1", "2"]
    reply = talk.say(pick)
    assert reply.answer.status is Status.ANSWERED
    assert sections(reply) == [record]


def test_a_clarification_shows_the_facts_that_tell_the_choices_apart(talk: Talk) -> None:
    text = talk.say("dòng 5 kế hoạch 67").answer.text
    assert "1. " in text
    assert "2. Kinh tế số chiếm 15% đến 20% GRDP (đến năm 2030; chủ trì: Sở Kế hoạch và Đầu tư)" in text


def test_a_new_question_sets_a_clarification_aside(talk: Talk) -> None:
    talk.say("dòng 5 kế hoạch 67")
    assert rows(talk.say("STT 80 năm 2024")) == [("206/QĐ-UBND", "80")]
    assert talk.state.options == ()


@pytest.mark.parametrize("pick", ["5", "0"])
def test_a_number_beyond_the_choices_answers_nothing(talk: Talk, pick: str) -> None:
    talk.say("dòng 5 kế hoạch 67")
    assert talk.say(pick).answer.status is not Status.ANSWERED


def test_a_choice_whose_record_is_gone_does_no_harm(talk: Talk) -> None:
    talk.state = Dialogue(OF_2024, None, (Option("cũ", "206-qd-ubnd:999"),), pending=True)
    assert talk.say("1").answer.status is not Status.ANSWERED


def test_the_field_asked_first_is_kept_after_the_choice(talk: Talk) -> None:
    talk.say("dòng 5 kế hoạch 67 ai chủ trì?")
    assert "cơ quan chủ trì" in first_line(talk.say("2"))


def test_nothing_is_made_up_for_nonsense(talk: Talk) -> None:
    reply = talk.say("xyzzy quux")
    assert reply.answer.status is not Status.ANSWERED
