from __future__ import annotations

import pytest

from actions.corpus import Corpus
from actions.question import Kind, Question
from actions.reply import Reply
from actions.sources import answer_source
from trolyso.answer import Status

QUESTION = Question(Kind.INDICATOR, "", "nó nằm ở văn bản nào?")


def placed(corpus: Corpus, record_id: str) -> Reply:
    record = corpus.record(record_id)
    assert record is not None
    return answer_source(QUESTION, record, corpus)


@pytest.mark.parametrize(
    ("record_id", "place"),
    [
        ("206-qd-ubnd:80", "Phụ lục 2, Quyết định 206/QĐ-UBND ngày 31/01/2024, STT 80"),
        ("206-qd-ubnd:-", "dòng không đánh số thứ tự"),
        ("54-kh-stttt:3", "Phụ lục, Kế hoạch 54/KH-STTTT ngày 11/07/2023, STT 3"),
        ("67-kh-ubnd:PL1.II.5", "phần đến năm 2030"),
        ("67-kh-ubnd:PL3.D.4", "Phụ lục 3, nhóm D, Kế hoạch 67/KH-UBND ngày 31/12/2020, STT 4"),
        ("54-kh-stttt#IV.8.a", "mục IV.8.a, Kế hoạch 54/KH-STTTT ngày 11/07/2023"),
        ("kh-2025#II.1.6.c", "mục II.1.6.c"),
        ("67-kh-ubnd", "Kế hoạch 67/KH-UBND ngày 31/12/2020"),
    ],
)
def test_every_kind_of_record_has_its_place(corpus: Corpus, record_id: str, place: str) -> None:
    assert place in placed(corpus, record_id).answer.text.split("\n")[0]


@pytest.mark.parametrize(
    "record_id", ["206-qd-ubnd:80", "54-kh-stttt#IV.8.a", "67-kh-ubnd:PL3.D.4", "kh-2025"]
)
def test_the_document_is_named_and_cited_and_the_record_stays_in_focus(
    corpus: Corpus, record_id: str
) -> None:
    reply = placed(corpus, record_id)
    record = corpus.record(record_id)
    assert record is not None
    document = corpus.document_of(record)
    (citation,) = reply.answer.citations
    assert reply.answer.status is Status.ANSWERED
    assert f"• Văn bản: {document.title}" in reply.answer.text
    assert (citation.document, citation.title) == (document.cite, document.title)
    assert citation.url.startswith(f"/van-ban/{document.id}")
    assert reply.dialogue.record == record_id


def test_what_must_be_known_about_a_document_is_said(corpus: Corpus) -> None:
    noted = [document for document in corpus.documents.values() if document.note]
    assert noted
    for document in noted:
        assert f"• Ghi chú: {document.note}" in placed(corpus, document.id).answer.text


def test_a_long_name_is_shortened(corpus: Corpus) -> None:
    for clause in corpus.store.clauses("67-kh-ubnd"):
        first = placed(corpus, clause.id).answer.text.split("\n")[0]
        assert len(first) < 450, clause.id
