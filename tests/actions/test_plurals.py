from __future__ import annotations

import pytest

from actions.plurals import unplural
from tests.actions.talking import Reader


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("cho mấy doanh nghiệp công nghệ làm thử ở lĩnh vực nào", False),
        ("kế hoạch kể ra mấy thứ máy gì", False),
        ("mấy năm nay kế hoạch có nói tới chuyện đó không", False),
        ("năm 2024 mấy doanh nghiệp công nghệ số", True),
        ("mấy phần trăm, sở nào chủ trì", True),
        ("mấy sở phối hợp để đạt bao nhiêu phần trăm, sở nào chủ trì", True),
    ],
)
def test_a_plural_asks_for_no_number(reader: Reader, text: str, counts: bool) -> None:
    assert ("how_much" in unplural(reader.read(text)).values("ask")) is counts


def test_who_speaks_of_all_asks_nothing(reader: Reader) -> None:
    told = unplural(reader.read("năm nào tới vụ cũng bị ép giá, ai cũng than, muốn bán trên mạng"))
    assert not told.values("ask")
    assert not told.values("field")
    asked = unplural(reader.read("ai cũng hỏi, vậy sở nào chủ trì, làm năm nào?"))
    assert {"who", "when"} <= set(asked.values("ask"))


def test_people_are_a_plural_and_an_amount_at_the_end_is_asked(reader: Reader) -> None:
    told = unplural(reader.read("mấy chị trong xóm hỏi năm 2024 đặt bao nhiêu lượt"))
    assert sum(entity.value == "how_much" for entity in told.entities) == 1
    asked = unplural(reader.read("năm 2023 với năm 2024 là mấy, có tăng gì không?"))
    assert "how_much" in asked.values("ask")
