"""Numbers that nobody needs to know are taken out of what people write, before anything keeps it."""

from __future__ import annotations

import re

MASK = "[đã che]"

# In one piece, or in the groups in which cards print them; phone numbers and dates have other ones.
_DIGITS = r"(?:\d{12,}|\d{3}(?:[ .\-]\d{3}){3}|\d{4}(?:[ .\-]\d{4}){2,3}(?:[ .\-]\d{1,3})?)"
# "300.000.000.000 đồng" has the digits of an identity card and is none.
_MONEY = r"(?!\s?(?:đồng|dong|đ|vnđ|vnd)\b)"
_LONG = re.compile(rf"(?<![\d+])(?<!\d[ .\-])(?!0084){_DIGITS}(?![ .\-]?\d){_MONEY}", re.IGNORECASE)
_IDENTITY = re.compile(
    r"((?:cmnd|cmt|cccd|chứng minh|căn cước|chung minh|can cuoc|hộ chiếu|ho chieu)\D{0,25}?)"
    r"([A-Z]?\d(?:[ .]?\d){6,11})(?!\d)",
    re.IGNORECASE,
)
_ONE_TIME = re.compile(
    r"((?:otp|mã xác (?:thực|nhận)|ma xac (?:thuc|nhan)|mã pin|ma pin|\bpin\b|cvv"
    r"|cvc)\D{0,20}?)(\d{3,8})(?!\d)",
    re.IGNORECASE,
)
_PASSWORD = re.compile(
    r"((?:mật khẩu|mat khau|\bpassword\b|\bpass\b)[^:=,.;]{0,25}?(?:\blà\b|\bla\b|:"
    r"|=)\s*)(?!\[đã che)([^\s,;]+)",
    re.IGNORECASE,
)


def mask(text: str) -> str:
    """The text without identity and card numbers, one-time codes and passwords.

    Masking twice changes nothing.
    """
    hidden = _LONG.sub(MASK, text)
    for pattern in (_IDENTITY, _ONE_TIME, _PASSWORD):
        hidden = pattern.sub(lambda hit: hit[1] + MASK, hidden)
    return hidden
