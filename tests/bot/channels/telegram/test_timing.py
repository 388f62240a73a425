from __future__ import annotations

from collections.abc import Iterator

from bot.channels.telegram.timing import Backoff, Timing


def pauses(asks: list[float | None]) -> Iterator[float]:
    backoff = Backoff(Timing(first_pause=1.0, longest_pause=8.0))
    yield from (backoff.pause(asked) for asked in asks)
    backoff.reset()
    yield backoff.pause(None)


def test_pauses_grow_up_to_a_limit_and_are_never_shorter_than_asked() -> None:
    assert list(pauses([None, None, 30.0, None, None, None])) == [1.0, 2.0, 30.0, 8.0, 8.0, 8.0, 1.0]
