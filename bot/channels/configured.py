"""The channels that are switched on. A platform's library is loaded only when its channel has a token."""

from __future__ import annotations

from bot.channels.protocol import Channel, Fetch
from trolyso.settings import Settings


def configured(settings: Settings, fetch: Fetch) -> tuple[Channel, ...]:
    """The channels that have a token; `fetch` reads the pictures and files that they send."""
    found: list[Channel] = []
    site = settings.public_url.rstrip("/")
    if token := settings.telegram_token.get_secret_value():
        from bot.channels.telegram import TelegramChannel

        secret = settings.telegram_webhook_secret.get_secret_value()
        found.append(
            TelegramChannel(
                token, settings.telegram_base_url, secret, settings.telegram_mode, site=site, fetch=fetch
            )
        )
    if token := settings.zalo_token.get_secret_value():
        from bot.channels.zalo import ZaloChannel

        secret = settings.zalo_webhook_secret.get_secret_value()
        found.append(ZaloChannel(token, settings.zalo_base_url, secret, settings.zalo_mode, site=site))
    return tuple(found)
