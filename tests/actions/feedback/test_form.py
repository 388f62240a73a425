"""The form turn by turn, without Rasa."""

from __future__ import annotations

import pytest

from actions.feedback import wording
from actions.feedback.draft import Draft, End, Note, Step
from actions.feedback.form import Aside, Turn, advance, begin
from actions.feedback.reading import topic_of
from knowledge.feedback import TOPIC_NAMES, NewTicket, Topic
from tests.actions.talking import Reader

STORY = "mạng nhà tôi yếu cả tháng nay, gọi tổng đài hoài không ai tới"
AT: dict[Step, Draft] = {
    Step.WHAT: Draft(),
    Step.FIELD: Draft(what=STORY),
    Step.CONSENT: Draft(what=STORY, field=Topic.CONNECTION),
    Step.PLACE: Draft(what=STORY, field=Topic.CONNECTION, consent=True),
    Step.CONTACT: Draft(what=STORY, field=Topic.CONNECTION, consent=True, place="xã Mỹ Thuận"),
    Step.REVIEW: Draft(what=STORY, field=Topic.CONNECTION, consent=True, place="xã Mỹ Thuận", contact=""),
}


def said(reader: Reader, step: Step, typed: str, intent: str = "chitchat") -> Turn:
    assert AT[step].step is step
    return advance(AT[step], reader.read(typed, intent))


@pytest.mark.parametrize(
    "typed",
    ["tôi muốn góp ý", "toi muon phan anh", "tui muốn gửi góp ý nghen", "tooi muoons gops ys", "GÓP Ý", "pa"],
)
def test_a_wish_alone_is_asked_what_it_is_about(reader: Reader, typed: str) -> None:
    assert begin(reader.read(typed, "feedback")).draft.step is Step.WHAT


@pytest.mark.parametrize(
    "typed",
    [
        f"tôi muốn phản ánh {STORY}",
        "tui muon phan anh mang internet o ap tui chap chon ca thang nay",
        "hôm thứ hai tôi lên bộ phận một cửa nộp giấy, cán bộ kêu về nhà tự làm, nhờ ghi lại ý kiến giùm tôi",
        "năm 2024 tôi nộp hồ sơ mà tới giờ chưa ai trả lời, tôi muốn khiếu nại",
    ],
)
def test_a_story_is_not_asked_for_again(reader: Reader, typed: str) -> None:
    draft = begin(reader.read(typed, "feedback")).draft
    assert (draft.step, draft.what) == (Step.FIELD, typed)


def test_a_question_that_sounds_like_feedback_is_answered(reader: Reader) -> None:
    turn = begin(reader.read("sở nào chủ trì năm 2024 vậy, nói nghe coi", "feedback"))
    assert (turn.draft.end, turn.aside) == (End.NO_FEEDBACK, Aside.QUESTION)
    assert turn.draft.step is None


def test_a_ticket_that_is_asked_for_is_not_a_new_one(reader: Reader) -> None:
    turn = begin(reader.read("tôi muốn hỏi phản ánh K7QM-3XTH", "feedback"))
    assert (turn.draft.end, turn.aside) == (End.NO_FEEDBACK, Aside.STATUS)


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize(
    "typed",
    [
        "hủy",
        "huỷ đi em",
        "huy",
        "thôi",
        "thoi",
        "thôi, không gửi nữa",
        "dừng lại",
        "ko gui nua",
        "THÔI",
        "stop",
        "huyr",
    ],
)
def test_every_step_can_be_cancelled(reader: Reader, step: Step, typed: str) -> None:
    turn = said(reader, step, typed, "cancel")
    assert turn.draft == Draft(end=End.CANCELLED)


