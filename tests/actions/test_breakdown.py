"""Parts of a figure that a row does not tell, and those that it does."""

from __future__ import annotations

import pytest

from tests.actions.talking import Talk, rows
from trolyso.answer import Status

SHOPPING = ("206/QĐ-UBND", "95")
SCREENS = ("206/QĐ-UBND", "39")


@pytest.mark.parametrize(
    "text",
    [
        "Riêng huyện Trà Ôn năm 2024 phải có bao nhiêu phần trăm dân số tham gia mua sắm trực tuyến?",
        "tỷ lệ dân số tham gia mua sắm trực tuyến năm 2024 phân theo từng huyện",
        "trong số dân số tham gia mua sắm trực tuyến năm 2024 có bao nhiêu người là phụ nữ?",
    ],
)
def test_a_part_that_no_row_splits_is_unknown_and_the_whole_is_named(talk: Talk, text: str) -> None:
    reply = talk.say(text)
    assert reply.answer.status is Status.UNKNOWN
    assert "chỉ ghi mức chung của cả tỉnh" in reply.answer.text
    assert "20%" in reply.answer.text


def test_names_behind_a_number_are_unknown(talk: Talk) -> None:
    reply = talk.say("kể tên từng doanh nghiệp công nghệ số trong tất cả các ngành, nghề năm 2024")
    assert reply.answer.status is Status.UNKNOWN
    assert "không nêu tên cụ thể" in reply.answer.text


def test_a_row_that_names_the_districts_answers(talk: Talk) -> None:
    reply = talk.say("tỷ lệ xã có bảng tin điện tử công cộng năm 2024: thành phố Vĩnh Long mấy phường?")
    assert rows(reply) == [SCREENS]


def test_where_somebody_lives_is_no_part(talk: Talk) -> None:
    reply = talk.say("tui ở Trà Ôn, cho hỏi tỷ lệ dân số tham gia mua sắm trực tuyến năm 2024 bao nhiêu?")
    assert rows(reply) == [SHOPPING]


@pytest.mark.parametrize(
    "text",
    [
        "cáp quang kéo tới từng xã năm 2024 phải đạt mấy phần trăm đơn vị cấp xã?",
        "hệ sinh thái xúc tiến thương mại số đó, năm 2024 cấp tài khoản cho mấy cơ sở làm ăn?",
        "doanh nghiệp công nghệ số đó năm 2024 phải có bao nhiêu doanh nghiệp ở mọi lĩnh vực?",
    ],
)
def test_words_that_only_look_like_a_part(talk: Talk, text: str) -> None:
    reply = talk.say(text)
    assert reply.answer.status is Status.ANSWERED
    assert "chỉ ghi mức chung" not in reply.answer.text
