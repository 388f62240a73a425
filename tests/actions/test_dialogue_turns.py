"""Conversations turn by turn: what each message changes, and what stays in focus."""

from __future__ import annotations

import pytest

from actions.reply import Reply
from tests.actions.talking import Talk, first_line, rows, sections
from trolyso.answer import Status

FOLLOW = "follow_up"
OF_2024, OF_2023 = "206/QĐ-UBND", "54/KH-STTTT"
OCOP, OCOP_2023 = (OF_2024, "80"), (OF_2023, "3")
WEBSITE, WEBSITE_2023 = (OF_2024, "101"), (OF_2023, "24")
CABLE = (OF_2024, "110")
BUSINESSES = "doanh nghiệp nhỏ và vừa mấy phần trăm"


def follow(talk: Talk, *texts: str) -> Reply:
    """The reply to the last of several follow-ups."""
    return [talk.say(text, FOLLOW) for text in texts][-1]


class TestLeavingOut:
    """A follow-up says only what it changes."""

    @pytest.mark.parametrize(
        "text", ["còn năm 2023?", "năm 2023 thì sao?", "the nam 2023", "năm trước đó thì sao?"]
    )
    def test_the_year(self, talk: Talk, text: str) -> None:
        talk.say("STT 80 năm 2024")
        assert rows(follow(talk, text)) == [OCOP_2023]

    def test_the_field_stays_when_the_year_moves_and_back(self, talk: Talk) -> None:
        talk.say("STT 80 năm 2024 ai phối hợp?")
        moved = follow(talk, "còn năm 2023?")
        assert "cơ quan phối hợp" in first_line(moved)
        assert rows(moved) == [OCOP_2023]
        back = follow(talk, "còn năm 2024?")
        assert "cơ quan phối hợp" in first_line(back)
        assert rows(back) == [OCOP]

    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("ai phối hợp?", "cơ quan phối hợp"),
            ("ai chủ trì?", "cơ quan chủ trì"),
            ("mục tiêu bao nhiêu?", "mục tiêu của"),
            ("có ghi chú gì không?", "ghi chú của"),
        ],
    )
    def test_the_field(self, talk: Talk, text: str, first: str) -> None:
        talk.say("STT 80 năm 2024")
        reply = follow(talk, text)
        assert first in first_line(reply)
        assert rows(reply) == [OCOP]

    def test_the_agency_of_a_list(self, talk: Talk) -> None:
        talk.say("Sở Y tế chủ trì những chỉ tiêu nào năm 2024?")
        reply = follow(talk, "còn Sở Công Thương?")
        assert "Sở Công Thương chủ trì 12 chỉ tiêu" in first_line(reply)
        assert {document for document, _ in rows(reply)} == {OF_2024}

    def test_the_role_then_the_year_of_a_list(self, talk: Talk) -> None:
        talk.say("Sở Công Thương chủ trì những chỉ tiêu nào năm 2024?")
        assert "Sở Công Thương phối hợp 8 chỉ tiêu" in first_line(follow(talk, "phối hợp thì sao?"))
        reply = follow(talk, "năm 2023 thì sao?")
        assert "Sở Công Thương phối hợp" in first_line(reply)
        assert {document for document, _ in rows(reply)} == {OF_2023}

    def test_the_agency_of_a_duty_then_its_plan(self, talk: Talk) -> None:
        talk.say("Sở Công Thương có trách nhiệm gì trong kế hoạch 54?", "ask_clause")
        assert sections(follow(talk, "còn Sở Y tế?"))[0] == (OF_2023, "IV.7")
        assert sections(follow(talk, "trong kế hoạch 2025 thì sao?"))[0] == ("KH-2025", "IV.6")

    @pytest.mark.parametrize("text", ["còn số 101?", "con so 101?", "số 101 thì sao?", "STT 101?"])
    def test_the_row(self, talk: Talk, text: str) -> None:
        talk.say("STT 80 năm 2024")
        assert rows(follow(talk, text)) == [WEBSITE]
        assert rows(follow(talk, "năm 2023 thì sao?")) == [WEBSITE_2023]

    def test_the_item(self, talk: Talk) -> None:
        talk.say("STT 80 năm 2024 ai chủ trì?")
        reply = follow(talk, "còn tỷ lệ hộ gia đình được phủ hạ tầng mạng băng rộng cáp quang?")
        assert rows(reply) == [CABLE]
        assert "cơ quan chủ trì" in first_line(reply)

    def test_after_a_comparison_both_sides_stay(self, talk: Talk) -> None:
        talk.say("STT 80 năm 2024")
        talk.say("khác gì năm 2023?", "compare_years")
        assert rows(follow(talk, "ai phối hợp?")) == [OCOP_2023, OCOP]
        assert rows(follow(talk, "năm 2024 ai chủ trì?")) == [OCOP]

    def test_many_turns_keep_what_was_not_changed(self, talk: Talk) -> None:
        talk.say("STT 80 năm 2024 ai chủ trì?")
        expected = [
            ("còn năm 2023?", OCOP_2023, "cơ quan chủ trì"),
            ("ai phối hợp?", OCOP_2023, "cơ quan phối hợp"),
            ("còn năm 2024?", OCOP, "cơ quan phối hợp"),
            ("còn số 101?", WEBSITE, ""),
            ("mục tiêu bao nhiêu?", WEBSITE, "mục tiêu của"),
            ("năm 2023 thì sao?", WEBSITE_2023, "mục tiêu của"),
        ]
        for text, row, first in expected:
            reply = follow(talk, text)
            assert rows(reply) == [row], text
            assert first in first_line(reply), text


