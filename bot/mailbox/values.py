"""What callers of the mailbox get and give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.channels.protocol import Offer, Parcel, Place
from trolyso.answer import Status

OFFERS_LAST = timedelta(days=7)  # after this a button or a number of a menu means nothing any more


class ParcelState(StrEnum):
    """Where a parcel stands."""

    WAITING = "waiting"
    SENDING = "sending"  # its call was begun; found so after a crash, its outcome is unknown
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Menu:
    """The suggestions of an answer as they were offered, and how that answer ended."""

    status: Status
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class StoredParcel:
    """A parcel that is not sent yet.

    `key` is that of the message it belongs to. `attempts` counts the calls that were begun, `repeats` those
    of them that followed an unknown outcome. It is due at `not_before`, at first the moment it was stored.
    """

    id: int
    key: str
    place: Place
    parcel: Parcel
    state: ParcelState
    attempts: int
    repeats: int
    created: datetime
    not_before: datetime


@dataclass(frozen=True, slots=True)
class ChannelCounts:
    """One channel: what waits now, and what became of the parcels of the last seven days."""

    messages: int = 0
    parcels: int = 0
    sent: int = 0
    repeated: int = 0
    dead: int = 0


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """`ChannelCounts` by the name of the channel; a channel without any traffic may be missing."""

    channels: dict[str, ChannelCounts]

    def of(self, channel: str) -> ChannelCounts:
        """The counts of a channel, all zero when there is nothing."""
        return self.channels.get(channel, ChannelCounts())
