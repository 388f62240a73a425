"""What the tests of the Telegram channel share."""

from __future__ import annotations

import asyncio
import struct
import zlib
from collections.abc import Callable

from bot.channels.protocol import Blob, Button, IncomingMessage, Parcel, ParcelKind, Place
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.fake import group, user
from bot.channels.telegram.fake.objects import Json
from bot.channels.telegram.fake.world import LAN
from bot.channels.telegram.timing import Timing
from trolyso.settings import Mode

SECRET = "webhook-secret-0123456789"
QUICK = Timing(connect=1.0, answer=0.4, upload=0.6, poll=1, first_pause=0.01, longest_pause=0.05)
HUNG = user(7002, "Hùng")
FAMILY = group(-1001234567890, "Tổ dân phố 5")
HOME = Place("telegram", str(LAN["id"]), str(LAN["id"]))
IN_FAMILY = Place("telegram", str(FAMILY["id"]), str(LAN["id"]), group=True)


def png(width: int = 8, height: int = 8) -> bytes:
    """A picture that is one."""
    rows = b"".join(b"\x00" + b"\x20\x80\xff" * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


class Shelf:
    """The pictures and files of a site."""

    def __init__(self) -> None:
        self.blobs = {
            "/bieu-do/a.png": Blob("a.png", "image/png", png()),
            "/tai-ve/a.xlsx": Blob(
                "chỉ tiêu.xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                b"PK\x03\x04\r\n--x\r\n" + bytes(range(256)),
            ),
        }

    async def fetch(self, url: str) -> Blob:
        if url not in self.blobs:
            raise FileNotFoundError(url)
        return self.blobs[url]


def channel(
    url: str,
    token: str,
    mode: Mode = Mode.POLLING,
    site: str = "https://vinhlong.example",
    secret: str = SECRET,
    shelf: Shelf | None = None,
    timing: Timing = QUICK,
) -> TelegramChannel:
    return TelegramChannel(token, url, secret, mode, site=site, fetch=(shelf or Shelf()).fetch, timing=timing)


def text(words: str, rows: tuple[tuple[Button, ...], ...] = (), reply_to: str = "") -> Parcel:
    return Parcel(ParcelKind.TEXT, words, rows=rows, reply_to=reply_to)


def picture(
    caption: str = "Biểu đồ", url: str = "/bieu-do/a.png", instead: str = "Biểu đồ: liên kết"
) -> Parcel:
    return Parcel(ParcelKind.IMAGE, caption, url=url, instead=instead)


class Inbox:
    """Receives as a mailbox does; `fails` makes the next so many fail."""

    def __init__(self) -> None:
        self.messages: list[IncomingMessage] = []
        self.fails = 0

    async def receive(self, message: IncomingMessage) -> None:
        if self.fails:
            self.fails -= 1
            raise RuntimeError("the disk is full")
        self.messages.append(message)

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]


async def until(happens: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait for something that happens in another task or thread."""
    async with asyncio.timeout(seconds):
        while not happens():
            await asyncio.sleep(0.005)


def raw(content: Json, kind: str = "message", number: int = 5) -> Json:
    return {"update_id": number, kind: content}