class TestCorrecting:
    """A person corrects himself, in the message or in the next one."""

    @pytest.mark.parametrize(
        "text",
        [
            "STT 80 năm 2024, à nhầm, STT 101 năm 2024",
            "STT 80, ý lộn, STT 101 năm 2024",
            "STT 101 năm 2023 à quên năm 2024",
        ],
    )
    def test_in_the_middle_of_a_message(self, talk: Talk, text: str) -> None:
        assert rows(talk.say(text)) == [WEBSITE]

    def test_the_agency_of_a_list(self, talk: Talk) -> None:
        reply = talk.say("Sở Y tế, à nhầm, Sở Công Thương chủ trì những chỉ tiêu nào năm 2024?")
        assert "Sở Công Thương chủ trì 12 chỉ tiêu" in first_line(reply)

    @pytest.mark.parametrize("text", ["không, ý tôi là năm 2023", "ý là năm 2023", "à nhầm, năm 2023"])
    def test_in_the_next_message(self, talk: Talk, text: str) -> None:
        talk.say("STT 80 năm 2024 ai chủ trì?")
        reply = follow(talk, text)
        assert rows(reply) == [OCOP_2023]
        assert "cơ quan chủ trì" in first_line(reply)

    def test_the_field_in_the_next_message(self, talk: Talk) -> None:
        talk.say("STT 80 năm 2024 ai chủ trì?")
        assert "cơ quan phối hợp" in first_line(follow(talk, "không phải, ai phối hợp cơ"))


