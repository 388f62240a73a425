"""A message that is sent again because its answer got lost on the way is not asked twice.

Asked twice, "xem tiếp" would skip a page, and a form would take the same words for its next answer.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from trolyso.answer import Answer

KEPT_SECONDS = 600.0
KEPT_CONVERSATIONS = 4096
LONGEST_TURN = 64  # characters of an id; a longer one is none, lest a caller fill the memory with it


@dataclass(frozen=True, slots=True)
class _Last:
    """The newest answer of a conversation; `turn` is the id that the page gave to its question."""

    turn: str
    answer: Answer
    at: float


class Repeats:
    """The newest answer of each conversation, for a while, and of the newest conversations only."""

    def __init__(
        self,
        seconds: float = KEPT_SECONDS,
        conversations: int = KEPT_CONVERSATIONS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds = seconds
        self._conversations = conversations
        self._clock = clock
        self._last: OrderedDict[str, _Last] = OrderedDict()

    def find(self, sender: str, turn: str) -> Answer | None:
        """The answer that `turn` had, when it was the last one of the conversation; None for no id."""
        last = self._last.get(sender)
        if last is None or not turn or last.turn != turn or self._clock() - last.at > self._seconds:
            return None
        return last.answer

    def keep(self, sender: str, turn: str, answer: Answer) -> None:
        """Remember `answer` in place of the one before it."""
        self._last.pop(sender, None)
        if 0 < len(turn) <= LONGEST_TURN:
            self._last[sender] = _Last(turn, answer, self._clock())
        while len(self._last) > self._conversations:
            self._last.popitem(last=False)

    def __len__(self) -> int:
        """Conversations with an answer that is kept."""
        return len(self._last)
