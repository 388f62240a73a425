from __future__ import annotations

import pytest

from actions.dialogue import Dialogue
from actions.message import Message
from actions.question import Kind, Question
from actions.reply import Reply
from actions.several import joined, splits_of
from actions.subject import subject_of
from tests.actions.talking import Reader
from trolyso.answer import Answer, Citation, Status, Suggestion


def ways(reader: Reader, text: str) -> list[list[Message]]:
    return list(splits_of(reader.read(text)))


def reply(record: str | None, confidence: float = 0.9, status: Status = Status.ANSWERED) -> Reply:
    cited = Citation("206/QĐ-UBND", "", None, record, None, "", "")
    taps = (Suggestion(f"thêm về {record}", "ai phối hợp?"),)
    answer = Answer(status, f"Đáp {record}", taps, (cited,), (), confidence)
    return Reply(answer, Dialogue(Question(Kind.INDICATOR, str(record), ""), record))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("STT 80 năm 2024 ai chủ trì? STT 101 năm 2024 mục tiêu bao nhiêu?", 2),
        ("STT 80 năm 2024; STT 101; STT 110", 3),
        ("ai chủ trì OCOP năm 2024 và tỷ lệ hộ gia đình phủ cáp quang bao nhiêu?", 2),
        ("OCOP lên sàn bao nhiêu, còn tỷ lệ phủ cáp quang?", 2),
    ],
)
def test_a_message_is_cut_into_its_questions(reader: Reader, text: str, parts: int) -> None:
    assert parts in [len(way) for way in ways(reader, text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ai chủ trì chỉ tiêu OCOP 2024?",
        "xin chào. OCOP năm 2024 bao nhiêu?",
        "OCOP năm 2024 bao nhiêu? dạ?",
        "kinh tế số và xã hội số năm 2024 có bao nhiêu chỉ tiêu?",
        "Sở Y tế và Sở Công Thương chủ trì những gì?",
        "doanh nghiệp nhỏ và vừa có website bao nhiêu phần trăm?",
    ],
)
def test_one_question_is_not_cut(reader: Reader, text: str) -> None:
    assert ways(reader, text) == []


def test_a_long_row_of_sentences_is_a_story_and_not_many_questions(reader: Reader) -> None:
    assert ways(reader, "OCOP? cáp quang? website? bưu chính? y tế? trường học?") == []


def test_a_part_has_its_own_words_and_mentions_in_their_place(reader: Reader) -> None:
    (first, second) = ways(reader, "ai chủ trì STT 80 năm 2024? STT 101 năm 2023 bao nhiêu?")[0]
    assert (first.value("row"), first.value("year")) == ("80", "2024")
    assert (second.value("row"), second.value("year")) == ("101", "2023")
    assert (first.value("role"), second.value("role")) == ("lead", None)
    for part in (first, second):
        for entity in (e for e in part.entities if e.end):
            assert part.text[entity.start : entity.end].strip(), entity


def test_the_year_of_one_part_holds_for_the_other(reader: Reader) -> None:
    parts = ways(reader, "OCOP lên sàn bao nhiêu? cáp quang bao nhiêu năm 2024?")[0]
    assert [part.value("year") for part in parts] == ["2024", "2024"]
    assert ["cáp quang" in subject_of(part) for part in parts] == [False, True]


def test_the_field_of_one_part_holds_for_the_other_unless_it_has_its_own(reader: Reader) -> None:
    parts = ways(reader, "ai chủ trì STT 80 năm 2024? STT 101?")[0]
    assert [part.value("role") for part in parts] == ["lead", "lead"]
    parts = ways(reader, "ai chủ trì STT 80 năm 2024? STT 101 căn cứ pháp lý là gì?")[0]
    assert [part.value("role") for part in parts] == ["lead", None]


def test_one_deadline_in_two_plans_is_two_questions(reader: Reader) -> None:
    parts = ways(reader, "hạn gửi báo cáo trong kế hoạch 67 và trong quyết định 206 là khi nào?")[0]
    assert [part.values("document") for part in parts] == [("67-kh-ubnd",), ("206-qd-ubnd",)]
    assert all("deadline" in part.values("ask") for part in parts)


def test_replies_are_joined_in_their_order() -> None:
    together = joined([reply("80", 0.9), reply("101", 0.6)])
    assert together is not None
    assert together.answer.text == "1) Đáp 80\n\n2) Đáp 101"
    assert together.answer.status is Status.ANSWERED
    assert [citation.row for citation in together.answer.citations] == ["80", "101"]
    assert together.answer.confidence == 0.6
    assert together.dialogue.record == "101"
    assert [tap.title for tap in together.answer.suggestions] == ["thêm về 101"]


@pytest.mark.parametrize(
    "replies",
    [
        [],
        [reply("80")],
        [reply("80"), reply("80")],
        [reply("80"), reply("101", 0.2)],
        [reply("80"), reply("101", status=Status.CLARIFY)],
        [reply("80"), reply("101", status=Status.UNKNOWN)],
        [reply("80"), reply(None)],
        [reply("80"), reply("101"), reply("80")],
    ],
)
def test_replies_that_are_not_sure_or_not_different_are_not_joined(replies: list[Reply]) -> None:
    assert joined(replies) is None


def test_what_nobody_holds_is_not_parted_in_its_midst(reader: Reader) -> None:
    text = "Làm giấy khai sinh trên mạng thì được bớt lệ phí so với ra xã không, bớt bao nhiêu vậy?"
    assert reader.read(text).value("unheld") == "price"
    assert all(any(part.value("unheld") for part in parts) for parts in ways(reader, text))
