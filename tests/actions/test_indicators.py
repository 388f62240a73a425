from __future__ import annotations

import re

import pytest

from actions.corpus import Corpus
from actions.indicators import answer_indicator
from actions.question import Field, Kind, Question
from actions.reply import Reply
from actions.wording import BLANK, amount, cell, target_text
from knowledge.records import Comparator, Indicator, Target
from knowledge.store import IndicatorFilter
from tests.actions.talking import Talk, first_line, rows
from trolyso.answer import Status

EVERY_FIELD = [Field.LEAD, Field.COORDINATOR, Field.TARGET, Field.BASIS, Field.NOTE, Field.RECORD]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SUCCESSORS = "Lưu ý: theo kế hoạch năm 2025"
OVER = re.compile(r">\s*(?=\d)")


def held(corpus: Corpus, record_id: str) -> Indicator:
    record = corpus.record(record_id)
    assert isinstance(record, Indicator)
    return record


Answers = dict[tuple[Indicator, Field], Reply]


@pytest.fixture(scope="module")
def answers(corpus: Corpus) -> Answers:
    """The answer to each field of each indicator whose plan prints that field."""
    return {key: reply for key, reply in replies(corpus).items() if reply.answer.status is Status.ANSWERED}


def replies(corpus: Corpus) -> Answers:
    return {
        (indicator, field): answer_indicator(Question(Kind.INDICATOR, "", "", field), indicator, corpus, 1.0)
        for indicator in corpus.store.indicators(IndicatorFilter()).items
        for field in EVERY_FIELD
    }


def told(corpus: Corpus, record_id: str, field: Field = Field.RECORD) -> str:
    question = Question(Kind.INDICATOR, "", "", field)
    return answer_indicator(question, held(corpus, record_id), corpus, 1.0).answer.text


def flat(text: str) -> str:
    return " ".join(text.split())


def said(raw: str) -> str:
    """A printed cell as an answer may say it: ">" as "trên", lines joined or kept."""
    return flat(OVER.sub("trên ", raw))


def numbers(text: str) -> set[str]:
    return set(NUMBER.findall(text))


def test_every_indicator_and_field_has_an_answer(corpus: Corpus, answers: Answers) -> None:
    every = replies(corpus)
    assert len(every) == 237 * len(EVERY_FIELD)
    without = {key for key in every if key not in answers}
    assert without
    assert all(field is Field.BASIS and indicator.basis_raw is None for indicator, field in without)


def test_a_basis_that_is_not_printed_is_unknown_and_that_of_a_twin_is_told_as_such(corpus: Corpus) -> None:
    for (indicator, field), reply in replies(corpus).items():
        if reply.answer.status is Status.ANSWERED:
            continue
        assert field is Field.BASIS
        first = reply.answer.text.split("\n")[0]
        assert "không có cột căn cứ pháp lý" in first
        assert indicator.name in first
        twins = [twin for twin in corpus.twins(indicator) if twin.basis_raw and twin.id != indicator.id]
        assert len(reply.answer.citations) == 1 + len(twins)
        for twin in twins:
            assert flat(cell(twin.basis_raw)) in flat(reply.answer.text)
        assert reply.dialogue.record == indicator.id


def test_every_answer_holds_its_record_and_its_source(corpus: Corpus, answers: Answers) -> None:
    for (indicator, _), reply in answers.items():
        text = flat(reply.answer.text)
        assert reply.answer.status is Status.ANSWERED
        assert flat(cell(indicator.lead_raw)) in text, indicator.id
        assert flat(cell(indicator.coordinator_raw)) in text, indicator.id
        (citation,) = reply.answer.citations
        document = corpus.documents[indicator.document_id]
        assert (citation.document, citation.row) == (document.cite, indicator.row)
        assert citation.url.startswith(f"/van-ban/{document.id}#")
        assert reply.dialogue.record == indicator.id


def test_every_answer_holds_its_target_as_printed(answers: Answers) -> None:
    for (indicator, _), reply in answers.items():
        if indicator.target_raw:
            text = flat(reply.answer.text)
            parts = {flat(amount(t)) for t in indicator.targets if t.value is not None}
            as_parts = len(parts) > 1 and all(part in text for part in parts)
            assert said(indicator.target_raw) in text or as_parts, indicator.id


