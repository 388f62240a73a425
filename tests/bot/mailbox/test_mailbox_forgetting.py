"""What is deleted is in no file any more, SQLite's log among them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.channels.protocol import IncomingMessage, Kind, Offer, Parcel, ParcelKind, Place
from bot.mailbox import Mailbox, Menu
from trolyso.answer import Status


def _held(folder: Path, *words: bytes) -> list[bytes]:
    files = b"".join(path.read_bytes() for path in folder.iterdir())
    return [word for word in words if word in files]


def test_what_was_forgotten_is_in_no_file_any_more(tmp_path: Path) -> None:
    words = (b"the question", b"the answer", b"the title")
    with Mailbox.open(f"sqlite:///{tmp_path / 'people.sqlite3'}") as mailbox:
        place = Place("telegram", "1", "1")
        now = datetime.now(UTC)
        mailbox.receive(IncomingMessage("k", 1, place, Kind.TEXT, "the question"))
        offers = (Offer("o", 1, "the title", "x"),)
        mailbox.answer("k", [Parcel(ParcelKind.TEXT, "the answer")], Menu(Status.ANSWERED, offers), now)
        stored = mailbox.next_parcel(place.conversation)
        assert stored
        mailbox.sending(stored.id)
        mailbox.sent(stored.id)
        assert _held(tmp_path, *words)

        mailbox.forget(place.conversation)

        assert _held(tmp_path, *words) == []


def test_housekeeping_clears_the_log(tmp_path: Path) -> None:
    with Mailbox.open(f"sqlite:///{tmp_path / 'people.sqlite3'}") as mailbox:
        place = Place("telegram", "1", "1")
        old = datetime.now(UTC) - timedelta(days=31)
        mailbox.receive(IncomingMessage("k", 1, place, Kind.TEXT, "the question"))
        mailbox.answer("k", [], Menu(Status.ANSWERED, (Offer("o", 1, "the title", "x"),)), old)

        mailbox.purge(datetime.now(UTC) - timedelta(days=30))

        assert _held(tmp_path, b"the question", b"the title") == []
