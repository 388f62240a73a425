"""The Telegram channel, over python-telegram-bot's `Bot`."""

from bot.channels.telegram.channel import TelegramChannel

__all__ = ["TelegramChannel"]
