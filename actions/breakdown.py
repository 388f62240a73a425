"""Parts of a figure that no record splits: one district's share, how many are women, which ones by name.

A plan states one value for the whole province. A question for a part of it is answered by saying so, with the
value that is held; a record that does name the part (some rows list the districts) is answered as any other.
"""

from __future__ import annotations

import re

from actions.indicators import wrong_value
from actions.question import Field, Question
from knowledge.records import Indicator
from vietnamese import fold, syllables

DISTRICTS = ("Trà Ôn", "Mang Thít", "Vũng Liêm", "Tam Bình", "Bình Tân", "Long Hồ", "Bình Minh")
"""The districts and the town of the former province; its city has the name of the province."""
_PLACED = r"(?:riêng|của|cho|tại|ở|huyện|thị xã|giao|thì)"
_DISTRICT = re.compile(
    rf"\b{_PLACED} (?:(?:huyện|thị xã) )?({'|'.join(DISTRICTS)})\b"
    rf"|\b((?:thành phố|tp\.?) Vĩnh Long)\b",
    re.IGNORECASE,
)
_DISTRICT_GIVEN = re.compile(
    rf"(?:^|\b(?:huyện|thị xã) )({'|'.join(DISTRICTS)}) (?:được|phải|cần|giao|đạt|có|mình)\b", re.IGNORECASE
)
"""A district as the subject of its clause: "Vũng Liêm được giao riêng bao nhiêu phần trăm"."""
_CITY = "thành phố Vĩnh Long"
_FIGURE_ASKED = re.compile(
    r"\b(?:riêng|bao nhiêu|mấy|nhiêu|phần trăm|mức|chỉ tiêu|tỷ lệ|mục tiêu)\b", re.IGNORECASE
)
_SELF = re.compile(
    r"\b(?:tôi|tui|em|mình|nhà|cháu|con|bà con|ba má|trường|cơ quan|phòng|chỗ)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[^,;.?!\n]+")
_EACH = re.compile(
    r"(?<!tới )(?<!đến )(?<!về )\b(?:phân theo|chia theo|theo từng|của từng|từng)"
    r" (?:từng )?(?:huyện|xã|địa phương|trường|bệnh viện)\b",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\briêng (?:trường|xã|phường|bệnh viện|trạm y tế|cơ quan|công ty|ấp|khóm) (?:này|đó|tôi|mình|em|tui)\b",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    r"([\w ]{2,30}) chiếm (?:bao nhiêu|mấy|nhiêu)\b.*\btrong (?:số|tổng số)\b", re.IGNORECASE
)
_OF_THEM = re.compile(
    r"\b(?:trong (?:số|tổng số|đó|\d[\d.]*)|(?<!mại )(?<!hội )(?<!tế )(?<!ký )(?<!quyền )(?<!đổi )(?<!nghệ )"
    r"số đó)\b"
    r".*?\b(?:bao nhiêu|mấy|nhiêu)\b(?: \w+){0,2}?"
    r" (?:là|đạt|thuộc|làm|có|ở|từ|được)\b(.*)$",
    re.IGNORECASE,
)
_RESERVED = re.compile(
    r"\b(?:(?:dành riêng|dành|chia riêng) cho|trong (?:số )?\d[\w ,.]*?\briêng|chia ra) ([\w ]{3,40}?)"
    r" (?:là |được |thì |có |chiếm |phân bổ |chia |được phân bổ )?(?:bao nhiêu|mấy|nhiêu)\b",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"\b(?:kể tên|nêu tên|cho xin tên|xin tên|tên từng|tên của từng|tên gì|tên mấy"
    r"|tên(?: \w+){0,4}? là gì|danh sách"
    r"|là (?:những |các |mấy )?(?:công ty|doanh nghiệp|sản phẩm|xã|phường|trường|người|những ai) nào|ghi tên"
    r"|gồm (?:công ty|doanh nghiệp|sản phẩm) nào)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\blà (phường|xã|huyện|trường|doanh nghiệp|sản phẩm) nào\b", re.IGNORECASE)