def test_no_answer_holds_a_number_of_its_own(corpus: Corpus, answers: Answers) -> None:
    for (indicator, _), reply in answers.items():
        document = corpus.documents[indicator.document_id]
        printed = (
            *(indicator.name, indicator.target_raw, indicator.lead_raw, indicator.coordinator_raw),
            *(indicator.basis_raw, indicator.note_raw, indicator.annex.replace("PL", " "), indicator.row),
            *(indicator.period.end, document.number),
            document.signed_on.strftime("%d/%m/%Y") if document.signed_on else "",
        )
        lines = reply.answer.text.split("\n")
        own = "\n".join(line for line in lines if not line.startswith(SUCCESSORS))
        assert numbers(own) <= numbers(" ".join(map(str, printed))), indicator.id


def test_no_answer_shows_a_bare_sign(answers: Answers) -> None:
    for (indicator, _), reply in answers.items():
        assert not re.search(r">\s*\d", reply.answer.text), indicator.id


def test_regular_work_has_no_figure(answers: Answers) -> None:
    regular = [
        r.answer.text for (i, f), r in answers.items() if i.target_raw == "Thường xuyên" and f is Field.TARGET
    ]
    assert len(regular) >= 5
    assert all(text.split("\n")[0].endswith(": Thường xuyên.") for text in regular)


@pytest.mark.parametrize(
    ("field", "first"),
    [
        (Field.LEAD, "Năm 2024, cơ quan chủ trì “{name}”: Sở Công Thương; Sở Nông nghiệp và PTNT."),
        (Field.TARGET, "Năm 2024, mục tiêu của “{name}”: 100%."),
        (Field.RECORD, "Năm 2024, “{name}”"),
    ],
)
def test_the_asked_fact_comes_first(corpus: Corpus, field: Field, first: str) -> None:
    name = "Tỷ lệ sản phẩm OCOP được đưa trên các sàn thương mại điện tử nội địa"
    assert told(corpus, "206-qd-ubnd:80", field).startswith(first.format(name=name))


def test_the_source_names_annex_document_date_and_row(corpus: Corpus) -> None:
    source = "Nguồn: Phụ lục 2, Quyết định 206/QĐ-UBND ngày 31/01/2024, STT 80."
    assert told(corpus, "206-qd-ubnd:80").endswith(source)


def test_the_unnumbered_row_has_no_number(corpus: Corpus) -> None:
    assert "dòng không đánh số thứ tự" in told(corpus, "206-qd-ubnd:-")
    reply = answer_indicator(Question(Kind.INDICATOR, "", ""), held(corpus, "206-qd-ubnd:-"), corpus, 1.0)
    assert rows(reply) == [("206/QĐ-UBND", None)]
    assert reply.answer.citations[0].url == "/van-ban/206-qd-ubnd#stt-khong-so"


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ("54-kh-stttt:43", Field.BASIS),
        ("54-kh-stttt:56", Field.COORDINATOR),
        *((f"206-qd-ubnd:{row}", Field.COORDINATOR) for row in (62, 63, 64, 97, 132)),
        *((f"67-kh-ubnd:PL1.{row}", Field.COORDINATOR) for row in ("I.9", "II.5", "II.6", "II.7")),
    ],
)
def test_a_blank_cell_is_said_to_be_blank(corpus: Corpus, record: str, field: Field) -> None:
    assert told(corpus, record, field).split("\n")[0].endswith(f": {BLANK}.")


@pytest.mark.parametrize("row", [6, 21, 22, 41, 55, 82, 86, 92, 116, 123, 128, 131, 136])
def test_over_stays_over(corpus: Corpus, row: int) -> None:
    indicator = held(corpus, f"206-qd-ubnd:{row}")
    value = re.search(r">\s*(\d[\d.,]*)", indicator.target_raw or "")
    assert value
    assert f"trên {value[1]}" in told(corpus, indicator.id, Field.TARGET).split("\n")[0]