@pytest.mark.parametrize("step", Step)
def test_a_question_in_the_middle_changes_nothing(reader: Reader, step: Step) -> None:
    turn = said(reader, step, "mà OCOP 2024 ai chủ trì?", "ask_indicator")
    assert turn.aside is Aside.QUESTION
    assert turn.draft == AT[step].but(note=Note.RESUMED)


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize(("typed", "intent"), [("cảm ơn em", "thanks"), ("xin chào", "greet")])
def test_kind_words_in_the_middle_change_nothing(reader: Reader, step: Step, typed: str, intent: str) -> None:
    turn = said(reader, step, typed, intent)
    assert (turn.aside, turn.draft) == (Aside.QUESTION, AT[step].but(note=Note.RESUMED))


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("sao nộp hồ sơ cả tuần mà không ai trả lời vậy?", "ask_clause"),
        ("cán bộ xã làm gì mà kêu dân lên xuống hoài?", "ask_indicator"),
        ("tại sao năm 2024 nói kéo cáp quang, tôi phản ánh hoài mà chưa thấy?", "ask_indicator"),
        ("chỉ tiêu 90% mà xóm tôi không có sóng", "ask_indicator"),
    ],
)
def test_a_complaint_that_sounds_like_a_question_is_not_lost(reader: Reader, typed: str, intent: str) -> None:
    turn = said(reader, Step.WHAT, typed, intent)
    assert turn == Turn(Draft(what=typed))


def test_too_short_is_asked_again(reader: Reader) -> None:
    assert said(reader, Step.WHAT, "mạng").draft == Draft(note=Note.TOO_SHORT)
    assert said(reader, Step.WHAT, "không").draft == Draft(note=Note.TOO_SHORT)


def test_a_number_picks_from_what_was_just_shown(reader: Reader) -> None:
    assert said(reader, Step.WHAT, "2") == Turn(Draft(note=Note.RESUMED), Aside.QUESTION)
    assert said(reader, Step.FIELD, "2").aside is None


def test_secrets_do_not_reach_the_draft(reader: Reader) -> None:
    draft = said(reader, Step.WHAT, "căn cước của tôi 083190001234 bị ghi sai").draft
    assert draft.what == "căn cước của tôi [đã che] bị ghi sai"
    assert "đã che" in wording.ask(Step.FIELD, draft).text
    assert said(reader, Step.CONTACT, "cccd 083190001234").draft.contact == "cccd [đã che]"


@pytest.mark.parametrize("topic", Topic)
def test_each_field_is_picked_by_tap_number_and_words(reader: Reader, topic: Topic) -> None:
    number = list(Topic).index(topic) + 1
    (tap,) = [t for t in wording.ask(Step.FIELD, Draft()).suggestions if t.title == TOPIC_NAMES[topic]]
    for typed in (tap.message, str(number), f"số {number}", f"cái thứ {number}", TOPIC_NAMES[topic].upper()):
        assert said(reader, Step.FIELD, typed).draft.field is topic, typed


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("dich vu cong", Topic.PUBLIC_SERVICE),
        ("mootj cuwar", Topic.PUBLIC_SERVICE),
        ("song yeu", Topic.CONNECTION),
        ("lừa đảo trên mạng", Topic.ONLINE_SAFETY),
        ("vụ mạng đó em", Topic.CONNECTION),
        ("y te nha", Topic.HEALTH),
        ("khác", Topic.OTHER),
        ("hổng biết", Topic.OTHER),
        ("cái cuối", Topic.OTHER),
        ("đường sá", None),
    ],
)
def test_fields_in_other_words(reader: Reader, typed: str, topic: Topic | None) -> None:
    assert topic_of(reader.read(typed)) is topic


def test_an_unclear_field_is_asked_once_more_then_left_open(reader: Reader) -> None:
    once = said(reader, Step.FIELD, "đường sá").draft
    assert (once.step, once.note) == (Step.FIELD, Note.UNCLEAR)
    assert advance(once, reader.read("đường sá")).draft.field is Topic.OTHER


def test_a_story_in_two_messages_is_kept_whole(reader: Reader) -> None:
    draft = said(reader, Step.FIELD, "mà tiền cước thì tháng nào cũng thu đủ hết trơn").draft
    assert draft.what == f"{STORY} mà tiền cước thì tháng nào cũng thu đủ hết trơn"
    assert draft.step is Step.FIELD


@pytest.mark.parametrize(
    "typed", ["đồng ý", "dong y", "ddoongf ys", "có", "ok", "dạ được", "ừ", "vâng ạ", "OK em"]
)
def test_only_a_yes_is_consent(reader: Reader, typed: str) -> None:
    assert said(reader, Step.CONSENT, typed, "affirm").draft.step is Step.PLACE


@pytest.mark.parametrize("typed", ["không", "ko", "hổng", "khong dong y", "thôi khỏi", "không cần đâu"])
def test_a_no_ends_without_place_and_contact(reader: Reader, typed: str) -> None:
    draft = said(reader, Step.CONSENT, typed, "deny").draft
    assert (draft.consent, draft.step) == (False, Step.REVIEW)


