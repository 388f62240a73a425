from __future__ import annotations

import pytest

from actions.courtesy import is_abuse, is_errand
from actions.message import Message, from_rasa


def message(text: str) -> Message:
    return from_rasa({"text": text, "intent": {"name": "follow_up", "confidence": 0.9}})


@pytest.mark.parametrize("text", ["con đĩ mẹ mày", "ĐM trả lời gì vậy", "đồ ngu", "oc cho", "vcl luôn"])
def test_rude_words_alone_are_abuse(text: str) -> None:
    assert is_abuse(message(text))


@pytest.mark.parametrize(
    "text",
    [
        "đm bị nó lừa chuyển khoản năm triệu giờ làm sao lấy lại",
        "độ phủ di động ra sao",
        "chỉ tiêu đi chợ online",
        "đủ mẹ bầu được khám chưa",
        "loa truyền thanh thông minh",
    ],
)
def test_a_question_stays_a_question(text: str) -> None:
    assert not is_abuse(message(text))


@pytest.mark.parametrize(
    "text",
    [
        "Viết giúp tôi đoạn mã Python lấy danh sách sản phẩm OCOP trên Shopee",
        "viết bài thơ về chuyển đổi số",
        "dịch giùm tôi đoạn này sang tiếng Anh",
        "nhờ soạn email gửi sở",
    ],
)
def test_errands_are_no_questions(text: str) -> None:
    assert is_errand(message(text))


@pytest.mark.parametrize(
    "text",
    [
        "dùng AI đọc bản tin, dịch bản tin sang tiếng Khmer thì ai phối hợp",
        "chỉ tiêu về đài truyền thanh cấp xã",
        "kế hoạch giao ai xây dựng chương trình đào tạo",
        "làm chữ ký số cho cá nhân",
    ],
)
def test_what_plans_speak_of_is_no_errand(text: str) -> None:
    assert not is_errand(message(text))
