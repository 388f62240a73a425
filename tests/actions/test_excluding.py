from __future__ import annotations

import pytest

from actions.excluding import less_helped, meant
from tests.actions.talking import Reader


@pytest.mark.parametrize(
    ("text", "kind", "left"),
    [
        ("chỉ tiêu nhóm chính quyền số, không lấy phần xã hội số", "pillar", ("government",)),
        ("chỉ tiêu Công an tỉnh chủ trì, không tính chỗ chỉ phối hợp", "role", ("lead",)),
        ("chỉ tiêu năm 2024 chứ không hỏi năm 2023", "year", ("2024",)),
        ("không hỏi năm 2023 nữa", "year", ("2023",)),
        ("Sở Y tế không lấy lại được số liệu năm 2024 hả", "year", ("2024",)),
    ],
)
def test_a_limit_that_is_not_meant_is_not_read(
    reader: Reader, text: str, kind: str, left: tuple[str, ...]
) -> None:
    assert meant(reader.read(text)).values(kind) == left


def test_what_is_not_meant_is_blanked_in_its_place(reader: Reader) -> None:
    text = "chỉ tiêu chính quyền số, không lấy phần xã hội số, của Công an tỉnh"
    message = meant(reader.read(text))
    assert len(message.text) == len(text)
    assert [message.text[e.start : e.end] for e in message.entities if e.kind == "agency"] == ["Công an tỉnh"]


@pytest.mark.parametrize(
    "text", ["ai phối hợp với UBND cấp huyện vậy?", "bên nào phối hợp cùng Công an tỉnh làm"]
)
def test_whom_they_help_is_not_asked_of(reader: Reader, text: str) -> None:
    assert reader.read(text).values("agency")
    left = less_helped(reader.read(text))
    assert not left.values("agency")
    assert left.value("role") == "coordinator"


@pytest.mark.parametrize(
    "text", ["Công an tỉnh phối hợp với ai?", "Sở Y tế phối hợp với Công an tỉnh làm gì?"]
)
def test_who_helps_whom_is_left_as_it_is(reader: Reader, text: str) -> None:
    assert less_helped(reader.read(text)) == reader.read(text)
