from __future__ import annotations

import pytest

from actions.excluding import meant
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
