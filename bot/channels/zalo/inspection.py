"""The check-up of the bot: what Zalo itself says of it, in Vietnamese."""

from __future__ import annotations

from collections.abc import AsyncIterator

from bot.channels.protocol import Finding, SendError, TryLater
from bot.channels.zalo.answers import WRONG_TOKEN_PAUSE
from bot.channels.zalo.client import ZaloClient


async def inspect(client: ZaloClient, expected: str) -> tuple[Finding, ...]:
    """Who the bot is and where its updates go; `expected` is our webhook, empty when we ask for updates."""
    return tuple([finding async for finding in _findings(client, expected)])


async def _findings(client: ZaloClient, expected: str) -> AsyncIterator[Finding]:
    try:
        me = await client.me()
    except SendError as error:
        yield Finding(False, _told(error))
        return
    name, number = me.get("account_name") or "chưa có tên", me.get("id") or "không rõ"
    yield Finding(True, f"Zalo nhận mã bot: {name} (số hiệu {number})")
    if me.get("can_join_groups") is False:
        yield Finding(None, "Bot này chưa vào được nhóm, chỉ trò chuyện riêng")
    try:
        registered = await client.webhook()
    except SendError as error:
        yield Finding(False, _told(error))
    else:
        yield _webhook(registered, expected)


def _webhook(registered: str, expected: str) -> Finding:
    if registered == expected:
        goes = f"Zalo gửi tin tới {expected}" if expected else "Zalo chờ trợ lý hỏi tin (không có webhook)"
        return Finding(True, goes)
    if not expected:
        return Finding(False, f"Zalo còn gửi tin tới {registered}: khi chạy, trợ lý gỡ webhook này")
    if not registered:
        return Finding(False, "Zalo chưa có webhook: khi chạy, trợ lý sẽ đăng ký địa chỉ")
    return Finding(False, f"Zalo đang gửi tin tới {registered}, không phải {expected}")


def _told(error: SendError) -> str:
    if isinstance(error, TryLater) and error.after == WRONG_TOKEN_PAUSE:
        return "Zalo không nhận mã bot này: xem lại TROLYSO_ZALO_TOKEN và TROLYSO_ZALO_BASE_URL"
    return f"Không hỏi được Zalo ({error})"
