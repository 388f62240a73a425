"""Messages and parcels as channels give them."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.channels.protocol import Button, IncomingMessage, Kind, Offer, Parcel, ParcelKind, Place
from bot.mailbox import Mailbox, Menu, StoredParcel
from trolyso.answer import Status

NOW = datetime.now(UTC)
HOME = Place("telegram", "12", "12")
GROUP = Place("telegram", "-77", "12", thread="3", group=True)
ZALO = Place("zalo", "ab.cd", "ab.cd")


def message(
    key: str, order: int = 1, place: Place = HOME, text: str = "Xã Mỹ Thuận có mấy tổ công nghệ số?"
) -> IncomingMessage:
    return IncomingMessage(key, order, place, Kind.TEXT, text, message_id=f"m{key}", receipt="r")


def parcel(text: str = "Dạ, có 5 tổ.") -> Parcel:
    rows = ((Button("Xem thêm", "o1"), Button("Khác", "o2")), (Button("Thôi", "o3"),))
    return Parcel(ParcelKind.TEXT, text, rows=rows, reply_to="m1")


def picture() -> Parcel:
    return Parcel(ParcelKind.IMAGE, "Biểu đồ", url="/bieu-do/1.png", instead="Biểu đồ: https://x/1.png")


def menu(*ids: str, status: Status = Status.CLARIFY) -> Menu:
    return Menu(status, tuple(Offer(id_, n, f"Mục {n}", f"hỏi mục {n}") for n, id_ in enumerate(ids, 1)))


def first(mailbox: Mailbox, place: Place = HOME) -> StoredParcel:
    stored = mailbox.next_parcel(place.conversation)
    assert stored is not None
    return stored


def deliver(mailbox: Mailbox, place: Place = HOME) -> list[str]:
    """Send everything that waits in a conversation; the texts in the order of sending."""
    texts = []
    while (stored := mailbox.next_parcel(place.conversation)) is not None:
        mailbox.sending(stored.id)
        mailbox.sent(stored.id)
        texts.append(stored.parcel.text)
    return texts
