"""What is asked on about a how-to: each part of it, and nothing else."""

from __future__ import annotations

import pytest

from actions.dialogue import Dialogue
from actions.guide_parts import answer_part
from actions.question import Kind, Question
from tests.actions.talking import Reader
from tests.actions.test_guidance import Guided
from tests.actions.test_guidance import guided as guided
from tests.actions.test_guidance import real as real
from trolyso.answer import Status

SHOWN = Dialogue(
    focus=Question(Kind.GUIDE, "cài VNeID", "hướng dẫn cài VNeID"), record="huong-dan/vneid", history=()
)


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("lên đó thì mang theo gì?", "Căn cước"),
        ("cần chuẩn bị sẵn những gì", "Căn cước"),
        ("có ai ở gần nhà giúp mình được không?", "Tổ công nghệ số cộng đồng"),
        ("coi chừng bị gạt thì phải để ý cái gì?", "Đừng"),
        ("vào trang nào?", "https://"),
        ("muốn kiểm tra thật hay giả vô trang nào", "https://"),
    ],
)
def test_a_part_of_the_guide_that_was_shown(guided: Guided, reader: Reader, typed: str, part: str) -> None:
    reply = answer_part(reader.read(typed, "follow_up"), SHOWN, guided.corpus)
    assert reply is not None
    assert reply.answer.status is Status.ANSWERED
    assert part in reply.answer.text
    assert reply.answer.citations[0].url == "/huong-dan/vneid"
    assert reply.dialogue.record == SHOWN.record


@pytest.mark.parametrize(
    "typed",
    [
        "cảm ơn nhiều nha",
        "năm 2024 cần chuẩn bị gì về hạ tầng số?",
        "kế hoạch 67 giao ai giúp doanh nghiệp?",
        "thôi cho hỏi chuyện khác, nhà tui ở tuốt trong kinh mà muốn mở tiệm bán bánh thì cần gì",
    ],
)
def test_anything_else_is_left_to_the_others(guided: Guided, reader: Reader, typed: str) -> None:
    assert answer_part(reader.read(typed, "follow_up"), SHOWN, guided.corpus) is None


def test_without_a_guide_in_focus_nothing_is_one_of_its_parts(guided: Guided, reader: Reader) -> None:
    message = reader.read("cần mang theo gì?", "follow_up")
    assert answer_part(message, Dialogue(), guided.corpus) is None
    row = Dialogue(focus=Question(Kind.INDICATOR, "", ""), record="206-qd-ubnd:80")
    assert answer_part(message, row, guided.corpus) is None


@pytest.mark.parametrize(
    ("typed", "intent", "part"),
    [
        ("nhờ thằng lạ ngoài tiệm điện thoại làm giùm được hông?", "ask_guide", "Đừng nhờ"),
        ("đổi điện thoại thì kích hoạt lại trên máy mới sao?", "follow_up", "kích hoạt lại"),
        ("phải có sẵn cái gì trong tay?", "out_of_scope", "Căn cước"),
    ],
)
def test_a_point_that_comes_near(real: Guided, reader: Reader, typed: str, intent: str, part: str) -> None:
    reply = answer_part(reader.read(typed, intent), SHOWN, real.corpus)
    assert reply is not None
    assert part in reply.answer.text


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("đăng ký dùng hóa đơn điện tử, phần mềm gửi tờ khai tới cơ quan thuế", "ask_guide"),
        ("đổi điện thoại thì kích hoạt lại trên máy mới sao?", "list_indicators"),
        ("chỉ tiêu kích hoạt lại trên máy mới là bao nhiêu?", "follow_up"),
    ],
)
def test_what_is_nearer_to_another_guide_or_to_the_plans(
    real: Guided, reader: Reader, typed: str, intent: str
) -> None:
    assert answer_part(reader.read(typed, intent), SHOWN, real.corpus) is None
