"""What a run showed: pass rates by set, type and style, latency, and how often it was confidently wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from eval.dialogues import Dialogue


@dataclass(frozen=True, slots=True)
class Failure:
    """One turn that went wrong: what was said, what is wrong with the reply, and the reply."""

    turn: int
    user: str
    problems: tuple[str, ...]
    status: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One dialogue as it ran; `seconds` holds the latency of each turn that was answered."""

    dialogue: Dialogue
    failures: tuple[Failure, ...]
    seconds: tuple[float, ...]

    @property
    def passed(self) -> bool:
        """Every turn was right."""
        return not self.failures

    @property
    def confidently_wrong(self) -> bool:
        """Some wrong reply was given as an answer, not as doubt."""
        return any(failure.status == "answered" for failure in self.failures)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    kind: str
    name: str
    passed: int
    total: int

    @property
    def percent(self) -> float:
        """Share that passed, 0 to 100."""
        return _percent(self.passed, self.total)


_KINDS: dict[str, Callable[[Dialogue], str]] = {
    "set": lambda dialogue: dialogue.set,
    "type": lambda dialogue: dialogue.type,
    "style": lambda dialogue: dialogue.style,
}


@dataclass(frozen=True, slots=True)
class Report:
    """All outcomes of a run."""

    outcomes: tuple[Outcome, ...]

    @property
    def passed(self) -> int:
        """How many dialogues passed."""
        return sum(outcome.passed for outcome in self.outcomes)

    @property
    def percent(self) -> float:
        """Share of dialogues that passed, 0 to 100 (0 when none ran)."""
        return _percent(self.passed, len(self.outcomes))

    @property
    def wrong_percent(self) -> float:
        """Share of dialogues in which a wrong reply was given as an answer, 0 to 100."""
        return _percent(sum(outcome.confidently_wrong for outcome in self.outcomes), len(self.outcomes))

    def latency(self, share: float) -> float | None:
        """Milliseconds within which `share` (0 to 1) of the turns were answered; None when none was."""
        seconds = sorted(second for outcome in self.outcomes for second in outcome.seconds)
        return seconds[min(int(len(seconds) * share), len(seconds) - 1)] * 1000 if seconds else None

    def lines(self) -> Iterator[Line]:
        """The table: sets, then types, then styles, each by name."""
        for kind, name_of in _KINDS.items():
            groups: defaultdict[str, list[bool]] = defaultdict(list)
            for outcome in self.outcomes:
                groups[name_of(outcome.dialogue)].append(outcome.passed)
            for name, results in sorted(groups.items()):
                yield Line(kind, name, sum(results), len(results))

    def to_json(self) -> dict[str, Any]:
        """Everything, ready for `json.dumps`."""
        return {
            "total": len(self.outcomes),
            "passed": self.passed,
            "percent": self.percent,
            "confidently_wrong_percent": self.wrong_percent,
            "latency_ms": {"p50": self.latency(0.5), "p95": self.latency(0.95)},
            "table": [asdict(line) for line in self.lines()],
            "dialogues": [_outcome_json(outcome) for outcome in self.outcomes],
        }


def render(report: Report, show: int) -> Iterator[str]:
    """The report in lines of text, with the first `show` failed dialogues."""
    for line in report.lines():
        yield f"{line.kind:6}{line.name:24}{line.passed:5}/{line.total:<5}{line.percent:6.1f}%"
    failed = [outcome for outcome in report.outcomes if not outcome.passed]
    for outcome in failed[:show]:
        yield f"{outcome.dialogue.id}  {outcome.dialogue.type}  {outcome.dialogue.style}"
        for failure in outcome.failures:
            yield f"  turn {failure.turn}: {failure.user[:120]!r} -> {', '.join(failure.problems)}"
            yield f"    [{failure.status}] {failure.text[:300]!r}"
    p50, p95 = report.latency(0.5), report.latency(0.95)
    if p50 is not None and p95 is not None:
        yield f"latency p50 {p50:.0f} ms, p95 {p95:.0f} ms"
    yield (
        f"passed {report.passed}/{len(report.outcomes)} = {report.percent:.1f}%, "
        f"confidently wrong {report.wrong_percent:.1f}%"
    )


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def _outcome_json(outcome: Outcome) -> dict[str, Any]:
    dialogue = outcome.dialogue
    return {
        "id": dialogue.id,
        "set": dialogue.set,
        "type": dialogue.type,
        "style": dialogue.style,
        "passed": outcome.passed,
        "confidently_wrong": outcome.confidently_wrong,
        "seconds": list(outcome.seconds),
        "failures": [asdict(failure) for failure in outcome.failures],
    }
