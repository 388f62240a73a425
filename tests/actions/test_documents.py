from __future__ import annotations

import pytest

from actions.corpus import Corpus
from tests.actions.talking import Talk, first_line, rows, sections

NOT_PRINTED = "bản trong kho không in"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("kế hoạch 54 do ai ký?", "Kế hoạch 54/KH-STTTT ngày 11/07/2023 do Đoàn Hồng Hạnh ký."),
        ("kế hoạch 67 ban hành ngày nào?", "được ký ngày 31/12/2020."),
        ("quyết định 206 ký ngày nào?", "được ký ngày 31/01/2024."),
        ("quyết định 206 ai ký?", f"{NOT_PRINTED} tên người ký."),
        ("kế hoạch năm 2025 ký ngày nào?", f"{NOT_PRINTED} ngày ký."),
        ("kế hoạch năm 2025 ai ký?", "do Phó Giám đốc Lê Thế Vinh ký."),
        ("kế hoạch 54 cơ quan nào ban hành?", "do Sở Thông tin và Truyền thông tỉnh Vĩnh Long xây dựng"),
        (
            "quyết định phê duyệt kế hoạch 54 ai ký?",
            "do Phó Chủ tịch Nguyễn Thị Quyên Thanh ký ngày 19/07/2023.",
        ),
    ],
)
def test_the_asked_fact_of_a_document_comes_first(talk: Talk, question: str, first: str) -> None:
    assert first in first_line(talk.say(question, "ask_document"))


def test_a_number_that_is_not_printed_is_said_to_be_missing(talk: Talk) -> None:
    text = talk.say("kế hoạch năm 2025 số mấy?", "ask_document").answer.text
    assert f"• Số: {NOT_PRINTED} số" in text
    assert "2808/QĐ-UBND" in text


def test_the_number_of_a_plan(talk: Talk) -> None:
    reply = talk.say("kế hoạch năm 2023 số mấy?", "ask_document")
    assert "• Số: 54/KH-STTTT" in reply.answer.text
    assert rows(reply)[0] == ("54/KH-STTTT", None)


def test_the_approval_of_plan_54_has_no_number(talk: Talk) -> None:
    text = talk.say("kế hoạch 54 do ai ký?", "ask_document").answer.text
    assert "Được phê duyệt bằng" in text
    assert "(bản trong kho không in số)" in text
    assert "Nguyễn Thị Quyên Thanh" in text


def test_the_document_of_the_focus_is_asked_on(talk: Talk) -> None:
    talk.say("STT 80 năm 2024")
    assert "31/01/2024" in first_line(talk.say("văn bản đó ký ngày nào?", "ask_document"))


def test_the_legal_grounds_are_quoted_with_their_place(talk: Talk) -> None:
    reply = talk.say("kế hoạch 54 căn cứ vào những văn bản nào để ban hành?", "ask_document")
    assert "Căn cứ" in reply.answer.text
    assert any(section and "mo-dau" in section for _, section in sections(reply))


def test_all_documents_are_listed_the_article_last(corpus: Corpus, talk: Talk) -> None:
    reply = talk.say("trong kho có những văn bản nào?", "ask_document")
    assert first_line(reply) == "Kho văn bản hiện có 5 văn bản:"
    cited = [document for document, _ in rows(reply)]
    assert cited == [document.cite for document in corpus.documents.values()]
    assert cited[-1] == "article-001"
