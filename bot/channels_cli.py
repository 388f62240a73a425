"""``trolyso channels``: what is set for Telegram and Zalo, whether the platforms agree, and what waits."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.channels.checkup import Setup
    from bot.channels.protocol import Blob, Channel, Finding
    from bot.mailbox import ChannelCounts, QueueCounts
    from trolyso.settings import Settings

PATIENCE = 10.0  # seconds for one platform
_SIGNS = {True: "✓", False: "✗", None: "•"}

Json = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]


@dataclass(frozen=True, slots=True)
class Checkup:
    """One channel: its settings, what was found (nothing when it is off), and its queue if that was read."""

    setup: Setup
    findings: tuple[Finding, ...]
    queue: ChannelCounts | None

    @property
    def good(self) -> bool:
        """False when something has to be mended."""
        return all(finding.good is not False for finding in self.findings)


def channels(as_json: Json = False) -> None:
    """Kiểm tra kênh Telegram và Zalo: thiết lập, mã bot, webhook, tin đang chờ."""
    from bot import secrecy
    from trolyso.settings import settings

    redact = secrecy.install(settings())
    checkups = asyncio.run(check(settings(), PATIENCE))
    if as_json:
        print(redact(json.dumps([_payload(each) for each in checkups], ensure_ascii=False, indent=2)))
    else:
        print(redact("\n".join(line for each in checkups for line in _lines(each))))
    if not all(each.good for each in checkups):
        raise typer.Exit(1)


async def check(settings: Settings, patience: float) -> tuple[Checkup, ...]:
    """Every channel, on or off; each platform is given `patience` seconds, all at the same time."""
    from bot.channels.checkup import findings, setups
    from bot.channels.configured import configured

    everything = setups(settings)
    askable = {setup.name for setup in everything if setup.askable}
    live = [channel for channel in configured(settings, _nothing) if channel.name in askable]
    told = await asyncio.gather(*(_asked(channel, patience) for channel in live))
    answers = {channel.name: answer for channel, answer in zip(live, told, strict=True)}
    queues, unread = await asyncio.to_thread(_queues, settings) if live else (None, ())
    return tuple(
        Checkup(
            setup,
            (*findings(setup), *answers.get(setup.name, ()), *unread) if setup.on else (),
            queues.of(setup.name) if queues and setup.on else None,
        )
        for setup in everything
    )


async def _asked(channel: Channel, patience: float) -> tuple[Finding, ...]:
    from bot.channels.protocol import Finding

    try:
        async with asyncio.timeout(patience):
            return await channel.inspect()
    except TimeoutError:
        return (Finding(False, f"Máy chủ bot không trả lời trong {patience:g} giây"),)
    finally:
        await channel.aclose()


def _queues(settings: Settings) -> tuple[QueueCounts | None, tuple[Finding, ...]]:
    """What the mailbox counts, or the finding that it cannot be read."""
    from bot.channels.protocol import Finding
    from bot.mailbox import Mailbox
    from knowledge.store import StoreError

    try:
        with Mailbox.open(settings.people_url) as mailbox:
            return mailbox.counts(), ()
    except StoreError:
        return None, (Finding(False, "Không đọc được hộp thư: kiểm tra TROLYSO_PEOPLE_DATABASE_URL"),)


async def _nothing(_: str) -> Blob:
    raise OSError("a check-up sends no files")


def _lines(checkup: Checkup) -> Iterator[str]:
    setup = checkup.setup
    if not setup.on:
        yield f"{_SIGNS[None]} {setup.label}: đang tắt (chưa đặt {setup.variable('TOKEN')})"
        return
    yield f"{_SIGNS[checkup.good]} {setup.label}: đang bật"
    for finding in checkup.findings:
        yield f"  {_SIGNS[finding.good]} {finding.text}"
    if checkup.queue is not None:
        yield f"  {_SIGNS[None]} {_counted(checkup.queue)}"


def _counted(queue: ChannelCounts) -> str:
    return (
        f"Hộp thư: {queue.messages} tin chờ trả lời, {queue.parcels} tin chờ gửi; trong 7 ngày qua: "
        f"{queue.sent} đã gửi, {queue.repeated} gửi lại, {queue.dead} không gửi được"
    )


def _payload(checkup: Checkup) -> dict[str, Any]:
    setup = checkup.setup
    return {
        "channel": setup.name,
        "on": setup.on,
        "mode": setup.mode,
        "good": checkup.good,
        "findings": [asdict(finding) for finding in checkup.findings],
        "queue": asdict(checkup.queue) if checkup.queue else None,
    }
