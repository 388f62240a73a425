"""What Telegram itself says of the bot and its webhook, for `trolyso channels`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from telegram import User, WebhookInfo
from telegram.error import InvalidToken

from bot.channels.protocol import Finding
from bot.channels.telegram.client import Client
from bot.channels.telegram.failures import FAILURES, send_error
from bot.channels.telegram.updates import COMMANDS
from bot.citing import day
from trolyso.settings import Mode


async def findings(client: Client, mode: Mode, webhook: str) -> AsyncIterator[Finding]:
    """Who the bot is, its menu, and how it gets its updates; `webhook` is where they should arrive."""
    try:
        yield _identity(await client.me())
        yield _menu(await client.commands())
        info = await client.webhook()
    except InvalidToken:
        yield Finding(False, "Telegram không nhận mã bot này: lấy lại mã ở @BotFather")
        return
    except FAILURES as error:
        yield Finding(False, f"Không hỏi được Telegram: {send_error(error)}")
        return
    for finding in _of_polling(info) if mode is Mode.POLLING else _of_webhook(info, webhook):
        yield finding


def _identity(me: User) -> Finding:
    groups = "được thêm vào nhóm" if me.can_join_groups else "không được thêm vào nhóm"
    return Finding(True, f"Telegram nhận mã bot: @{me.username} ({me.first_name}), {groups}")


def _menu(names: tuple[str, ...]) -> Finding:
    missing = [name for name, _ in COMMANDS if name not in names]
    if missing:
        return Finding(
            None, "Chưa có lệnh trong trình đơn của bot (sẽ đặt khi chạy): /" + ", /".join(missing)
        )
    return Finding(True, "Trình đơn của bot có đủ các lệnh")


def _of_polling(info: WebhookInfo) -> list[Finding]:
    if info.url:
        return [Finding(None, f"Telegram đang gọi webhook ở {_host(info.url)}: sẽ gỡ khi chạy polling")]
    return [_pending(info)]


def _of_webhook(info: WebhookInfo, webhook: str) -> list[Finding]:
    if info.url != webhook:
        now = f"đang ở {_host(info.url)}" if info.url else "chưa có"
        return [Finding(False, f"Webhook ở Telegram {now}, cần là {webhook}: sẽ đăng ký khi chạy")]
    found = [Finding(True, f"Telegram gọi webhook {info.url}"), _pending(info)]
    if info.last_error_message:
        when = f" ngày {day(info.last_error_date.date())}" if info.last_error_date else ""
        found.append(Finding(None, f"Lần gọi webhook không được gần nhất{when}: {info.last_error_message}"))
    return found


def _host(url: str) -> str:
    # No more of an address that is not ours: some put the token into it.
    return urlsplit(url).hostname or "một địa chỉ khác"


def _pending(info: WebhookInfo) -> Finding:
    return Finding(None, f"Tin nhắn Telegram còn giữ: {info.pending_update_count}")
