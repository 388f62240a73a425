"""What people entrust to the authorities: a ticket, its code, its field and its state."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

#: No letter or digit that is mistaken for another, and none that a Vietnamese keyboard turns into an
#: accent (vowels, W, D): a code survives being read out, copied by hand and typed with Telex or VNI.
ALPHABET = "CFGHJKMNPQRTVX34679"
_GROUP = 4
_CODE = re.compile(
    rf"(?<![0-9A-Z])([{ALPHABET}]{{{_GROUP}}})[\s.\-–—]?([{ALPHABET}]{{{_GROUP}}})(?![0-9A-Z])"
)


class Topic(StrEnum):
    """The field that a ticket belongs to, in the order in which it is offered."""

    PUBLIC_SERVICE = "public_service"
    CONNECTION = "connection"
    ONLINE_SAFETY = "online_safety"
    HEALTH = "health"
    EDUCATION = "education"
    FARMING = "farming"
    ASSISTANT = "assistant"
    OTHER = "other"


class TicketStatus(StrEnum):
    """How far a ticket has come."""

    NEW = "new"
    ANSWERED = "answered"
    CLOSED = "closed"


TOPIC_NAMES = {
    Topic.PUBLIC_SERVICE: "Dịch vụ công, một cửa",
    Topic.CONNECTION: "Kết nối: sóng, mạng, cáp quang",
    Topic.ONLINE_SAFETY: "Thanh toán, lừa đảo trên mạng",
    Topic.HEALTH: "Y tế",
    Topic.EDUCATION: "Giáo dục",
    Topic.FARMING: "Nông nghiệp, OCOP",
    Topic.ASSISTANT: "Trợ lý này",
    Topic.OTHER: "Chuyện khác",
}
STATUS_NAMES = {
    TicketStatus.NEW: "mới tiếp nhận",
    TicketStatus.ANSWERED: "đã có trả lời",
    TicketStatus.CLOSED: "đã đóng",
}


@dataclass(frozen=True, slots=True)
class NewTicket:
    """What a person sends. Raises `ValueError` for a place or a contact without consent to keep them."""

    text: str
    topic: Topic
    consented: bool = False
    place: str = ""
    contact: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a ticket has a text")
        if (self.place or self.contact) and not self.consented:
            raise ValueError("place and contact are kept with consent only")


@dataclass(frozen=True, slots=True)
class TicketReply:
    """What staff answered, and when (UTC)."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as it is kept. `created` is in UTC; `place` and `contact` are empty without consent."""

    code: str
    created: datetime
    status: TicketStatus
    topic: Topic
    text: str
    consented: bool
    place: str
    contact: str
    replies: tuple[TicketReply, ...] = ()


def new_code() -> str:
    """A code that nobody can guess, with letters and digits: ``K7QM-3XTH``."""
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _ in range(2 * _GROUP))
        if _is_mixed(drawn):
            return f"{drawn[:_GROUP]}-{drawn[_GROUP:]}"


def read_code(text: str) -> str | None:
    """The code that a text holds, in any case, with or without its dash; None when it holds none."""
    for hit in _CODE.finditer(text.upper()):
        if _is_mixed(hit[1] + hit[2]):
            return f"{hit[1]}-{hit[2]}"
    return None


def _is_mixed(drawn: str) -> bool:
    """True with at least two letters and one digit, so that neither a number nor a word is a code."""
    letters = sum(char.isalpha() for char in drawn)
    return 2 <= letters < len(drawn)
