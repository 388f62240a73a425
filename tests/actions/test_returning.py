from __future__ import annotations

import pytest

from actions.corpus import Corpus
from actions.dialogue import Dialogue, Option
from actions.question import Field, Kind, Question
from actions.returning import returned
from actions.understanding import understand
from tests.actions.talking import Reader

OCOP, WEBSITE, CABLE = "206-qd-ubnd:80", "206-qd-ubnd:101", "206-qd-ubnd:110"
LAST = Question(Kind.INDICATOR, "cáp quang", "STT 110 năm 2024", years=(2024,))
SPOKEN = Dialogue(LAST, CABLE, history=(OCOP, WEBSITE, CABLE))


def record_after(reader: Reader, corpus: Corpus, text: str, dialogue: Dialogue = SPOKEN) -> str | None:
    """The record in focus when the message is read."""
    return returned(reader.read(text, "follow_up"), dialogue, corpus)[1].record


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("quay lại OCOP", OCOP),
        ("quay lai ocop di", OCOP),
        ("trở lại chuyện website", WEBSITE),
        ("nói tiếp vụ sàn thương mại điện tử nội địa", OCOP),
        ("hồi nãy cái đặt hàng trực tuyến", WEBSITE),
        ("quay lại câu trước", WEBSITE),
        ("quay lại chỉ tiêu đầu tiên", OCOP),
        ("cái đầu tiên", OCOP),
        ("chỉ tiêu đầu tiên ai phối hợp?", OCOP),
        ("thôi quay về câu hỏi đầu tiên", OCOP),
        ("quay lại cái web", WEBSITE),
        ("quay lại cái trên", WEBSITE),
    ],
)
def test_what_is_gone_back_to(reader: Reader, corpus: Corpus, text: str, record: str) -> None:
    assert record_after(reader, corpus, text) == record


@pytest.mark.parametrize("text", ["câu hỏi trước", "chỉ tiêu trước đó"])
def test_the_one_before_needs_no_verb(reader: Reader, corpus: Corpus, text: str) -> None:
    assert record_after(reader, corpus, text) == WEBSITE


@pytest.mark.parametrize(
    "text",
    [
        "ai chủ trì OCOP?",
        "tỷ lệ đạt từ 50% trở lên là chỉ tiêu nào?",
        "quay lại chuyện máy bay",
        "quay lại tỷ lệ hồ sơ sức khỏe điện tử năm 2024",
        "ban đầu hồ sơ sức khỏe điện tử năm 2023 đặt bao nhiêu?",
        "quay lại STT 90",
    ],
)
def test_what_was_not_spoken_of_is_a_new_question(reader: Reader, corpus: Corpus, text: str) -> None:
    message = reader.read(text)
    assert returned(message, SPOKEN, corpus) == (message, SPOKEN)


def test_without_a_history_there_is_nothing_to_go_back_to(reader: Reader, corpus: Corpus) -> None:
    message = reader.read("quay lại OCOP")
    assert returned(message, Dialogue(), corpus) == (message, Dialogue())


def test_the_first_of_the_choices_is_meant_while_choices_are_shown(reader: Reader, corpus: Corpus) -> None:
    shown = Dialogue(LAST, None, (Option("a", WEBSITE), Option("b", CABLE)), True, 0, (OCOP,))
    message = reader.read("cái đầu tiên")
    assert returned(message, shown, corpus) == (message, shown)


def test_of_several_that_fit_the_last_one_is_meant(reader: Reader, corpus: Corpus) -> None:
    twins = Dialogue(LAST, CABLE, history=("54-kh-stttt:3", OCOP, CABLE))
    assert record_after(reader, corpus, "quay lại OCOP", twins) == OCOP
    turned = Dialogue(LAST, CABLE, history=(OCOP, "54-kh-stttt:3", CABLE))
    assert record_after(reader, corpus, "quay lại OCOP", turned) == "54-kh-stttt:3"


def test_the_one_before_is_not_the_one_in_focus(reader: Reader, corpus: Corpus) -> None:
    away = Dialogue(LAST, None, history=(OCOP, WEBSITE))
    assert record_after(reader, corpus, "quay lại câu hỏi hồi nãy", away) == WEBSITE


def test_records_that_are_gone_are_passed_over(reader: Reader, corpus: Corpus) -> None:
    old = Dialogue(LAST, CABLE, history=("206-qd-ubnd:999", WEBSITE, CABLE))
    assert record_after(reader, corpus, "quay lại chỉ tiêu đầu tiên", old) == WEBSITE
    gone = Dialogue(LAST, None, history=("206-qd-ubnd:999",))
    message = reader.read("quay lại chỉ tiêu đầu tiên")
    assert returned(message, gone, corpus) == (message, gone)


@pytest.mark.parametrize(
    ("record", "kind", "years", "documents"),
    [
        (OCOP, Kind.INDICATOR, (2024,), ()),
        ("67-kh-ubnd:PL3.D.4", Kind.INDICATOR, (), ("67-kh-ubnd",)),
        ("54-kh-stttt#IV.8", Kind.CLAUSE, (2023,), ()),
        ("kh-2025", Kind.DOCUMENT, (2025,), ()),
    ],
)
def test_the_focus_is_that_of_the_record(
    reader: Reader,
    corpus: Corpus,
    record: str,
    kind: Kind,
    years: tuple[int, ...],
    documents: tuple[str, ...],
) -> None:
    dialogue = Dialogue(LAST, CABLE, history=(record, CABLE))
    _, after = returned(reader.read("quay lại cái đầu tiên"), dialogue, corpus)
    assert after.focus is not None
    assert (after.record, after.focus.kind) == (record, kind)
    assert (after.focus.years, after.focus.documents) == (years, documents)


def test_what_is_asked_of_it_is_kept(reader: Reader, corpus: Corpus) -> None:
    message, after = returned(reader.read("quay lại OCOP, năm 2023 ai phối hợp?"), SPOKEN, corpus)
    question = understand(message, after, corpus.today)
    assert (question.field, question.years, question.back) == (Field.COORDINATOR, (2023,), True)
    assert "OCOP" in question.subject


def test_going_back_closes_an_open_clarification(reader: Reader, corpus: Corpus) -> None:
    pending = Dialogue(LAST, None, (Option("a", WEBSITE),), True, 0, (OCOP, CABLE))
    _, after = returned(reader.read("thôi quay lại OCOP"), pending, corpus)
    assert (after.record, after.options, after.pending) == (OCOP, (), False)


def test_of_several_that_fit_the_first_one_is_the_first(reader: Reader, corpus: Corpus) -> None:
    other = "206-qd-ubnd:88"
    spoken = Dialogue(LAST, CABLE, history=(other, WEBSITE, CABLE))
    assert record_after(reader, corpus, "quay lại cái website lúc đầu", spoken) == other
    assert record_after(reader, corpus, "quay lại cái website", spoken) == WEBSITE


def test_a_record_that_is_named_comes_before_a_list_of_its_agency(reader: Reader, corpus: Corpus) -> None:
    shown = Question(Kind.LIST, "", "", years=(2024,), agencies=("so-ct",))
    spoken = Dialogue(LAST, CABLE, history=(OCOP, WEBSITE, CABLE), lists=(shown,))
    assert record_after(reader, corpus, "cái OCOP hồi nãy Sở Công Thương chủ trì hả", spoken) == OCOP