class TestGoingBack:
    """What was spoken of before is asked on."""

    @pytest.fixture
    def spoken(self, talk: Talk) -> Talk:
        """OCOP, websites and cable were spoken of, in this order."""
        for row in ("80", "101", "110"):
            talk.say(f"STT {row} năm 2024")
        return talk

    @pytest.mark.parametrize(
        ("text", "row"),
        [
            ("quay lại OCOP", OCOP),
            ("trở lại chuyện website", WEBSITE),
            ("quay lại câu trước", WEBSITE),
            ("cái đầu tiên", OCOP),
            ("chỉ tiêu đầu tiên ai phối hợp?", OCOP),
            ("quay lại STT 80", OCOP),
            ("quay lại số 101", WEBSITE),
        ],
    )
    def test_by_words_by_place_and_by_number(self, spoken: Talk, text: str, row: tuple[str, str]) -> None:
        assert rows(follow(spoken, text)) == [row]

    def test_what_is_asked_then_is_about_it(self, spoken: Talk) -> None:
        follow(spoken, "quay lại OCOP")
        assert "cơ quan phối hợp" in first_line(follow(spoken, "ai phối hợp?"))
        assert rows(follow(spoken, "còn năm 2023?")) == [OCOP_2023]

    def test_with_another_year_at_once(self, spoken: Talk) -> None:
        assert rows(follow(spoken, "quay lại OCOP, năm 2023 thì sao?")) == [OCOP_2023]

    def test_there_and_back(self, spoken: Talk) -> None:
        assert rows(follow(spoken, "quay lại OCOP")) == [OCOP]
        assert rows(follow(spoken, "quay lại câu trước")) == [CABLE]

    def test_the_first_one_is_kept_over_a_long_talk(self, talk: Talk) -> None:
        talk.say("STT 80 năm 2024")
        for row in range(81, 101):
            talk.say(f"STT {row} năm 2024")
        assert len(talk.state.history) < 20
        assert rows(follow(talk, "quay lại chỉ tiêu đầu tiên")) == [OCOP]

    def test_a_new_question_is_none_of_what_was_spoken_of(self, spoken: Talk) -> None:
        name = "tỷ lệ người dân có hồ sơ số về sức khỏe cá nhân"
        assert rows(spoken.say(f"quay lại {name} năm 2024")) == [(OF_2024, "116")]


class TestWhere:
    """Where what was said stands."""

    @pytest.mark.parametrize("text", ["nó nằm ở văn bản nào?", "cái này ở văn bản nào", "nam o van ban nao?"])
    @pytest.mark.parametrize("intent", [FOLLOW, "ask_document", "ask_indicator"])
    def test_an_indicator(self, talk: Talk, text: str, intent: str) -> None:
        talk.say("STT 80 năm 2024 ai chủ trì?")
        reply = talk.say(text, intent)
        assert "nằm ở: Phụ lục 2, Quyết định 206/QĐ-UBND ngày 31/01/2024, STT 80" in first_line(reply)
        assert rows(reply) == [OCOP]

    def test_a_clause(self, talk: Talk) -> None:
        talk.say("Sở Công Thương có trách nhiệm gì trong kế hoạch 54?", "ask_clause")
        assert "mục IV.8" in first_line(follow(talk, "nằm ở mục nào?"))

    def test_the_focus_stays(self, talk: Talk) -> None:
        talk.say("STT 80 năm 2024")
        talk.say("nó nằm ở văn bản nào?", "ask_document")
        assert rows(follow(talk, "còn năm 2023?")) == [OCOP_2023]

    def test_without_anything_spoken_of_no_record_is_named(self, talk: Talk) -> None:
        reply = talk.say("nó nằm ở văn bản nào?", FOLLOW)
        assert "nằm ở:" not in reply.answer.text


class TestPicking:
    """One of the records that were offered is picked."""

    @pytest.mark.parametrize(
        ("pick", "row"),
        [
            ("1", (OF_2024, "86")),
            ("số 2", (OF_2024, "88")),
            ("cái đầu", (OF_2024, "86")),
            ("cái thứ hai", (OF_2024, "88")),
            ("cai thu 2", (OF_2024, "88")),
            ("cái cuối", (OF_2024, "88")),
            ("cái có website", (OF_2024, "88")),
            ("trai nghiem nen tang so", (OF_2024, "86")),
        ],
    )
    def test_by_number_place_or_words(self, talk: Talk, pick: str, row: tuple[str, str]) -> None:
        asked = talk.say(BUSINESSES)
        assert asked.answer.status is Status.CLARIFY
        assert {OF_2024} == {document for document, _ in rows(asked)}
        reply = talk.say(pick)
        assert reply.answer.status is Status.ANSWERED
        assert rows(reply) == [row]

    @pytest.mark.parametrize(("place", "row"), [(0, "86"), (1, "88")])
    def test_by_tap(self, talk: Talk, place: int, row: str) -> None:
        tap = talk.say(BUSINESSES).answer.suggestions[place]
        assert rows(talk.say(tap.message)) == [(OF_2024, row)]

    def test_another_one_after_the_first(self, talk: Talk) -> None:
        talk.say(BUSINESSES)
        talk.say("1")
        assert rows(follow(talk, "còn cái thứ 2?")) == [(OF_2024, "88")]

    def test_what_is_picked_is_asked_on(self, talk: Talk) -> None:
        talk.say(BUSINESSES)
        talk.say("1")
        assert rows(follow(talk, "ai chủ trì?")) == [(OF_2024, "86")]
        assert rows(follow(talk, "còn năm 2023?")) == [(OF_2023, "9")]

    def test_the_asked_field_is_kept(self, talk: Talk) -> None:
        talk.say("dòng 5 kế hoạch 67 ai chủ trì?")
        assert "cơ quan chủ trì" in first_line(talk.say("2"))

    def test_a_pick_may_name_another_field(self, talk: Talk) -> None:
        talk.say("dòng 5 kế hoạch 67 ai chủ trì?")
        assert "cơ quan phối hợp" in first_line(talk.say("cái thứ 2, ai phối hợp?"))

    def test_of_a_list(self, talk: Talk) -> None:
        listed = rows(talk.say("Sở Y tế chủ trì những chỉ tiêu nào năm 2024?"))
        reply = follow(talk, "cái thứ 2")
        assert rows(reply) == [listed[1]]
        assert rows(follow(talk, "còn cái đầu tiên?")) == [listed[0]]

    def test_a_new_question_leaves_the_choices(self, talk: Talk) -> None:
        talk.say(BUSINESSES)
        assert rows(talk.say("STT 80 năm 2024")) == [OCOP]
        assert talk.state.options == ()
        assert not talk.state.pending


