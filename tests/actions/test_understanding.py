from __future__ import annotations

from datetime import date

import pytest

from actions.dialogue import Dialogue
from actions.question import Field, Kind, Question
from actions.understanding import understand
from knowledge.records import Pillar, Role
from tests.actions.talking import Reader

TODAY = date(2025, 3, 1)
ROW = Question(Kind.INDICATOR, "sản phẩm OCOP", "ai chủ trì OCOP 2024?", Field.LEAD, years=(2024,))
NOTHING = Dialogue()
FOCUS = Dialogue(ROW, "206-qd-ubnd:80")


def asked(reader: Reader, text: str, intent: str = "ask_indicator", dialogue: Dialogue = NOTHING) -> Question:
    return understand(reader.read(text, intent), dialogue, TODAY)


@pytest.mark.parametrize(
    ("text", "field", "role"),
    [
        ("ai chủ trì chỉ tiêu OCOP?", Field.LEAD, Role.LEAD),
        ("ai phối hợp đưa OCOP lên sàn?", Field.COORDINATOR, Role.COORDINATOR),
        ("OCOP lên sàn đạt bao nhiêu phần trăm?", Field.TARGET, None),
        ("OCOP lên sàn căn cứ pháp lý là gì?", Field.BASIS, None),
        ("OCOP lên sàn có ghi chú gì?", Field.NOTE, None),
        ("chi tiết OCOP lên sàn", Field.RECORD, None),
        ("ocop len san ai chu tri", Field.LEAD, Role.LEAD),
    ],
)
def test_the_asked_field_and_role(reader: Reader, text: str, field: Field, role: Role | None) -> None:
    question = asked(reader, text)
    assert (question.field, question.role) == (field, role)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("OCOP năm 2024", (2024,)),
        ("OCOP năm 2023 và năm 2024", (2023, 2024)),
        ("OCOP năm nay", (2025,)),
        ("OCOP năm ngoái", (2024,)),
        ("OCOP năm tới", (2026,)),
        ("OCOP năm trước", (2024,)),
        ("OCOP giai đoạn 2021-2025", ()),
    ],
)
def test_years_and_relative_years(reader: Reader, text: str, years: tuple[int, ...]) -> None:
    assert asked(reader, text).years == years


def test_a_year_before_is_counted_from_the_year_spoken_of(reader: Reader) -> None:
    assert asked(reader, "năm trước đó thì sao?", dialogue=FOCUS).years == (2023,)
    assert asked(reader, "năm sau đó thì sao?", dialogue=FOCUS).years == (2025,)
    assert asked(reader, "năm ngoái thì sao?", dialogue=FOCUS).years == (2024,)


def test_a_horizon_is_no_plan_year(reader: Reader) -> None:
    question = asked(reader, "đến năm 2025 kinh tế số chiếm bao nhiêu GRDP?")
    assert (question.years, question.horizons) == ((), (2025,))
    assert asked(reader, "kinh tế số 2030").horizons == (2030,)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("OCOP lên sàn 90% phải không?", True),
        ("có phải Sở Y tế chủ trì OCOP?", True),
        ("OCOP lên sàn bao nhiêu?", False),
    ],
)
def test_claims(reader: Reader, text: str, claim: bool) -> None:
    assert asked(reader, text).claim is claim


def test_stated_percentages(reader: Reader) -> None:
    assert asked(reader, "OCOP 90% hay 97,5 phần trăm?").values == ("90", "97.5")


def test_the_subject_is_what_was_not_understood(reader: Reader) -> None:
    assert asked(reader, "ai chủ trì chỉ tiêu OCOP năm 2024 vậy em?").subject == "OCOP"


