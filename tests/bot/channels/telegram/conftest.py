from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.fake import FakeTelegram, private
from bot.channels.telegram.fake.world import LAN
from bot.fakes import LoopbackServer
from tests.bot.channels.telegram.helpers import FAMILY, Shelf, channel


@pytest.fixture
def fake() -> FakeTelegram:
    """The emulated Bot API; Lan and her group are known to the bot."""
    api = FakeTelegram()
    api.world.chats.update({LAN["id"]: private(LAN), FAMILY["id"]: FAMILY})
    return api


@pytest.fixture
def api(fake: FakeTelegram) -> Iterator[str]:
    with LoopbackServer(fake) as server:
        yield server.url


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
async def telegram(fake: FakeTelegram, api: str, shelf: Shelf) -> AsyncIterator[TelegramChannel]:
    found = channel(api, fake.world.token, shelf=shelf)
    yield found
    await found.aclose()
