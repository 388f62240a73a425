"""A Bot API server of our own, for tests and for trying the bot without a network.

Serve a `FakeTelegram` with `bot.fakes.LoopbackServer`, let people `write` and `tap`, and look at what was
`sent` to them. A `mishap` decides for each call whether it goes wrong, and a `Courier` brings updates to the
webhook, with duplicates and out of order when wanted.
"""

from bot.channels.telegram.fake.courier import Courier
from bot.channels.telegram.fake.forms import Upload
from bot.channels.telegram.fake.mishaps import (
    Call,
    Cut,
    Hang,
    Mishap,
    Said,
    Trouble,
    flood,
    page,
    refusal,
    unlucky,
)
from bot.channels.telegram.fake.objects import group, private, user
from bot.channels.telegram.fake.server import FakeTelegram
from bot.channels.telegram.fake.world import Sent, World

__all__ = [
    "Call",
    "Courier",
    "Cut",
    "FakeTelegram",
    "Hang",
    "Mishap",
    "Said",
    "Sent",
    "Trouble",
    "Upload",
    "World",
    "flood",
    "group",
    "page",
    "private",
    "refusal",
    "unlucky",
    "user",
]
