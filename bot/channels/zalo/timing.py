"""How long the channel waits for the platform."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.protocol import SendError, TryLater


@dataclass(frozen=True, slots=True)
class Timing:
    """All in seconds.

    `hold` is how long the platform may keep an unanswered getUpdates open; `read` and `connect` bound one
    call; pauses between failed attempts grow from `first` to `longest`; `rest` is the least time from one
    getUpdates to the next when nothing came; `farewell` is what updates that are here already get to be
    stored when the process is told to stop.
    """

    hold: float = 30.0
    read: float = 20.0
    connect: float = 5.0
    first: float = 1.0
    longest: float = 60.0
    rest: float = 1.0
    farewell: float = 3.0

    def pause(self, failures: int, error: Exception) -> float:
        """The pause after so many failures in a row: what the platform asks for, else twice the last one."""
        if isinstance(error, TryLater) and error.after is not None:
            return max(error.after, self.first)
        return min(self.first * 2.0 ** min(failures - 1, 16), self.longest)


def waited_out(error: SendError) -> str:
    """A failure for the log: its kind and our own words, never the platform's."""
    return f"{type(error).__name__}: {error}"