class TestSeveral:
    """Several questions in one message."""

    TWO = "STT 80 năm 2024 ai chủ trì? STT 101 năm 2024 mục tiêu bao nhiêu?"

    def test_each_is_answered_in_its_order(self, talk: Talk) -> None:
        reply = talk.say(self.TWO)
        assert reply.answer.status is Status.ANSWERED
        assert rows(reply) == [OCOP, WEBSITE]
        first, second = reply.answer.text.split("\n\n")
        assert first.startswith("1) Năm 2024, cơ quan chủ trì “Tỷ lệ sản phẩm OCOP")
        assert second.startswith("2) Năm 2024, mục tiêu của “Tỷ lệ website")

    def test_what_is_shared_is_said_once(self, talk: Talk) -> None:
        assert rows(talk.say("STT 80? STT 101 năm 2024?")) == [OCOP, WEBSITE]

    def test_the_last_one_is_in_focus(self, talk: Talk) -> None:
        talk.say(self.TWO)
        reply = follow(talk, "năm 2023 thì sao?")
        assert rows(reply) == [WEBSITE_2023]
        assert "mục tiêu của" in first_line(reply)

    @pytest.mark.parametrize("text", ["quay lại OCOP", "quay lại chỉ tiêu đầu tiên", "quay lại câu trước"])
    def test_the_earlier_one_is_spoken_of(self, talk: Talk, text: str) -> None:
        talk.say(self.TWO)
        assert rows(follow(talk, text)) == [OCOP]

    def test_a_second_one_that_is_not_held_does_not_hide_what_is(self, talk: Talk) -> None:
        reply = talk.say("STT 80 năm 2024 ai chủ trì? giám đốc Sở Y tế tên gì?")
        assert "1) " not in reply.answer.text
        assert talk.state.record in (None, "206-qd-ubnd:80")


