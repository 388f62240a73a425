"""Between the values that callers see and the rows of the tables."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.channels.protocol import IncomingMessage, Offer, Parcel, Place
from bot.mailbox.models import MenuRow, MessageRow, OfferRow, ParcelRow
from bot.mailbox.values import Menu, ParcelState, StoredParcel

_LARGEST = 2**63 - 1  # what a column of numbers holds; no platform counts as far


def message_row(message: IncomingMessage, now: datetime) -> MessageRow:
    """The row of a message that has just come."""
    return MessageRow(
        key=message.key,
        channel=message.place.channel,
        conversation=message.place.conversation,
        position=max(-_LARGEST, min(message.order, _LARGEST)),
        content=message.to_json(),
        created=now,
        ended=None,
    )


def message(row: MessageRow) -> IncomingMessage:
    """The message of an open row."""
    return IncomingMessage.from_json(_held(row.content))


def parcel_row(of: IncomingMessage, parcel: Parcel, now: datetime) -> ParcelRow:
    """The row of a parcel that is to be sent at once."""
    return ParcelRow(
        key=of.key,
        channel=of.place.channel,
        conversation=of.place.conversation,
        place=asdict(of.place),
        content=parcel.to_json(),
        state=ParcelState.WAITING,
        attempts=0,
        repeats=0,
        created=now,
        not_before=now,
        ended=None,
        reason="",
    )


def stored_parcel(row: ParcelRow) -> StoredParcel:
    """The parcel of an open row."""
    return StoredParcel(
        id=row.id,
        key=row.key,
        place=Place(**_held(row.place)),
        parcel=Parcel.from_json(_held(row.content)),
        state=row.state,
        attempts=row.attempts,
        repeats=row.repeats,
        created=row.created,
        not_before=row.not_before,
    )


def dead_row(row: ParcelRow, reason: str, now: datetime) -> ParcelRow:
    """What is to be counted of a parcel whose row another one takes."""
    return ParcelRow(
        key=row.key,
        channel=row.channel,
        conversation=None,
        place=None,
        content=None,
        state=ParcelState.DEAD,
        attempts=row.attempts,
        repeats=row.repeats,
        created=row.created,
        not_before=row.not_before,
        ended=now,
        reason=reason,
    )


def refill(row: ParcelRow, parcel: Parcel, now: datetime) -> None:
    """Put another parcel into an open row, as if it had just been stored there."""
    row.content = parcel.to_json()
    row.state = ParcelState.WAITING
    row.attempts = row.repeats = 0
    row.created = row.not_before = now


def menu_row(conversation: str, menu: Menu, now: datetime) -> MenuRow:
    """The rows of a menu and of its offers."""
    offers = [OfferRow(**asdict(offer)) for offer in menu.offers]
    return MenuRow(conversation=conversation, status=menu.status, created=now, offers=offers)


def menu(row: MenuRow) -> Menu:
    """The menu of a row."""
    return Menu(row.status, tuple(map(offer, row.offers)))


def offer(row: OfferRow) -> Offer:
    """The offer of a row."""
    return Offer(row.id, row.number, row.title, row.message)


def _held(content: dict[str, Any] | None) -> dict[str, Any]:
    if content is None:
        raise ValueError("a row that has ended holds nothing")
    return content
