"""Messages in, parcels out; written to the disk before a call returns."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import CursorResult
from sqlalchemy.orm import Session

from bot.channels.protocol import IncomingMessage, Offer, Parcel
from bot.mailbox import counting, mapping, queries
from bot.mailbox.errors import UnknownMessage, UnknownParcel, WrongState
from bot.mailbox.models import MessageRow, ParcelRow, SenderRow
from bot.mailbox.values import Menu, ParcelState, QueueCounts, StoredParcel
from knowledge.store.database import Database
from knowledge.store.migrate import Migrations

#: The tables may stand beside those of the people's database, hence a version of their own.
MIGRATIONS = Migrations(Path(__file__).parent / "migrations", "mailbox_version")
_COUNTED = timedelta(days=7)


class Mailbox(Database):
    """What was received and is not answered, what is to be sent, and what was offered.

    Safe to share between threads. A message goes from received to answered, its parcels from waiting over
    sending to sent or dead; each step is one transaction. Every method raises a `StoreError` when the
    database fails, and a `MailboxError`, which is one, where it says so.
    """

    _migrations = MIGRATIONS
    _irreplaceable = True

    # Messages

    def receive(self, message: IncomingMessage) -> bool:
        """Keep a message for good until it is answered; False when its key is known already."""
        with self._write() as session:
            if session.scalars(queries.message(message.key)).first() is not None:
                return False
            session.add(mapping.message_row(message, _now()))
            return True

    def waiting(self) -> tuple[str, ...]:
        """Conversations with an unanswered message or an unsent parcel, that of the oldest first."""
        with self._read() as session:
            return tuple(name for name in session.scalars(queries.waiting()) if name is not None)

    def next_message(self, conversation: str) -> IncomingMessage | None:
        """The unanswered message of the smallest order, of equal ones the first that arrived."""
        with self._read() as session:
            row = session.scalars(queries.next_message(conversation)).first()
            return None if row is None else mapping.message(row)

    def answer(self, key: str, parcels: Sequence[Parcel], menu: Menu | None, now: datetime) -> bool:
        """End a message: its text is gone, its parcels wait, and its menu, if any, is the current one.

        False when it was answered before: nothing is sent a second time. Raises `UnknownMessage`.
        """
        with self._write() as session:
            row = _message(session, key)
            if row.ended is not None:
                return False
            self._enclose(session, row, parcels, now)
            conversation = mapping.message(row).place.conversation
            if menu is not None:
                session.add(mapping.menu_row(conversation, menu, now))
            session.execute(queries.used(conversation, now))
            row.conversation, row.content, row.ended = None, None, now
            return True

    def enqueue(self, key: str, parcels: Sequence[Parcel]) -> bool:
        """Let parcels wait that come before the answer to a message.

        False when the answer is there already: they come too late. Raises `UnknownMessage`.
        """
        with self._write() as session:
            row = _message(session, key)
            if row.ended is None:
                self._enclose(session, row, parcels, _now())
            return row.ended is None

    # Parcels

    def next_parcel(self, conversation: str) -> StoredParcel | None:
        """The first parcel that is not sent, in the order in which they were given."""
        with self._read() as session:
            row = session.scalars(queries.next_parcel(conversation)).first()
            return None if row is None else mapping.stored_parcel(row)

    def sending(self, id: int) -> None:  # noqa: A002
        """The call is about to begin. Raises `UnknownParcel` or `WrongState`."""
        with self._write() as session:
            row = _parcel(session, id, ParcelState.SENDING, ParcelState.WAITING)
            row.attempts += 1

    def sent(self, id: int) -> None:  # noqa: A002
        """The call has succeeded. Raises `UnknownParcel` or `WrongState`."""
        with self._write() as session:
            _end(_parcel(session, id, ParcelState.SENT, ParcelState.SENDING))

    def later(self, id: int, until: datetime) -> None:  # noqa: A002
        """It was surely not delivered: it waits until then. Raises `UnknownParcel` or `WrongState`."""
        with self._write() as session:
            row = _parcel(session, id, ParcelState.WAITING, ParcelState.WAITING, ParcelState.SENDING)
            row.not_before = until

    def repeat(self, id: int) -> None:  # noqa: A002
        """The outcome of its call is unknown: it waits again. Raises `UnknownParcel` or `WrongState`."""
        with self._write() as session:
            row = _parcel(session, id, ParcelState.WAITING, ParcelState.SENDING)
            row.repeats += 1

    def bury(self, id: int, reason: str, instead: Parcel | None = None) -> None:  # noqa: A002
        """It will never be delivered; `reason` holds no person's words.

        With `instead`, that parcel takes its place in the order, and its id. Raises `UnknownParcel` or
        `WrongState`.
        """
        with self._write() as session:
            row = _parcel(session, id, ParcelState.DEAD, ParcelState.WAITING, ParcelState.SENDING)
            if instead is None:
                row.reason = reason
                _end(row)
            else:
                session.add(mapping.dead_row(row, reason, _now()))
                mapping.refill(row, instead, _now())

    # Conversations

    def offer(self, conversation: str, offer_id: str, now: datetime) -> Offer | None:
        """An offer by its id; None when it is unknown, expired or of another conversation."""
        with self._read() as session:
            row = session.scalars(queries.offer(conversation, offer_id, now)).first()
            return None if row is None else mapping.offer(row)

    def menu(self, conversation: str, now: datetime) -> Menu | None:
        """The newest menu; None when there is none or it has expired."""
        with self._read() as session:
            row = session.scalars(queries.menu(conversation, now)).first()
            return None if row is None else mapping.menu(row)

    def sender(self, conversation: str) -> str:
        """The random name by which Rasa knows a conversation; made when there is none."""
        with self._read() as session:
            row = session.get(SenderRow, conversation)
            if row is not None:
                return row.name
        with self._write() as session:
            row = session.get(SenderRow, conversation)
            if row is None:
                name = f"chat-{secrets.token_urlsafe(16)}"
                row = SenderRow(conversation=conversation, name=name, used=_now())
                session.add(row)
            return row.name

    def forget(self, conversation: str) -> None:
        """Delete what was offered in a conversation, and its name: the next one is a stranger's.

        Messages without an answer and parcels that are not sent stay until they are done, which empties
        them; of what is done nothing is left but the keys.
        """
        with self._write() as session:
            for statement in queries.forgotten(conversation):
                session.execute(statement)
        self._clear_log()

    # The state of the mailbox

    def counts(self) -> QueueCounts:
        """What waits, and what became of the parcels of the last seven days."""
        with self._read() as session:
            return counting.counts(session, _now() - _COUNTED)

    def purge(self, before: datetime) -> int:
        """Delete what ended before a moment, offers too old to be taken, and the names of conversations
        that were not answered since; how many rows that were. Nothing is deleted that is still to be done.

        A key that is deleted is not known any more: keep them for longer than a platform redelivers.
        """
        with self._write() as session:
            done = [session.execute(statement) for statement in queries.outdated(before, _now())]
            deleted = sum(result.rowcount for result in done if isinstance(result, CursorResult))
        self._clear_log()
        return deleted

    @staticmethod
    def _enclose(session: Session, row: MessageRow, parcels: Sequence[Parcel], now: datetime) -> None:
        message = mapping.message(row)
        session.add_all(mapping.parcel_row(message, parcel, now) for parcel in parcels)


def _message(session: Session, key: str) -> MessageRow:
    row = session.scalars(queries.message(key)).first()
    if row is None:
        raise UnknownMessage()
    return row


def _parcel(session: Session, id_: int, to: ParcelState, *allowed: ParcelState) -> ParcelRow:
    """Put a parcel into the state `to`, which it can only reach from the `allowed` ones."""
    row = session.get(ParcelRow, id_)
    if row is None:
        raise UnknownParcel(id_)
    if row.state not in allowed:
        raise WrongState(id_, row.state, to)
    row.state = to
    return row


def _end(row: ParcelRow) -> None:
    row.conversation, row.place, row.content, row.ended = None, None, None, _now()


def _now() -> datetime:
    return datetime.now(UTC)
