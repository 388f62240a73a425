from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.dialogues import Cite, Expect
from eval.judge import Reply, judge, normalise, occurs

ROW = Cite("206/QĐ-UBND", "101")


def reply(status: str | None = "answered", text: str = "Chỉ tiêu là 50%.", *cites: Cite) -> Reply:
    return Reply(status, text, cites=cites)


@pytest.mark.parametrize(
    ("alternative", "text", "found"),
    [
        ("5%", "đạt 5%", True),
        ("5%", "đạt 15%", False),
        ("5%", "đạt 2,5%", False),
        ("5%", "đạt 2.5%", False),
        ("01/12", "trước ngày 01/12 hằng năm", True),
        ("01/12", "101/12", False),
        ("1/12", "trước 1/12/2025", True),
        ("12", "có 12 dòng", True),
        ("12", "có 123 dòng", False),
        (" 5 sản phẩm", "35 sản phẩm", False),
        (" 5 sản phẩm", "từ 5 sản phẩm", True),
        (">35", "chỉ tiêu >35 sản phẩm", True),
        ("sở y tế", "SỞ  Y\nTẾ chủ trì", True),
        ("80%", ">80%", True),
    ],
)
def test_alternatives_never_cut_a_number(alternative: str, text: str, found: bool) -> None:
    assert occurs(alternative, normalise(text)) is found


@given(st.text(alphabet="aăâđêôơưẹếộ 5%", min_size=1).filter(str.strip))
def test_unicode_form_case_and_blanks_do_not_matter(text: str) -> None:
    typed = unicodedata.normalize("NFD", text.upper()).replace(" ", "\u00a0\n ")
    assert normalise(typed).strip() == normalise(text).strip()


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_a_number_occurs_only_as_itself(one: int, other: int) -> None:
    assert occurs(str(one), f"là {other} đơn vị") is (one == other)


def test_every_group_needs_one_of_its_alternatives() -> None:
    expect = Expect(all_of=(("50%", "50 %"), ("Sở Công Thương", "Sở CT")), cites=(ROW,))
    assert judge(expect, reply("answered", "50 %, do Sở CT chủ trì", ROW)) == []
    assert judge(expect, reply("answered", "50%", ROW)) == ["missing Sở Công Thương"]


def test_a_string_that_must_not_occur() -> None:
    expect = Expect(none_of=("Đúng vậy",))
    assert judge(expect, reply(text="đúng  vậy, 20%")) == ["wrong Đúng vậy"]


def test_an_empty_reply_is_wrong() -> None:
    assert judge(Expect(), reply("smalltalk", " \n")) == ["empty"]
    assert judge(Expect(), reply("smalltalk", "Xin chào")) == []


@pytest.mark.parametrize("status", ["unknown", "out_of_scope"])
def test_abstaining_where_an_answer_is_held(status: str) -> None:
    assert judge(Expect(cites=(ROW,)), reply(status, "Không rõ", ROW)) == [f"abstained ({status})"]


@pytest.mark.parametrize("status", ["unknown", None])
def test_a_reply_without_expected_facts_still_needs_a_status(status: str | None) -> None:
    assert judge(Expect(), reply(status, "Chào")) == [f"status {status}"]


def test_abstain_with_a_fact_to_name() -> None:
    expect = Expect(all_of=(("2808",),), abstain=True)
    assert judge(expect, reply("unknown", "Chỉ tiêu 2025 nằm ở Quyết định 2808/QĐ-UBND")) == []
    assert judge(expect, reply("unknown", "Không có")) == ["missing 2808"]
    assert judge(expect, reply("answered", "2808")) == ["not abstained (answered)"]


def test_clarifying_by_status_or_by_listing_two_candidates() -> None:
    expect = Expect(cites=(Cite("206/QĐ-UBND", "118"), Cite("206/QĐ-UBND", "119")), clarify=True)
    assert judge(expect, reply("clarify", "Ý nào?")) == []
    assert judge(expect, reply("answered", "Có hai dòng", *expect.cites)) == []
    assert judge(expect, reply("answered", "Một dòng", expect.cites[0])) == ["not clarified (answered)"]


def test_buttons_count_as_text_only_when_clarifying() -> None:
    asked = Reply("clarify", "Ý nào?", buttons=("Khám chữa bệnh từ xa",), cites=(ROW,))
    group = (("từ xa",),)
    assert judge(Expect(all_of=group, clarify=True), asked) == []
    assert judge(Expect(all_of=group, cites=(ROW,)), asked) == ["missing từ xa"]


def test_taking_feedback() -> None:
    expect = Expect(starts_feedback=True)
    assert judge(expect, reply("feedback", "Mời cho biết")) == []
    assert judge(expect, reply("smalltalk", "Dạ")) == ["no feedback flow (smalltalk)"]


def test_each_citation_is_needed_unless_any_is_enough() -> None:
    both = (Cite("54/KH-STTTT", "24"), ROW)
    assert judge(Expect(cites=both), reply("answered", "x", ROW)) == ["no citation 54/KH-STTTT row 24"]
    assert judge(Expect(cites=both, cites_any=True), reply("answered", "x", ROW)) == []
    assert len(judge(Expect(cites=both, cites_any=True), reply())) == 2


def test_a_wrong_row_or_document_is_no_citation() -> None:
    expect = Expect(cites=(ROW,))
    assert judge(expect, reply("answered", "x", Cite("206/QĐ-UBND", "10"))) != []
    assert judge(expect, reply("answered", "x", Cite("54/KH-STTTT", "101"))) != []
    assert judge(expect, reply("answered", "x", Cite("206/qđ-ubnd", "101"))) == []


def test_a_clause_is_cited_by_its_document() -> None:
    expect = Expect(cites=(Cite("KH-2025", section="II.1.6.c"),))
    assert judge(expect, reply("answered", "x", Cite("KH-2025", None, "II.1.6"))) == []


def test_a_list_is_cited_by_its_documents() -> None:
    rows = tuple(Cite("206/QĐ-UBND", str(row)) for row in range(116, 120))
    assert judge(Expect(cites=rows), reply("answered", "x", Cite("206/QĐ-UBND"))) == []
    assert judge(Expect(cites=rows[:3]), reply("answered", "x", Cite("206/QĐ-UBND"))) != []


def test_any_status_is_right() -> None:
    expect = Expect(all_of=(("2808",),), cites=(ROW,), any_status=True)
    assert judge(expect, reply("unknown", "2808")) == []
    assert judge(expect, reply("answered", "2808")) == ["no citation 206/QĐ-UBND row 101"]


def test_one_of_several_statuses_is_right() -> None:
    expect = Expect(abstain=True, any_status=frozenset({"out_of_scope", "smalltalk"}))
    assert judge(expect, reply("smalltalk", "Dạ")) == []
    assert judge(expect, reply("answered", "Dạ")) == ["status answered"]


def test_a_payload_is_read_with_what_it_lacks() -> None:
    payload = {
        "status": "clarify",
        "text": None,
        "suggestions": [{"title": "A", "message": "a"}, {}],
        "citations": [{"document": "KH-2025", "row": 5}],
    }
    assert Reply.from_json(payload) == Reply("clarify", "", ("A", ""), (Cite("KH-2025", "5", None),))
    assert Reply.from_json({}) == Reply(None, "")
