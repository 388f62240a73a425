"""Questions that the pages offer as examples. Each is plain text, sent as if it had been typed."""

from __future__ import annotations

from dataclasses import dataclass

from trolyso.answer import Suggestion

EXAMPLES = (
    Suggestion("Ai chủ trì chỉ tiêu OCOP 2024?", "Ai chủ trì chỉ tiêu OCOP năm 2024?"),
    Suggestion(
        "Chỉ tiêu hóa đơn điện tử là bao nhiêu?",
        "Chỉ tiêu doanh nghiệp sử dụng hóa đơn điện tử là bao nhiêu?",
    ),
    Suggestion("Sở Y tế làm gì trong năm 2024?", "Sở Y tế chủ trì những chỉ tiêu nào năm 2024?"),
    Suggestion("So sánh năm 2023 và 2024", "Tỷ lệ điện thoại thông minh năm 2023 và 2024 khác nhau thế nào?"),
    Suggestion("Mục tiêu đến năm 2030", "Mục tiêu chuyển đổi số của tỉnh đến năm 2030 là gì?"),
    Suggestion("Tôi muốn góp ý", "Tôi muốn gửi góp ý"),
)


@dataclass(frozen=True, slots=True)
class Topic:
    """Example questions of one kind."""

    title: str
    questions: tuple[str, ...]


TOPICS = (
    Topic(
        "Hỏi một chỉ tiêu",
        (
            "Chỉ tiêu thanh toán không dùng tiền mặt năm 2024 là bao nhiêu?",
            "Ai chủ trì chỉ tiêu OCOP năm 2024?",
            "Chỉ tiêu số 80 của Quyết định 206 là gì?",
        ),
    ),
    Topic(
        "Hỏi việc của một cơ quan",
        (
            "Sở Y tế chủ trì những chỉ tiêu nào năm 2024?",
            "Công an tỉnh phối hợp những chỉ tiêu nào?",
            "Kế hoạch 2025 giao Sở Tài chính việc gì?",
        ),
    ),
    Topic(
        "So sánh và tra cứu theo thời gian",
        (
            "Tỷ lệ người dùng điện thoại thông minh năm 2023 và 2024 khác nhau thế nào?",
            "Mục tiêu chuyển đổi số của tỉnh đến năm 2030 là gì?",
            "Hạn gửi báo cáo hằng năm là ngày nào?",
        ),
    ),
    Topic(
        "Hỏi về văn bản",
        ("Kế hoạch 54/KH-STTTT do ai ký, ngày nào?", "Quyết định 206 có bao nhiêu chỉ tiêu?"),
    ),
    Topic("Gửi góp ý", ("Tôi muốn gửi góp ý",)),
)
