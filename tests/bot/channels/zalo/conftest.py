"""The emulated platform on a real socket, and the channel that talks to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from bot.channels.protocol import Place
from bot.channels.zalo import Timing, ZaloChannel
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.fake import TOKEN, FakeZalo
from bot.fakes import LoopbackServer
from trolyso.settings import Mode

SECRET = "s3cret-of-the-webhook"
SITE = "https://trolyso.example"
QUICK = Timing(hold=1, read=0.5, connect=0.5, first=0.01, longest=0.02, rest=0.0)
PLACE = Place("zalo", "6ede9afa66b88fe6d6a9", "6ede9afa66b88fe6d6a9")

MakeChannel = Callable[..., ZaloChannel]


@pytest.fixture
def fake() -> FakeZalo:
    return FakeZalo(hold=0.05)


@pytest.fixture
def server(fake: FakeZalo) -> Iterator[LoopbackServer]:
    with LoopbackServer(fake) as running:
        yield running


@pytest.fixture
async def client(server: LoopbackServer) -> AsyncIterator[ZaloClient]:
    opened = ZaloClient(TOKEN, server.url, QUICK)
    yield opened
    await opened.aclose()


@pytest.fixture
async def make(server: LoopbackServer) -> AsyncIterator[MakeChannel]:
    opened: list[ZaloChannel] = []

    def build(
        mode: Mode = Mode.POLLING, secret: str = SECRET, site: str = SITE, token: str = TOKEN
    ) -> ZaloChannel:
        opened.append(ZaloChannel(token, server.url, secret, mode, site, QUICK))
        return opened[-1]

    yield build
    for channel in opened:
        await channel.aclose()