@pytest.mark.parametrize(
    ("text", "intent", "kind"),
    [
        ("Sở Y tế chủ trì những chỉ tiêu nào năm 2024?", "ask_indicator", Kind.LIST),
        ("OCOP năm 2023 và năm 2024", "ask_indicator", Kind.COMPARE),
        ("OCOP năm 2024 khác gì năm 2023?", "ask_indicator", Kind.COMPARE),
        ("STT 80 năm 2024", "ask_document", Kind.INDICATOR),
        ("Sở Tài chính phải làm gì?", "ask_indicator", Kind.DUTY),
        ("kế hoạch 54 do ai ký?", "ask_document", Kind.DOCUMENT),
        ("mua vé số", "out_of_scope", Kind.OUT_OF_SCOPE),
        ("alo", "greet", Kind.TALK),
        ("nền tảng số cho nông dân", "ask_clause", Kind.CLAUSE),
    ],
)
def test_what_is_named_decides_before_the_intent(reader: Reader, text: str, intent: str, kind: Kind) -> None:
    assert asked(reader, text, intent).kind is kind


def test_pillar_row_document_and_unheld(reader: Reader) -> None:
    assert asked(reader, "xã hội số có bao nhiêu chỉ tiêu").pillar is Pillar.SOCIETY
    assert asked(reader, "STT 80 năm 2024").row == "80"
    assert asked(reader, "quyết định 206 nói gì").documents == ("206-qd-ubnd",)
    assert asked(reader, "Cần Thơ thì sao").unheld == "place:Cần Thơ"
    assert asked(reader, "đã đạt được bao nhiêu rồi?").unheld == "result"


def test_a_follow_up_changes_only_what_it_names(reader: Reader) -> None:
    question = asked(reader, "ai phối hợp?", dialogue=FOCUS)
    assert (question.subject, question.years) == (ROW.subject, (2024,))
    assert question.field is Field.COORDINATOR
    moved = asked(reader, "còn năm 2023?", dialogue=FOCUS)
    assert (moved.subject, moved.years, moved.field) == (ROW.subject, (2023,), Field.LEAD)


def test_a_year_sets_the_document_of_the_focus_aside(reader: Reader) -> None:
    focus = Dialogue(ROW.but(years=(), documents=("206-qd-ubnd",)), "206-qd-ubnd:80")
    assert asked(reader, "còn năm 2023?", dialogue=focus).documents == ()


def test_a_claim_about_an_agency_is_about_the_focus(reader: Reader) -> None:
    question = asked(reader, "Sở Y tế chủ trì phải không?", dialogue=FOCUS)
    assert (question.kind, question.subject) == (Kind.INDICATOR, ROW.subject)
    assert (question.claim, question.agencies) == (True, ("so-yt",))


def test_another_plan_is_asked_the_same(reader: Reader) -> None:
    deadline = Question(
        Kind.CLAUSE, "báo cáo", "hạn báo cáo", documents=("kh-2025",), asks=("deadline", "when")
    )
    focus = Dialogue(deadline, "kh-2025#IV.1.a")
    question = asked(reader, "còn kế hoạch 67?", "follow_up", focus)
    assert question.documents == ("67-kh-ubnd",)
    assert "deadline" in question.asks


def test_a_new_topic_leaves_the_focus(reader: Reader) -> None:
    question = asked(reader, "tỷ lệ hộ gia đình phủ cáp quang đạt bao nhiêu?", dialogue=FOCUS)
    assert "OCOP" not in question.subject
    assert question.years == ()


def test_a_new_subject_in_the_plan_spoken_of(reader: Reader) -> None:
    question = asked(reader, "còn hồ sơ sức khỏe điện tử thì sao?", dialogue=FOCUS)
    assert "sức khỏe" in question.subject
    assert (question.years, question.field) == ((2024,), Field.LEAD)


@pytest.mark.parametrize("intent", ["greet", "thanks", "feedback", "out_of_scope"])
def test_talk_never_goes_on_with_the_focus(reader: Reader, intent: str) -> None:
    assert asked(reader, "dạ", intent, FOCUS).subject == ""
