"""Numbers that nobody needs to know do not survive; everything else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.masking import MASK, mask


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("căn cước 083190001234 của tôi", f"căn cước {MASK} của tôi"),
        ("083 190 001 234", MASK),
        ("0831.9000.1234", MASK),
        ("thẻ 4111 1111 1111 1111.", f"thẻ {MASK}."),
        ("thẻ 4111111111111111", f"thẻ {MASK}"),
        ("cmnd số 331234567", f"cmnd số {MASK}"),
        ("chứng minh nhân dân: 331 234 567", f"chứng minh nhân dân: {MASK}"),
        ("tôi lỡ đọc mã OTP 482913 cho nó", f"tôi lỡ đọc mã OTP {MASK} cho nó"),
        ("mật khẩu là hoaMai#1, tên hoa", f"mật khẩu là {MASK}, tên hoa"),
        ("mat khau: 123456", f"mat khau: {MASK}"),
    ],
)
def test_what_is_secret_is_hidden(typed: str, kept: str) -> None:
    assert mask(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "gọi 0912345678 hoặc 0987.654.321, +84912345678, 0084912345678",
        "hai số 0912345678 0987654321",
        "mất 300.000.000.000 đồng rồi 100.000.000đ",
        "từ 12.11.2025 tới 15.11.2025, 10.000 người",
        "đổi mật khẩu ở đâu, mã OTP là gì",
        "Quyết định 206/QĐ-UBND ngày 31/01/2024",
        "chỉ tiêu 80 đạt 90%",
    ],
)
def test_what_is_needed_stays(typed: str) -> None:
    assert mask(typed) == typed


@given(st.text(alphabet="0123456789 .-:đaAcmndotp là mật khẩu[]", max_size=60))
def test_masking_twice_changes_nothing(typed: str) -> None:
    assert mask(mask(typed)) == mask(typed)


@given(st.integers(10**11, 10**12 - 1), st.text(alphabet="abc ,", max_size=10))
def test_twelve_digits_never_survive(number: int, around: str) -> None:
    assert str(number) not in mask(f"{around} {number} {around}")
