"""The statements of the mailbox; each is answered from an index."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Delete, Select, Update, delete, func, select, union_all, update

from bot.mailbox.models import MenuRow, MessageRow, OfferRow, ParcelRow, SenderRow
from bot.mailbox.values import OFFERS_LAST, ParcelState


def waiting() -> Select[str | None]:
    """Conversations with open messages or parcels, that of the oldest first."""
    rows = union_all(
        select(MessageRow.conversation, MessageRow.created).where(MessageRow.ended.is_(None)),
        select(ParcelRow.conversation, ParcelRow.created).where(ParcelRow.ended.is_(None)),
    ).subquery()
    oldest = func.min(rows.c.created)
    return select(rows.c.conversation).group_by(rows.c.conversation).order_by(oldest, rows.c.conversation)


def message(key: str) -> Select[MessageRow]:
    """The message of a key, open or ended."""
    return select(MessageRow).where(MessageRow.key == key)


def next_message(conversation: str) -> Select[MessageRow]:
    """The open message that is to be answered first."""
    mine = (MessageRow.conversation == conversation, MessageRow.ended.is_(None))
    return select(MessageRow).where(*mine).order_by(MessageRow.position, MessageRow.id).limit(1)


def next_parcel(conversation: str) -> Select[ParcelRow]:
    """The open parcel that is to be sent first."""
    mine = (ParcelRow.conversation == conversation, ParcelRow.ended.is_(None))
    return select(ParcelRow).where(*mine).order_by(ParcelRow.id).limit(1)


def offer(conversation: str, offer_id: str, now: datetime) -> Select[OfferRow]:
    """An offer of this conversation that has not expired."""
    mine = (OfferRow.id == offer_id, MenuRow.conversation == conversation)
    return select(OfferRow).join(MenuRow).where(*mine, MenuRow.created > now - OFFERS_LAST)


def menu(conversation: str, now: datetime) -> Select[MenuRow]:
    """The current menu of a conversation, unless it has expired."""
    mine = (MenuRow.conversation == conversation, MenuRow.created > now - OFFERS_LAST)
    return select(MenuRow).where(*mine).order_by(MenuRow.id.desc()).limit(1)


def used(conversation: str, now: datetime) -> Update:
    """Note that a conversation goes on."""
    return update(SenderRow).where(SenderRow.conversation == conversation).values(used=now)


def open_messages() -> Select[str, int]:
    """How many messages wait, by channel."""
    total = func.count()
    return select(MessageRow.channel, total).where(MessageRow.ended.is_(None)).group_by(MessageRow.channel)


def open_parcels() -> Select[str, int, int]:
    """How many parcels wait, by channel, and how often they were repeated."""
    totals = (func.count(), func.sum(ParcelRow.repeats))
    return select(ParcelRow.channel, *totals).where(ParcelRow.ended.is_(None)).group_by(ParcelRow.channel)


def ended_parcels(since: datetime) -> Select[str, ParcelState, int, int]:
    """How many parcels have ended since then, by channel and state, and how often they were repeated."""
    by = (ParcelRow.channel, ParcelRow.state)
    return (
        select(*by, func.count(), func.sum(ParcelRow.repeats)).where(ParcelRow.ended >= since).group_by(*by)
    )


def forgotten(conversation: str) -> tuple[Delete, ...]:
    """What is deleted when a conversation is forgotten."""
    return (
        delete(MenuRow).where(MenuRow.conversation == conversation),
        delete(SenderRow).where(SenderRow.conversation == conversation),
    )


def outdated(before: datetime, now: datetime) -> tuple[Delete, ...]:
    """What is deleted when everything is cleared away that ended before a moment."""
    busy = select(MessageRow.id).where(
        MessageRow.conversation == SenderRow.conversation, MessageRow.ended.is_(None)
    )
    return (
        delete(MessageRow).where(MessageRow.ended < before),
        delete(ParcelRow).where(ParcelRow.ended < before),
        delete(MenuRow).where(MenuRow.created < min(before, now - OFFERS_LAST)),
        delete(SenderRow).where(SenderRow.used < before, ~busy.exists()),
    )
