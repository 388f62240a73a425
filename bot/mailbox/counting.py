"""The counts of the queue, put together from one statement for each kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime

from sqlalchemy.orm import Session

from bot.mailbox import queries
from bot.mailbox.values import ChannelCounts, ParcelState, QueueCounts

_NAMES = {ParcelState.SENT: "sent", ParcelState.DEAD: "dead"}


def counts(session: Session, since: datetime) -> QueueCounts:
    """What waits now, and what has ended since then; a repetition counts where its parcel does."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for channel, messages in session.execute(queries.open_messages()):
        found[channel]["messages"] += messages
    for channel, parcels, repeats in session.execute(queries.open_parcels()):
        found[channel].update(parcels=parcels, repeated=repeats)
    for channel, state, ended, repeats in session.execute(queries.ended_parcels(since)):
        found[channel].update({_NAMES[state]: ended, "repeated": repeats})
    return QueueCounts({channel: ChannelCounts(**found[channel]) for channel in sorted(found)})
