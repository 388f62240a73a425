"""The tables of the mailbox. Nothing outside this package sees these classes.

A row that is open (`ended` is null) holds all that is owed. Once it has ended it holds nothing of a person
any more: a message only its key, so that it is never taken twice, a parcel only what is counted.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Dialect, ForeignKey, Index, Integer, MetaData, String, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from bot.mailbox.values import ParcelState
from knowledge.store.columns import PlainText, UtcDateTime, enum_type
from knowledge.store.models import Base
from trolyso.answer import Status

_ID = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers only this type by itself
_OPEN = text("ended IS NULL")


class Packed(TypeDecorator[dict[str, Any]]):
    """JSON in ASCII, so that any text of a platform comes back as it was, zero bytes and half pairs too."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> str | None:
        """Pack."""
        return None if value is None else json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Any] | None:
        """Unpack."""
        return None if value is None else json.loads(value)


class MailBase(DeclarativeBase):
    """The tables of the mailbox; names of constraints follow those of the records."""

    metadata = MetaData(naming_convention=Base.metadata.naming_convention)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: PlainText,
        datetime: UtcDateTime,
        dict[str, Any]: Packed,
    }


class MessageRow(MailBase):
    """`IncomingMessage`, in `content` until it is answered. `position` is its order, `id` that of arrival."""

    __tablename__ = "mail_messages"
    __table_args__ = (
        Index(
            "ix_mail_messages_open",
            "conversation",
            "position",
            "id",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_mail_messages_ended", "ended"),
    )

    id: Mapped[int] = mapped_column(_ID, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]
    conversation: Mapped[str | None]
    position: Mapped[int] = mapped_column(BigInteger)
    content: Mapped[dict[str, Any] | None]
    created: Mapped[datetime]
    ended: Mapped[datetime | None]


class ParcelRow(MailBase):
    """`StoredParcel`; `reason` says why it is dead, in words of ours."""

    __tablename__ = "mail_parcels"
    __table_args__ = (
        Index("ix_mail_parcels_open", "conversation", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        # Holds all that is counted, so that counting does not touch the rows.
        Index("ix_mail_parcels_ended", "ended", "channel", "state", "repeats"),
    )

    id: Mapped[int] = mapped_column(_ID, primary_key=True)
    key: Mapped[str]
    channel: Mapped[str]
    conversation: Mapped[str | None]
    place: Mapped[dict[str, Any] | None]
    content: Mapped[dict[str, Any] | None]
    state: Mapped[ParcelState] = mapped_column(enum_type(ParcelState, "state"))
    attempts: Mapped[int]
    repeats: Mapped[int]
    created: Mapped[datetime]
    not_before: Mapped[datetime]
    ended: Mapped[datetime | None]
    reason: Mapped[str]


class OfferRow(MailBase):
    """`Offer` of a menu."""

    __tablename__ = "mail_offers"
    __table_args__ = (Index("ix_mail_offers_menu_number", "menu", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    menu: Mapped[int] = mapped_column(ForeignKey("mail_menus.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str]
    message: Mapped[str]


class MenuRow(MailBase):
    """`Menu`; the newest of a conversation is its current one."""

    __tablename__ = "mail_menus"
    __table_args__ = (Index("ix_mail_menus_conversation_id", "conversation", "id"),)

    id: Mapped[int] = mapped_column(_ID, primary_key=True)
    conversation: Mapped[str]
    status: Mapped[Status] = mapped_column(enum_type(Status, "status"))
    created: Mapped[datetime] = mapped_column(index=True)
    offers: Mapped[list[OfferRow]] = relationship(
        order_by=OfferRow.number, cascade="all, delete-orphan", passive_deletes=True, lazy="selectin"
    )


class SenderRow(MailBase):
    """The random name by which Rasa knows a conversation, and when it was last answered."""

    __tablename__ = "mail_senders"

    conversation: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    used: Mapped[datetime] = mapped_column(index=True)
