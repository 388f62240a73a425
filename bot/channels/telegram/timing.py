"""How long things may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. `poll` is how long the API holds a question for updates, in whole seconds."""

    connect: float = 5.0
    answer: float = 15.0
    upload: float = 60.0
    poll: int = 30
    first_pause: float = 1.0
    longest_pause: float = 60.0


class Backoff:
    """Pauses between tries, doubled each time up to a limit."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._next = timing.first_pause

    def pause(self, asked: float | None) -> float:
        """The next pause, at least as long as the API `asked` for."""
        pause, self._next = self._next, min(self._next * 2, self._timing.longest_pause)
        return max(pause, asked or 0.0)

    def reset(self) -> None:
        """Start over: a try went well."""
        self._next = self._timing.first_pause
