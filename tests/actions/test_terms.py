from __future__ import annotations

import pytest

from actions.terms import Terms, default_terms
from vietnamese import fold

TERMS = Terms(
    {"trợ lý ảo": ["chatbot"], "Tổ công nghệ số cộng đồng": ["ấp … chỉ"], "cáp quang": ["=dây mạng"]}
)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("con chatbot trả lời", "con trợ lý ảo trả lời"),
        ("ở ấp có người chỉ cách dùng", "ở Tổ công nghệ số cộng đồng cách dùng"),
        ("ấp một hai ba bốn năm sáu chỉ", "ấp một hai ba bốn năm sáu chỉ"),
        ("chỉ ở ấp", "chỉ ở ấp"),
        ("kéo dây mạng", "kéo cáp quang"),
        ("không có gì", "không có gì"),
    ],
)
def test_everyday_words_are_read_as_those_of_the_plans(text: str, read: str) -> None:
    assert TERMS.read(text) == read


def test_the_longer_phrase_counts() -> None:
    terms = Terms({"một": ["bán hàng"], "hai": ["bán hàng qua mạng"]})
    assert terms.read("dạy bán hàng qua mạng") == "dạy hai"


def test_a_read_text_is_read_the_same_again() -> None:
    terms = default_terms()
    once = terms.read("bà con mua đồ trên mạng bằng smartphone, chích ngừa")
    assert "người dân" in once
    assert fold(terms.read(once)) == fold(once)
