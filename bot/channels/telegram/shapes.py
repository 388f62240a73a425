"""The types of what is read out of an update: the SDK believes whatever stands in the objects it decodes."""

from __future__ import annotations

from typing import TypeGuard

from bot.channels.protocol import UnreadableUpdate

_LARGEST = 2**63 - 1  # ids of chats need 52 bits; what is beyond a column of numbers is none
_LONGEST = 128


def is_update_number(value: object) -> TypeGuard[int]:
    """True for what can number an update; one below 1 could not be confirmed."""
    return _is_whole(value) and value > 0


def number(value: object, where: str) -> str:
    """An id as text. Raises `UnreadableUpdate`."""
    if not _is_whole(value):
        raise UnreadableUpdate(f"a whole number was expected in {where}")
    return str(value)


def token(value: object, where: str) -> str:
    """A short text that goes back to the platform as it came. Raises `UnreadableUpdate`."""
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST or not value.isprintable():
        raise UnreadableUpdate(f"a short text was expected in {where}")
    return value


def words(value: object, where: str) -> str:
    """What a person wrote, empty when it is missing. Raises `UnreadableUpdate`."""
    if value is not None and not isinstance(value, str):
        raise UnreadableUpdate(f"a text was expected in {where}")
    return value or ""


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST
