"""Zalo's bot platform: its updates, its calls, and a stand-in for its server."""

from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.timing import Timing

__all__ = ["Timing", "ZaloChannel"]
