"""Lists by change, value, kind of target and blank cell: complete against what the annexes print."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from actions.listing import DOWNLOAD
from actions.reply import Reply
from tests.actions.talking import Talk, first_line, rows
from trolyso.answer import Status

UP = [3, 5, 8, 9, 12, 15, 24, 37, 40, 41, 44, 47, 48, 50, 51, 52, 55, 56, 60]
UP_2024 = [80, 82, 85, 86, 89, 92, 101, 113, 116, 117, 120, 123, 124, 126, 127, 128, 131, 132, 136]
AGENCIES_2024 = ["97", "133", "136", "140", "141"]
OVER = [6, 21, 22, 41, 55, 82, 86, 92, 116, 123, 128, 131, 136]


def listed(talk: Talk, question: str, intent: str = "list_indicators") -> list[Reply]:
    """Every page of a list."""
    replies = [talk.say(question, intent)]
    while any(tap.message == "xem tiếp" for tap in replies[-1].answer.suggestions):
        replies.append(talk.say("xem tiếp", "follow_up"))
    return replies


def of_year(replies: list[Reply], cite: str) -> list[str | None]:
    return [row for reply in replies for document, row in rows(reply) if document == cite]


@pytest.mark.parametrize(
    "question",
    [
        "chỉ tiêu nào tăng so với 2023",
        "chi tieu nao tang so voi nam 2023",
        "những chỉ tiêu năm 2024 được nâng lên so với năm trước đó",
        "CHỈ TIÊU NÀO TĂNG SO VỚI NĂM 2023?",
    ],
)
def test_all_that_grew_and_nothing_else(talk: Talk, question: str) -> None:
    replies = listed(talk, question)
    assert "có 19 chỉ tiêu, nhiệm vụ tăng mức (trong 70 chỉ tiêu" in first_line(replies[0])
    assert of_year(replies, "206/QĐ-UBND") == [str(row) for row in UP_2024]
    assert of_year(replies, "54/KH-STTTT") == [str(row) for row in UP]


def test_each_row_has_both_values_with_their_comparators(talk: Talk) -> None:
    text = talk.say("chỉ tiêu nào tăng so với 2023", "list_indicators").answer.text
    assert "(năm 2023: 5 sản phẩm → năm 2024: trên 35 sản phẩm;" in text
    assert "(năm 2023: 90% → năm 2024: 100%;" in text
    assert "[năm 2024: STT 80; năm 2023: STT 3]" in text


def test_a_change_without_numbers_is_told_apart(talk: Talk) -> None:
    text = talk.say("chỉ tiêu nào tăng so với 2023", "list_indicators").answer.text
    assert "Không tính 1 chỉ tiêu đổi cách ghi, không so được bằng số:" in text
    assert "Đề ra giải pháp thực hiện → năm 2024: Tiếp tục đề ra giải pháp thực hiện" in text
    replies = listed(talk, "chỉ tiêu nào đổi cách ghi so với năm 2023?")
    assert of_year(replies, "206/QĐ-UBND") == ["122"]


def test_nothing_fell(talk: Talk) -> None:
    reply = talk.say("chỉ tiêu nào giảm so với 2023?", "list_indicators")
    assert "không có chỉ tiêu, nhiệm vụ nào giảm mức (0 trong 70" in first_line(reply)
    assert reply.answer.attachments == ()


def test_what_stayed(talk: Talk) -> None:
    replies = listed(talk, "những chỉ tiêu nào giữ nguyên so với 2023?")
    assert "có 50 chỉ tiêu, nhiệm vụ giữ nguyên mức" in first_line(replies[0])
    found = of_year(replies, "206/QĐ-UBND")
    assert len(found) == 50
    assert not set(found) & {str(row) for row in [*UP_2024, 122]}
    assert None in found


def test_new_rows_are_those_of_a_pillar_that_the_older_plan_lacks(talk: Talk) -> None:
    replies = listed(talk, "năm 2024 mới thêm những chỉ tiêu nào?")
    assert "có 77 chỉ tiêu, nhiệm vụ có trong kế hoạch năm 2024 mà kế hoạch năm 2023 không có" in first_line(
        replies[0]
    )
    assert "77 thuộc nhóm Chính quyền số" in first_line(replies[0])
    assert of_year(replies, "206/QĐ-UBND") == [str(row) for row in range(1, 78)]
    economy = first_line(talk.say("chỉ tiêu kinh tế số nào mới thêm năm 2024?", "list_indicators"))
    assert "không có chỉ tiêu, nhiệm vụ nào thuộc nhóm Kinh tế số" in economy


@pytest.mark.parametrize(
    "question", ["chỉ tiêu nào năm 2023 có mà 2024 không có?", "so với 2023 thì năm 2024 bỏ đi chỉ tiêu nào"]
)
def test_what_is_gone(talk: Talk, question: str) -> None:
    reply = talk.say(question, "list_indicators")
    assert "có 1 chỉ tiêu, nhiệm vụ có trong kế hoạch năm 2023 mà kế hoạch năm 2024" in first_line(reply)
    assert rows(reply) == [("54/KH-STTTT", "68")]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("chỉ tiêu nào đổi cơ quan so với 2023?", AGENCIES_2024),
        ("chỉ tiêu nào đổi cơ quan chủ trì so với 2023?", ["133", "136"]),
        ("những chỉ tiêu nào thay cơ quan phối hợp năm 2024?", ["97", "140", "141"]),
    ],
)
def test_changed_agencies(talk: Talk, question: str, found: list[str]) -> None:
    assert of_year(listed(talk, question), "206/QĐ-UBND") == found


def test_an_agency_and_a_change(talk: Talk) -> None:
    reply = talk.say("Sở Y tế có mấy chỉ tiêu tăng?", "list_indicators")
    assert "Sở Y tế chủ trì hoặc phối hợp 4 chỉ tiêu, nhiệm vụ tăng mức" in first_line(reply)
    assert of_year([reply], "206/QĐ-UBND") == ["116", "117", "120", "123"]


def test_a_list_is_narrowed_by_a_follow_up(talk: Talk) -> None:
    talk.say("chỉ tiêu xã hội số nào tăng so với 2023?", "list_indicators")
    reply = talk.say("trong đó Sở Y tế có mấy cái?", "follow_up")
    assert of_year([reply], "206/QĐ-UBND") == ["116", "117", "120", "123"]
    assert "thuộc nhóm Xã hội số" in first_line(reply)


@pytest.mark.parametrize("question", ["năm 2024 có gì thay đổi so với năm 2023?", "so sánh năm 2023 và 2024"])
def test_two_plans_as_a_whole(talk: Talk, question: str) -> None:
    reply = talk.say(question, "compare_years")
    expected = (
        "70 chỉ tiêu, nhiệm vụ có ở cả hai năm, trong đó 19 tăng mức, 0 giảm mức, 1 đổi cách ghi, 50 giữ"
    )
    assert expected in first_line(reply)
    assert "5 đổi cơ quan chủ trì hoặc phối hợp; 77 chỉ có ở năm 2024, 1 chỉ có ở năm 2023" in first_line(
        reply
    )


def test_a_plan_without_annex_is_not_compared(talk: Talk) -> None:
    reply = talk.say("chỉ tiêu nào năm 2025 tăng so với năm 2024?", "list_indicators")
    assert reply.answer.status is Status.UNKNOWN
    assert "2808/QĐ-UBND" in reply.answer.text


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("chỉ tiêu nào năm 2024 trên 80%?", 55),
        ("năm 2024 từ 50% trở lên có mấy chỉ tiêu?", 82),
        ("những chỉ tiêu nào đạt 100% năm 2024?", 44),
        ("chỉ tiêu nào năm 2024 dưới 30%?", 19),
        ("chỉ tiêu kinh tế số nào năm 2024 trên 50%?", 4),
        ("chỉ tiêu nào để là thường xuyên năm 2024?", 15),
        ("những chỉ tiêu năm 2024 tính bằng số lượng?", 8),
        ("những chỉ tiêu năm 2024 ghi bằng chữ?", 28),
        ("chỉ tiêu nào dựa trên nghị quyết 07?", 27),
        ("chỉ tiêu nào căn cứ kế hoạch 07?", 4),
    ],
)
def test_counts_by_limit(talk: Talk, question: str, count: int) -> None:
    reply = talk.say(question, "list_indicators")
    assert re.search(rf"\b{count} chỉ tiêu, nhiệm vụ", first_line(reply)), first_line(reply)


def test_lower_bounds_are_not_claimed_to_be_below(talk: Talk) -> None:
    text = talk.say("chỉ tiêu nào năm 2024 dưới 30%?", "list_indicators").answer.text
    assert "Chưa kể 1 chỉ tiêu chỉ ghi mức “trên …” nên không khẳng định được (STT 86: >10%)." in text


def test_rows_with_a_printed_comparator(talk: Talk) -> None:
    found = of_year(listed(talk, "chỉ tiêu nào năm 2024 có dấu lớn hơn?"), "206/QĐ-UBND")
    assert found == [str(row) for row in OVER]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("chỉ tiêu nào không có cơ quan phối hợp năm 2024?", ["62", "63", "64", "97", "132"]),
        ("năm 2024 những ô nào còn trống phần phối hợp?", ["62", "63", "64", "97", "132"]),
    ],
)
def test_blank_coordinators(talk: Talk, question: str, found: list[str]) -> None:
    assert of_year([talk.say(question, "list_indicators")], "206/QĐ-UBND") == found


def test_blank_basis_and_the_other_year(talk: Talk) -> None:
    assert rows(talk.say("chỉ tiêu nào không có căn cứ pháp lý?", "list_indicators")) == [
        ("54/KH-STTTT", "43")
    ]
    talk.say("chỉ tiêu nào không có cơ quan phối hợp?", "list_indicators")
    assert rows(talk.say("còn năm 2023?", "follow_up")) == [("54/KH-STTTT", "56")]


def test_a_topic_is_looked_for_in_the_names(talk: Talk) -> None:
    reply = talk.say("các chỉ tiêu năm 2024 nói về trí tuệ nhân tạo", "list_indicators")
    assert rows(reply) == [("206/QĐ-UBND", row) for row in ("26", "43", "69", "106")]
    assert "có “trí tuệ nhân tạo” trong tên" in first_line(reply)


def test_the_state_holds_no_titles_and_any_item_can_still_be_picked(talk: Talk) -> None:
    talk.say("chỉ tiêu nào năm 2024 trên 80%?", "list_indicators")
    assert len(json.dumps(talk.state.to_json(), ensure_ascii=False)) < 800
    assert talk.state.options == ()
    assert rows(talk.say("cái thứ 12", "follow_up")) == [("206/QĐ-UBND", "15")]


def test_a_list_offers_itself_as_a_file(talk: Talk) -> None:
    (file,) = talk.say("Sở Y tế chủ trì chỉ tiêu nào tăng?", "list_indicators").answer.attachments
    assert (file.kind, file.caption) == ("file", "Tải danh sách (.xlsx)")
    assert urlsplit(file.url).path == DOWNLOAD
    assert parse_qs(urlsplit(file.url).query) == {
        "document": ["206-qd-ubnd"],
        "older": ["54-kh-stttt"],
        "role": ["lead"],
        "agency": ["so-yt"],
        "change": ["up"],
    }


def test_who_has_most_and_what_grew_most(talk: Talk) -> None:
    most = first_line(talk.say("sở nào chủ trì nhiều chỉ tiêu nhất năm 2024?", "list_indicators"))
    assert "UBND cấp huyện chủ trì nhiều nhất, 46 chỉ tiêu" in most
    grew = talk.say("chỉ tiêu nào tăng nhiều nhất so với 2023?", "list_indicators")
    assert "cao nhất 60 điểm phần trăm" in first_line(grew)
    assert rows(grew) == [("206/QĐ-UBND", "124"), ("54/KH-STTTT", "48")]


def test_the_highest_is_only_told_of_shares(talk: Talk) -> None:
    reply = talk.say("5 chỉ tiêu cao nhất năm 2024", "list_indicators")
    assert "chỉ so được các mức tính bằng phần trăm: mức cao nhất là 100%" in first_line(reply)
    assert "44 chỉ tiêu" in reply.answer.text


def test_numbers_by_pillar(talk: Talk) -> None:
    text = talk.say("mỗi trụ cột có bao nhiêu chỉ tiêu năm 2024?", "list_indicators").answer.text
    assert "- Chính quyền số: 77\n- Kinh tế số: 32\n- Xã hội số: 38" in text


def test_the_first_ones(talk: Talk) -> None:
    reply = talk.say("3 chỉ tiêu đầu tiên năm 2024", "list_indicators")
    assert [row for _, row in rows(reply)] == ["1", "2", "3"]


def test_a_comparison_shows_a_table_and_a_chart(talk: Talk) -> None:
    talk.say("STT 132 năm 2024")
    reply = talk.say("so với năm 2023 thì sao?", "compare_years")
    assert (
        "mục tiêu đổi từ 200 lượt (năm 2023) thành 800 lượt (năm 2024), tức là tăng 600 lượt"
        in first_line(reply)
    )
    assert "Nội dung | Năm 2023 | Năm 2024\nMục tiêu | 200 lượt | 800 lượt\n" in reply.answer.text
    (chart,) = reply.answer.attachments
    assert chart.kind == "image"
    assert chart.url == "/bieu-do/206-qd-ubnd:132.png?year=2023&year=2024"


def test_what_has_no_numbers_has_no_chart(talk: Talk) -> None:
    talk.say("STT 122 năm 2024")
    reply = talk.say("so với năm 2023 thì sao?", "compare_years")
    assert "(đổi cách ghi, không so được bằng số)" in first_line(reply)
    assert reply.answer.attachments == ()
