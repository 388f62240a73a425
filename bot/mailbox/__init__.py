"""What the gateway owes to people on messaging platforms, kept in a database until it is done."""

from __future__ import annotations

from bot.mailbox.errors import MailboxError, UnknownMessage, UnknownParcel, WrongState
from bot.mailbox.mailbox import Mailbox
from bot.mailbox.values import OFFERS_LAST, ChannelCounts, Menu, ParcelState, QueueCounts, StoredParcel

__all__ = [
    "OFFERS_LAST",
    "ChannelCounts",
    "Mailbox",
    "MailboxError",
    "Menu",
    "ParcelState",
    "QueueCounts",
    "StoredParcel",
    "UnknownMessage",
    "UnknownParcel",
    "WrongState",
]