_OFFICES = re.compile(
    r"\b(?:cơ quan|sở|ban|ngành|đơn vị|chỉ tiêu|nhiệm vụ|văn bản|kế hoạch|chương trình)\b", re.IGNORECASE
)
_WHOLE = frozenset({Field.LEAD, Field.COORDINATOR, Field.BASIS, Field.NOTE})
"""Fields that belong to the whole row."""
_KNOWN = 0.5
_PART_NAME = re.compile(r"(?:^|\s)[+-] ([^:+]{3,30}):")


def part_asked(question: Question, indicator: Indicator) -> str | None:
    """What part of the value is asked that the record does not tell, in words; None when none is."""
    if question.row:
        return None
    if _asks_names(question, indicator):
        return "không nêu tên cụ thể"
    if question.field in _WHOLE and "why" not in question.asks:
        return None
    if "why" in question.asks:
        # What does not hold has no reason: it is corrected instead.
        return None if wrong_value(question, indicator) else "không nêu lý do"
    if "who" in question.asks:
        return None
    told = _told(indicator)
    if (place := _place(question.typed)) and fold(place).replace("thanh pho", "tp") not in told:
        return f"không tách riêng cho {place}"
    if _ONE.search(question.typed):
        return "không tách riêng cho từng nơi"
    if _EACH.search(question.typed) and "huyen" not in fold(indicator.target_raw or ""):
        return "không chia theo từng địa phương, đơn vị"
    if _share_of(question.typed, _valued(indicator)) and not names_part(question.typed, indicator):
        return "không chia nhỏ hơn nữa"
    return None


def names_part(typed: str, indicator: Indicator) -> bool:
    """True when a part of the value has a name that is asked: "+ cấp huyện: UBND tp Vĩnh Long, …"."""
    names = [fold(name) for name in _PART_NAME.findall(indicator.target_raw or "")]
    return len(names) > 1 and any(name in fold(typed) for name in names)


def _told(indicator: Indicator) -> str:
    cells = (
        indicator.name,
        indicator.target_raw,
        indicator.lead_raw,
        indicator.coordinator_raw,
        indicator.note_raw,
    )
    return fold(" ".join(cell for cell in cells if cell))


def _valued(indicator: Indicator) -> str:
    return fold(" ".join(cell for cell in (indicator.target_raw, indicator.note_raw) if cell))


def _place(typed: str) -> str | None:
    """The district that the question is about; where somebody lives is not."""
    for clause in _CLAUSE.finditer(typed):
        asked = _FIGURE_ASKED.search(clause[0])
        found = (_DISTRICT.search(clause[0]) or _DISTRICT_GIVEN.search(clause[0].strip())) if asked else None
        if found and not _SELF.search(clause[0][: found.start()]):
            return found[1] or _CITY
    return None


def _share_of(typed: str, told: str) -> bool:
    """True for "trong 800 lượt đó bao nhiêu là phụ nữ": a part by words that the value does not have."""
    found = _OF_THEM.search(typed) or _SHARE_OF.search(typed) or _RESERVED.search(typed)
    words = [word for word in syllables(fold(found[1])) if len(word) > 1] if found else []
    held = set(syllables(told))
    return bool(words) and sum(word in held for word in words) / len(words) < _KNOWN


def asks_names(typed: str) -> bool:
    """True when names are asked of what is only counted; agencies and records have theirs."""
    named = _NAMES.search(typed)
    return named is not None and _OFFICES.search(typed[named.start() : named.end() + 12]) is None


def _asks_names(question: Question, indicator: Indicator) -> bool:
    """True when names are asked of a row that holds only a number."""
    if not asks_names(question.typed):
        return False
    one = len(indicator.targets) == 1 and indicator.targets[0].value is not None
    counted = _COUNTED.search(question.typed)
    return one or bool(counted and re.search(rf"\d+ {counted[1]}\b", indicator.target_raw or ""))
