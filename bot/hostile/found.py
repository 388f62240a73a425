"""What a campaign found."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from bot.hostile.calls import Call, Seen, Way
from bot.hostile.reading import Result


@dataclass(frozen=True, slots=True)
class Finding:
    """One violation, with what is needed to bring it about again."""

    problem: str
    call: Call
    seconds: float
    status: int


@dataclass(slots=True)
class Tally:
    """What became of the calls of one kind; `worst` is the longest time of a response, in seconds."""

    sent: int = 0
    answered: int = 0
    refused: int = 0
    worst: float = 0.0
    findings: int = 0

    def add(self, seen: Seen, problems: int) -> None:
        """Count one call. What is not answered is refused, or a finding."""
        self.sent += 1
        self.answered += 200 <= seen.status < 400
        self.refused += 400 <= seen.status < 500 or (bool(seen.broken) and not problems)
        self.worst = max(self.worst, seen.seconds)
        self.findings += problems > 0


@dataclass(slots=True)
class Found:
    """What a campaign found. Memories are in MiB by process, by the number of calls before them.

    `findings` holds the first of each problem, `problems` counts all of them. `files` is how the readers
    fared with hostile files. `alarms` are those of the logs, `unheard` people of a platform who were sent
    nothing, `refused` what a platform refused, `died` the parts that are no longer the process they were.
    """

    seconds: float = 0.0
    families: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    ways: dict[Way, Tally] = field(default_factory=lambda: defaultdict(Tally))
    problems: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    findings: list[Finding] = field(default_factory=list)
    files: list[Result] = field(default_factory=list)
    memories: dict[int, dict[str, int]] = field(default_factory=dict)
    alarms: dict[str, int] = field(default_factory=dict)
    unheard: dict[Way, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    died: list[str] = field(default_factory=list)

    @property
    def sent(self) -> int:
        """All calls."""
        return sum(tally.sent for tally in self.ways.values())
