"""A stand-in for Zalo's Bot API on a real socket, for tests and for working without a bot.

with LoopbackServer(FakeZalo()) as server:
    channel = ZaloChannel(TOKEN, server.url, SECRET, Mode.POLLING, site="")
"""

from bot.channels.zalo.fake.courier import Courier, Undelivered
from bot.channels.zalo.fake.mishaps import Call, Mishap, Script, Trouble, smooth, sometimes
from bot.channels.zalo.fake.objects import Person, Update, image, sticker, text, unsupported, voice
from bot.channels.zalo.fake.server import TOKEN, FakeZalo, Webhook

__all__ = [
    "TOKEN",
    "Call",
    "Courier",
    "FakeZalo",
    "Mishap",
    "Person",
    "Script",
    "Trouble",
    "Undelivered",
    "Update",
    "Webhook",
    "image",
    "smooth",
    "sometimes",
    "sticker",
    "text",
    "unsupported",
    "voice",
]
