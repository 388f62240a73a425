"""Tickets in, tickets out, one transaction a call; written to the disk before a call returns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.feedback import NewTicket, Ticket, TicketStatus, new_code
from knowledge.store.database import Database
from knowledge.store.errors import StoreError
from knowledge.store.migrate import Migrations
from knowledge.store.people.models import TicketReplyRow, TicketRow, ticket, ticket_row

#: The tables may share a PostgreSQL database with the records, hence a version of their own.
MIGRATIONS = Migrations(Path(__file__).parent / "migrations", "people_version")


class UnknownTicket(StoreError):
    """No ticket has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Không có phản ánh nào mang mã {code}.")


class PeopleStore(Database):
    """All tickets. Safe to share between threads and processes.

    Every method raises a `StoreError` when the database fails.
    """

    _migrations = MIGRATIONS
    _irreplaceable = True

    def add(self, new: NewTicket, draw: Callable[[], str] = new_code) -> Ticket:
        """Keep a ticket under a fresh code; it is on the disk when this returns."""
        with self._write() as session:
            code = draw()
            while session.get(TicketRow, code) is not None:
                code = draw()
            row = ticket_row(code, datetime.now(UTC), new)
            session.add(row)
            session.flush()
            return ticket(row)

    def ticket(self, code: str) -> Ticket | None:
        """One ticket by its exact code."""
        with self._read() as session:
            row = session.get(TicketRow, code)
            return None if row is None else ticket(row)

    def tickets(self, status: TicketStatus | None = None) -> tuple[Ticket, ...]:
        """All tickets or those of one status, newest first."""
        wanted = select(TicketRow).order_by(TicketRow.created.desc(), TicketRow.code)
        if status is not None:
            wanted = wanted.where(TicketRow.status == status)
        with self._read() as session:
            return tuple(map(ticket, session.scalars(wanted)))

    def reply(self, code: str, text: str) -> Ticket:
        """Add an answer of the staff; the ticket counts as answered. Raises `UnknownTicket`."""
        with self._write() as session:
            row = _found(session, code)
            row.replies.append(
                TicketReplyRow(position=len(row.replies), at=datetime.now(UTC), text=text.strip())
            )
            row.status = TicketStatus.ANSWERED
            session.flush()
            return ticket(row)

    def close_ticket(self, code: str) -> Ticket:
        """Nothing more is to be done about a ticket. Raises `UnknownTicket`."""
        with self._write() as session:
            row = _found(session, code)
            row.status = TicketStatus.CLOSED
            session.flush()
            return ticket(row)

    def delete(self, code: str) -> None:
        """Forget a ticket and its answers for good. Raises `UnknownTicket`."""
        with self._write() as session:
            session.delete(_found(session, code))


def _found(session: Session, code: str) -> TicketRow:
    row = session.get(TicketRow, code)
    if row is None:
        raise UnknownTicket(code)
    return row
