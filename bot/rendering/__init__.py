"""One answer in the forms of the channels: pure functions from an `Answer` to text or parcels.

The web has its templates and its script; here are the terminal, Telegram and Zalo.
"""

from bot.citing import full_address
from bot.rendering.numbering import numbers_of
from bot.rendering.terminal import (
    pick,
    to_text,
)

__all__ = ["full_address", "numbers_of", "pick", "to_text"]