class TestAside:
    """Small talk and other topics leave the focus where it is."""

    @pytest.mark.parametrize(
        ("text", "intent"),
        [
            ("cảm ơn em", "thanks"),
            ("xin chào", "greet"),
            ("ừ", "affirm"),
            ("hôm nay trời mưa không?", "out_of_scope"),
            ("giám đốc Sở Y tế tên gì?", "ask_indicator"),
            ("tôi muốn góp ý", "feedback"),
        ],
    )
    def test_the_record_stays_in_focus(self, talk: Talk, text: str, intent: str) -> None:
        talk.say("STT 80 năm 2024 ai chủ trì?")
        before = talk.state
        assert talk.say(text, intent).answer.status is not Status.ANSWERED
        assert talk.state == before
        reply = follow(talk, "còn năm 2023?")
        assert rows(reply) == [OCOP_2023]
        assert "cơ quan chủ trì" in first_line(reply)

    @pytest.mark.parametrize(("text", "intent"), [("dạ cảm ơn", "thanks"), ("alo", "greet")])
    def test_a_clarification_stays_open(self, talk: Talk, text: str, intent: str) -> None:
        talk.say("dòng 5 kế hoạch 67")
        talk.say(text, intent)
        assert sections(talk.say("2")) == [("67/KH-UBND", "PL1.II.5")]

    def test_several_asides_in_a_row(self, talk: Talk) -> None:
        talk.say("STT 80 năm 2024")
        talk.say("cảm ơn", "thanks")
        talk.say("viết giùm bài thơ tình", "out_of_scope")
        talk.say("tạm biệt", "goodbye")
        assert rows(follow(talk, "ai phối hợp?")) == [OCOP]

    def test_what_is_not_held_is_no_part_of_the_history(self, talk: Talk) -> None:
        talk.say("STT 80 năm 2024")
        talk.say("giám đốc Sở Y tế tên gì?")
        talk.say("hôm nay trời mưa không?", "out_of_scope")
        assert talk.state.history == ("206-qd-ubnd:80",)


def test_the_same_record_twice_in_a_row_is_one_of_the_history(talk: Talk) -> None:
    talk.say("STT 80 năm 2024")
    follow(talk, "ai phối hợp?", "ai chủ trì?")
    assert talk.state.history == ("206-qd-ubnd:80",)
    follow(talk, "còn năm 2023?", "còn năm 2024?")
    assert talk.state.history == ("206-qd-ubnd:80", "54-kh-stttt:3", "206-qd-ubnd:80")


class TestNotLeavingThePlan:
    """What sounds like something else is asked of what was spoken of."""

    def test_the_one_of_a_list_by_its_value(self, talk: Talk) -> None:
        listed = talk.say("Cục Thuế chủ trì những chỉ tiêu nào năm 2024?", "list_indicators")
        shares = [row for row in rows(listed) if row != WEBSITE]
        assert shares
        picked = follow(talk, "còn cái đặt 30%?")
        assert len(rows(picked)) == 1
        assert "30%" in picked.answer.text

    def test_no_value_that_is_only_claimed_picks(self, talk: Talk) -> None:
        talk.say("STT 80 năm 2024")
        assert rows(follow(talk, "chỉ tiêu đó 90% phải không?")) == [OCOP]

    def test_the_date_of_the_basis(self, talk: Talk) -> None:
        talk.say("STT 3 năm 2023 căn cứ vào đâu?")
        reply = follow(talk, "ngày bao nhiêu")
        assert rows(reply) == [OCOP_2023]
        assert "16/11/2022" in reply.answer.text

    def test_another_plan_of_a_document_spoken_of(self, talk: Talk) -> None:
        talk.say("kế hoạch 2023 ai ký?", "ask_document")
        reply = follow(talk, "vậy bản năm 2024 thì sao, cũng cổ ký hả?")
        assert OF_2024 in {citation.document for citation in reply.answer.citations}

    def test_a_length_of_time_names_no_year(self, talk: Talk) -> None:
        reply = talk.say("ngoại tôi nằm một chỗ cả năm nay, sản phẩm OCOP lên sàn bao nhiêu")
        assert reply.answer.status is not Status.UNKNOWN

    def test_a_row_that_is_pointed_at_beside_an_agency(self, talk: Talk) -> None:
        talk.say("STT 80 năm 2024")
        reply = talk.say("chỉ tiêu này Sở Y tế có tham gia không?", "ask_document")
        assert rows(reply) == [OCOP]

    def test_a_long_story_points_at_what_it_tells(self, talk: Talk) -> None:
        talk.say("STT 101 năm 2024")
        story = (
            "Hôm qua họp ấp nghe nói tỉnh tính đưa hết sản phẩm OCOP của bà con lên sàn thương mại điện tử, "
            "mà không ai nói rõ phải làm sao, hỏi ai cũng lắc đầu. Năm 2024 giao sở nào chủ trì chuyện này?"
        )
        assert OCOP in rows(talk.say(story))
