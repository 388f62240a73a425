"""Picking from a numbered menu by typing: "2", "số 2", "chọn hai", the words of a title, "cái thứ hai"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.channels.protocol import Offer
from trolyso.answer import Status
from vietnamese import clean, fold

_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_SPELLINGS = frozenset({*_WORDS, "bẩy"})
_NUMBERS = {fold(word): number for number, word in enumerate(_WORDS, 1)}
_PLACES = {**_NUMBERS, "nhat": 1, "nhi": 2, "tu": 4}
_UNSURE = "sau"  # "six" without its accent, but also "after"

_NUMBER = rf"(?P<number>[0-9]{{1,3}}|{'|'.join(_NUMBERS)})"
_PLACE = rf"(?P<place>[0-9]{{1,3}}|{'|'.join(_PLACES)})"
_NAMED = r"(?:(?:lua chon|phuong an|cau hoi|cau|muc|y|so)\s+)"
_COUNTED = r"(?:(?:cai|chi tieu|ket qua|van ban|nhiem vu|lua chon|phuong an|cau hoi|cau|muc|y)\s+)"
_CALLED = r"(?:(?:da|vang|a|minh|toi|em|anh|chi|co|chu|bac)\s+)"
_WANTED = r"(?:(?:cho|xin|muon|tra loi|chon|lay|bam|nhan|xem|hoi|giup)\s+)"
_ASKING = rf"(?P<called>{_CALLED}*)(?P<wanted>(?:{_WANTED}{_CALLED}*)*)"
_POLITE = r"(?:\s+(?:nhe|nha|nghe|a|di|thoi|voi|giup|minh|toi|em|anh|chi|ban|luon|day|do))*"
_PICK = re.compile(rf"{_ASKING}(?P<named>{_NAMED}*){_NUMBER}{_POLITE}")
_ORDINAL = re.compile(
    rf"{_ASKING}(?:{_COUNTED}?(?:thu\s+{_PLACE}|(?P<first>dau tien|dau)|(?P<last>cuoi cung|cuoi))"
    rf"|cai\s+(?:so\s+)?(?P<counted>[0-9]{{1,3}}|{'|'.join(_NUMBERS)})){_POLITE}"
)
_EDGES = " \t.,;!?…()[]\"'-–*#"


def chosen(menu: Sequence[Offer], status: Status, typed: str) -> Offer | None:
    """The offer that a message picks, None when it is a question of its own.

    `status` is that of the answer with the menu. Places ("cái thứ hai", "cái đầu tiên") pick only where the
    assistant asked back: behind a list they mean its rows. A number that the menu lacks picks nothing.
    """
    words = _bare(typed)
    folded = fold(words)
    if not menu or not folded:
        return None
    number = _number(folded, words)
    if number is None and status is Status.CLARIFY:
        number = _place(folded, menu)
    numbered = next((offer for offer in menu if offer.number == number), None)
    return numbered or _titled(menu, folded)


def _bare(text: str) -> str:
    """Lower-case words with single blanks, without signs around them."""
    return " ".join(clean(text).replace(":", " ").strip(_EDGES).lower().split())


def _number(folded: str, words: str) -> int | None:
    match = _PICK.fullmatch(folded)
    if match is None:
        return None
    told = match["number"]
    if told.isdigit():
        return int(told)
    # Another word may only look like a number without its accents ("bà", "mốt", "nấm").
    written = words[match.start("number") : match.end("number")]
    if written not in _SPELLINGS and not written.isascii():
        return None
    # Alone, "chị hai" calls someone, and "sau" asks for what comes next.
    alone = not match["wanted"] and not match["named"]
    if alone and (match["called"] or written == _UNSURE):
        return None
    return _NUMBERS[told]


def _place(folded: str, menu: Sequence[Offer]) -> int | None:
    match = _ORDINAL.fullmatch(folded)
    if match is None:
        return None
    if match["first"]:
        return menu[0].number
    if match["last"]:
        return menu[-1].number
    told = match["place"] or match["counted"]
    at = int(told) if told.isdigit() else _PLACES[told]
    if match["counted"] or any(offer.number == at for offer in menu):
        return at
    return menu[at - 1].number if 0 < at <= len(menu) else None


def _titled(menu: Sequence[Offer], folded: str) -> Offer | None:
    found = [offer for offer in menu if fold(_bare(offer.title)) == folded]
    return found[0] if len(found) == 1 else None
