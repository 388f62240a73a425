from __future__ import annotations

from tests.actions.talking import Talk, first_line, rows


def test_the_tasks_of_a_pillar(talk: Talk) -> None:
    reply = talk.say("kế hoạch 67 có những nhiệm vụ nào thuộc nhóm kinh tế số?", "list_indicators")
    assert "có 4 nhiệm vụ thuộc “Nhóm nhiệm vụ phát triển kinh tế số”" in first_line(reply)
    assert rows(reply) == [("67/KH-UBND", str(number)) for number in range(1, 5)]


def test_the_tasks_of_a_group(talk: Talk) -> None:
    reply = talk.say("kế hoạch 67 nhóm đảm bảo an toàn thông tin có mấy nhiệm vụ?", "list_indicators")
    assert "có 9 nhiệm vụ" in first_line(reply)


def test_a_whole_annex_is_shown_in_pages(talk: Talk) -> None:
    reply = talk.say("phụ lục 3 của kế hoạch 67 có bao nhiêu nhiệm vụ?", "list_indicators")
    assert "có 50 nhiệm vụ trong Phụ lục 3" in first_line(reply)
    assert len(reply.answer.citations) == 20
    talk.say("xem tiếp", "follow_up")
    assert talk.say("xem tiếp", "follow_up").answer.text.count("[PL3") == 10


def test_a_task_of_the_list_can_be_picked(talk: Talk) -> None:
    talk.say("liệt kê các nhiệm vụ xã hội số trong kế hoạch 67", "list_indicators")
    reply = talk.say("cái thứ 4 làm năm nào?", "follow_up")
    assert "Wifi công cộng" in first_line(reply)


def test_indicators_are_no_tasks(talk: Talk) -> None:
    reply = talk.say("kế hoạch 67 có bao nhiêu chỉ tiêu?", "list_indicators")
    assert "19 chỉ tiêu" in first_line(reply)