@pytest.mark.parametrize(
    ("record", "parts"),
    [
        ("54-kh-stttt:19", ["20%", "40%"]),
        ("54-kh-stttt:12", ["70%", "30%"]),
        ("54-kh-stttt:45", ["100%", "hộ gia đình xã nông thôn mới nâng cao"]),
        ("206-qd-ubnd:100", ["300 cá nhân, cơ sở, doanh nghiệp", "600 sản phẩm", "100 giao dịch"]),
        ("206-qd-ubnd:29", ["25% đơn vị", "Sở NN& PTNT", "Sở Nội vụ", "Sở GD&ĐT", "UBND tx Bình Minh"]),
    ],
)
def test_every_part_of_a_composite_target_is_told(corpus: Corpus, record: str, parts: list[str]) -> None:
    text = told(corpus, record, Field.TARGET)
    assert all(part in text for part in parts), text


@pytest.mark.parametrize(
    ("record", "target"),
    [
        ("54-kh-stttt:13", "50"),
        ("54-kh-stttt:15", "100"),
        ("54-kh-stttt:5", "5 sản phẩm"),
        ("206-qd-ubnd:90", "50"),
        ("206-qd-ubnd:28", "10%"),
        ("206-qd-ubnd:67", "50%"),
    ],
)
def test_a_target_keeps_its_unit_or_has_none(corpus: Corpus, record: str, target: str) -> None:
    assert told(corpus, record, Field.TARGET).split("\n")[0].endswith(f": {target}.")


def test_a_goal_of_plan_67_is_its_own_target(corpus: Corpus) -> None:
    text = told(corpus, "67-kh-ubnd:PL1.II.5", Field.TARGET)
    assert text.startswith("Đến năm 2030, mục tiêu là: Kinh tế số chiếm 15% đến 20% GRDP.")
    assert "phần đến năm 2030, Kế hoạch 67/KH-UBND ngày 31/12/2020, STT 5" in text


def test_a_renamed_agency_is_followed_to_the_newest_plan(corpus: Corpus) -> None:
    text = told(corpus, "206-qd-ubnd:80", Field.LEAD)
    assert "Sở Nông nghiệp và Phát triển nông thôn → Sở Nông nghiệp và Môi trường" in text
    assert "→" not in told(corpus, "206-qd-ubnd:78", Field.LEAD)


def test_an_amount_without_a_value_is_told_as_printed() -> None:
    assert amount(Target(Comparator.TEXT, None, None, "", "", "Thường xuyên")) == "Thường xuyên"


def test_a_missing_target_cell_is_blank_or_the_name(corpus: Corpus) -> None:
    goal = held(corpus, "67-kh-ubnd:PL1.I.7")
    assert goal.target_raw is None
    assert target_text(goal) == goal.name


@pytest.mark.parametrize(
    ("claim", "opening"),
    [
        ("90% phải không?", "Chưa đúng. "),
        ("100% đúng không?", "Theo văn bản thì đúng như vậy. "),
        ("Sở Y tế chủ trì phải không?", "Chưa đúng. "),
        ("Sở Công Thương chủ trì đúng không?", "Theo văn bản thì đúng như vậy. "),
    ],
)
def test_a_premise_is_judged_in_the_first_sentence(talk: Talk, claim: str, opening: str) -> None:
    talk.say("STT 80 năm 2024")
    reply = talk.say(claim)
    assert first_line(reply).startswith(opening)
    assert rows(reply) == [("206/QĐ-UBND", "80")]


def test_a_right_value_under_a_wrong_agency_is_still_wrong(talk: Talk) -> None:
    talk.say("STT 80 năm 2024")
    assert first_line(talk.say("Sở Y tế chủ trì 100% phải không?")).startswith("Chưa đúng. ")


def test_other_years_and_fields_are_a_tap_away(corpus: Corpus) -> None:
    reply = answer_indicator(Question(Kind.INDICATOR, "", ""), held(corpus, "54-kh-stttt:3"), corpus, 1.0)
    taps = [suggestion.message for suggestion in reply.answer.suggestions]
    assert taps == ["so với năm 2024 thì sao?", "ai phối hợp?", "căn cứ vào văn bản nào?"]
