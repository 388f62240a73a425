"""What a question turns out to be once it is whole."""

from __future__ import annotations

import pytest

from actions.question import Kind, Question
from actions.second_look import names_one_thing

SUBJECT = "dự án đầu tư công khởi nghiệp sáng tạo"


@pytest.mark.parametrize(
    ("typed", "asks", "one"),
    [
        ("danh mục dự án đầu tư công khởi nghiệp sáng tạo, sở nào gom lại?", ("list", "who"), True),
        ("những dự án đầu tư công khởi nghiệp sáng tạo nào, giao sở nào?", ("list", "who"), False),
        ("có bao nhiêu dự án đầu tư công khởi nghiệp sáng tạo, giao sở nào?", ("count", "who"), False),
        ("danh mục dự án đầu tư công khởi nghiệp sáng tạo", ("list",), False),
    ],
)
def test_who_has_one_thing_of_a_list_is_no_list(typed: str, asks: tuple[str, ...], one: bool) -> None:
    question = Question(Kind.LIST, SUBJECT, typed).but(asks=asks, things=("task",))
    assert names_one_thing(question) is one


@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("ở cấp huyện thì danh sách được chọn làm chuyển đổi số trước gồm những nơi nào?", True),
        ("UBND cấp huyện được giao danh sách chuyển đổi số trước gồm những nơi nào?", False),
    ],
)
def test_where_something_is_has_it_not_to_do(typed: str, one: bool) -> None:
    question = Question(Kind.LIST, "danh sách những nơi được chọn thí điểm chuyển đổi trước", typed)
    assert names_one_thing(question.but(asks=("how_much",), agencies=("ubnd-huyen",))) is one
