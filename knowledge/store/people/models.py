"""The tables of tickets. Nothing outside this package sees these classes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from knowledge.feedback import NewTicket, Ticket, TicketReply, TicketStatus, Topic
from knowledge.store.columns import PlainText, UtcDateTime, enum_type
from knowledge.store.models import Base


class PeopleBase(DeclarativeBase):
    """The tables of people's words; names of constraints follow those of the records."""

    metadata = MetaData(naming_convention=Base.metadata.naming_convention)
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: PlainText, datetime: UtcDateTime}


class TicketReplyRow(PeopleBase):
    """`TicketReply`."""

    __tablename__ = "ticket_replies"

    code: Mapped[str] = mapped_column(ForeignKey("tickets.code", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    text: Mapped[str]


class TicketRow(PeopleBase):
    """`Ticket`."""

    __tablename__ = "tickets"

    code: Mapped[str] = mapped_column(primary_key=True)
    created: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[TicketStatus] = mapped_column(enum_type(TicketStatus, "status"))
    topic: Mapped[Topic] = mapped_column(enum_type(Topic, "topic"))
    text: Mapped[str]
    consented: Mapped[bool]
    place: Mapped[str]
    contact: Mapped[str]
    replies: Mapped[list[TicketReplyRow]] = relationship(
        order_by=TicketReplyRow.position, cascade="all, delete-orphan", passive_deletes=True, lazy="selectin"
    )


def ticket_row(code: str, created: datetime, new: NewTicket) -> TicketRow:
    """The row of a ticket that was just sent."""
    return TicketRow(
        code=code,
        created=created,
        status=TicketStatus.NEW,
        topic=new.topic,
        text=new.text,
        consented=new.consented,
        place=new.place,
        contact=new.contact,
        replies=[],
    )


def ticket(row: TicketRow) -> Ticket:
    """The value that callers get."""
    return Ticket(
        code=row.code,
        created=row.created,
        status=row.status,
        topic=row.topic,
        text=row.text,
        consented=row.consented,
        place=row.place,
        contact=row.contact,
        replies=tuple(TicketReply(reply.at, reply.text) for reply in row.replies),
    )
