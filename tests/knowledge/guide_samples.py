"""A guide for tests, as a file and as a record."""

from __future__ import annotations

from datetime import date
from typing import Any

from knowledge.records import Guide, GuideLink

TEXT = """---
title: Trả tiền điện
topics: [đóng tiền điện, tiền điện qua điện thoại]
reviewed_on: 2026-11-22
official_links:
  - {name: Cổng Dịch vụ công quốc gia, url: "https://dichvucong.gov.vn"}
plan: ["a#I.1"]
plan_question: Kế hoạch nói gì về tiền điện?
related: []
---
Mở ứng dụng ngân hàng
rồi chọn hóa đơn.

## Khi nào dùng
- Khi có giấy báo.

## Các bước
1. Mở ứng dụng. Nhập mật khẩu.
2. Chọn hóa đơn.

## Cần chuẩn bị
- Giấy báo.

## Kiểm tra lần cuối
- Đúng số tiền chưa?

## Đừng làm
- Đừng đưa mật khẩu cho ai.
"""


def guide(slug: str = "tien-dien", **changes: Any) -> Guide:
    """The record of `TEXT`, with changes."""
    fields: dict[str, Any] = {
        "slug": slug,
        "title": "Trả tiền điện",
        "summary": "Mở ứng dụng ngân hàng rồi chọn hóa đơn.",
        "topics": ("đóng tiền điện", "tiền điện qua điện thoại"),
        "reviewed_on": date(2026, 11, 22),
        "links": (GuideLink("Cổng Dịch vụ công quốc gia", "https://dichvucong.gov.vn"),),
        "plan": ("a#I.1",),
        "plan_question": "Kế hoạch nói gì về tiền điện?",
        "related": (),
        "when": ("Khi có giấy báo.",),
        "steps": ("Mở ứng dụng. Nhập mật khẩu.", "Chọn hóa đơn."),
        "prepare": ("Giấy báo.",),
        "check": ("Đúng số tiền chưa?",),
        "avoid": ("Đừng đưa mật khẩu cho ai.",),
    }
    return Guide(**(fields | changes))