@pytest.mark.parametrize(
    "typed", ["dạ", "được không?", "để coi", "ấp 3 xã Mỹ Thuận", "dung", "cô ơi", "👍", "?"]
)
def test_what_is_unclear_is_no_consent(reader: Reader, typed: str) -> None:
    once = said(reader, Step.CONSENT, typed).draft
    assert (once.consent, once.step, once.note) == (None, Step.CONSENT, Note.UNCLEAR)
    twice = advance(once, reader.read(typed, "chitchat")).draft
    assert (twice.consent, twice.step) == (False, Step.REVIEW)
    assert twice.place is None


def test_who_asks_why_is_told(reader: Reader) -> None:
    for step in (Step.CONSENT, Step.PLACE, Step.CONTACT):
        turn = said(reader, step, "để làm gì vậy?", "ask_clause")
        assert (turn.aside, turn.draft) == (None, AT[step].but(note=Note.WHY))
        assert "chỉ để trả lời" in wording.ask(step, turn.draft).text


@pytest.mark.parametrize("typed", ["bỏ qua", "bo qua", "không", "thôi khỏi", "không nhớ"])
def test_place_and_contact_may_be_skipped(reader: Reader, typed: str) -> None:
    assert said(reader, Step.PLACE, typed).draft.place == ""
    assert said(reader, Step.CONTACT, typed).draft.contact == ""


def test_polite_words_are_no_place(reader: Reader) -> None:
    assert said(reader, Step.PLACE, "dạ em").draft.place is None
    assert said(reader, Step.PLACE, "dạ xã Mỹ Thuận").draft.place == "dạ xã Mỹ Thuận"


@pytest.mark.parametrize("typed", ["gửi", "gui di", "gởi đi em", "ok", "đồng ý", "xác nhận"])
def test_it_is_sent_when_the_person_says_so(reader: Reader, typed: str) -> None:
    draft = said(reader, Step.REVIEW, typed).draft
    assert draft.step is None
    assert draft.ticket() == NewTicket(STORY, Topic.CONNECTION, True, "xã Mỹ Thuận", "")


@pytest.mark.parametrize("typed", ["để coi", "dạ", "hả", "mai mốt"])
def test_anything_else_sends_nothing(reader: Reader, typed: str) -> None:
    assert said(reader, Step.REVIEW, typed).draft == AT[Step.REVIEW].but(note=Note.UNCLEAR)


@pytest.mark.parametrize(
    ("typed", "step"),
    [
        ("sửa nội dung", Step.WHAT),
        ("sua linh vuc", Step.FIELD),
        ("đổi số điện thoại", Step.CONSENT),
        ("sửa", Step.REVIEW),
    ],
)
def test_a_part_can_be_said_anew(reader: Reader, typed: str, step: Step) -> None:
    assert said(reader, Step.REVIEW, typed).draft.step is step


def test_without_consent_nothing_personal_is_in_the_ticket() -> None:
    draft = Draft(STORY, Topic.HEALTH, consent=False, place="xã A", contact="0912345678", review=True)
    assert draft.ticket() == NewTicket(STORY, Topic.HEALTH)


@pytest.mark.parametrize(
    "draft", [Draft(), AT[Step.REVIEW], Draft(what=STORY, review=True, end=End.CANCELLED)]
)
def test_nothing_unsent_becomes_a_ticket(draft: Draft) -> None:
    with pytest.raises(ValueError, match="not sent"):
        draft.ticket()


@pytest.mark.parametrize(
    "draft", [*AT.values(), Draft(end=End.CANCELLED), Draft(what="x", note=Note.UNCLEAR)]
)
def test_a_draft_survives_the_slots(draft: Draft) -> None:
    assert Draft.from_slots(draft.to_slots()) == draft


@pytest.mark.parametrize("value", [3, [], {}, "rác", True])
def test_any_slot_value_is_survived(value: object) -> None:
    slots = dict.fromkeys(Draft().to_slots(), value)
    assert Draft.from_slots(slots).field is None


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("note", [None, *Note])
def test_every_question_can_be_said(step: Step, note: Note | None) -> None:
    answer = wording.ask(step, AT[step].but(note=note))
    assert answer.text
    assert answer.suggestions[-1].message == "hủy"
