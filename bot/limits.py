"""How much one person and one network address may ask in a minute."""

from __future__ import annotations

import ipaddress
import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

_IPV6_SITE = 64  # what one household or office gets: its last half can be changed at will


class Limit:
    """A bound on each of many callers; 0 a minute means no bound."""

    def __init__(self, per_minute: int) -> None:
        self._item = RateLimitItemPerMinute(per_minute) if per_minute else None
        # Its counters expire, unlike those of an exact moving window: memory stays flat under many names.
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def admit(self, caller: str) -> bool:
        """Count one more of `caller`; False when it is one too many."""
        return self._item is None or self._limiter.hit(self._item, caller)

    def wait(self, caller: str) -> int:
        """Whole seconds, at least 1, after which `caller` may try again."""
        if self._item is None:
            return 1
        reset = self._limiter.get_window_stats(self._item, caller).reset_time
        return max(1, math.ceil(reset - time.time()))


def network(host: str) -> str:
    """The address that a limit counts: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, _IPV6_SITE), strict=False))
    return str(address)
