"""Keys under messages, and the mark on one that was pressed."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.channels.protocol import Button

TICK = "✓ "


def keyboard(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """Keys as Telegram wants them, None for none."""
    if not any(rows):
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(key.title, callback_data=key.offer) for key in row] for row in rows]
    )


def ticked(shown: InlineKeyboardMarkup, offer: str) -> InlineKeyboardMarkup | None:
    """The same keys with a tick before the one of `offer`; None when that changes nothing.

    All keys stay: a person who picked the wrong one, or turns back a page, presses another.
    """
    rows = [[_ticked(key, offer) for key in row] for row in shown.inline_keyboard]
    changed = InlineKeyboardMarkup(rows)
    return None if changed == shown else changed


class Keyboards:
    """The keys that taps came from, by their receipts, for a while.

    An update carries them, an `IncomingMessage` does not.
    """

    def __init__(self, remembered: int = 1024) -> None:
        self._remembered = remembered
        self._shown: dict[str, InlineKeyboardMarkup] = {}

    def remember(self, query: CallbackQuery) -> None:
        """Keep the keys under the message whose key was pressed."""
        message = query.message
        if isinstance(message, Message) and message.reply_markup is not None:
            while len(self._shown) >= self._remembered:
                self._shown.pop(next(iter(self._shown)))
            self._shown[query.id] = message.reply_markup

    def take(self, receipt: str) -> InlineKeyboardMarkup | None:
        """The keys of a tap, which are then forgotten; None after a restart."""
        return self._shown.pop(receipt, None)


def _ticked(key: InlineKeyboardButton, offer: str) -> InlineKeyboardButton:
    if key.callback_data != offer or key.text.startswith(TICK):
        return key
    return InlineKeyboardButton(TICK + key.text, callback_data=offer)
