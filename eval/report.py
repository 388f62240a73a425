"""What a run showed, set by set: right by type and style, confidently wrong, latency.

Texts and ids of a set that is kept apart are neither printed nor written, unless they are asked for:
once its failures have been read, it measures nothing any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.dialogues import Dialogue

#: The sets whose figures are published and whose failures nobody reads.
KEPT_APART = frozenset({"reporting.jsonl"})


@dataclass(frozen=True, slots=True)
class Failure:
    """One turn that went wrong: what was said, what is wrong with the reply, and the reply."""

    turn: int
    user: str
    problems: tuple[str, ...]
    status: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn as it ran; status, confidence (0 to 1) and seconds are None when no reply came."""

    status: str | None
    confidence: float | None
    seconds: float | None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One dialogue as it ran, with all its turns."""

    dialogue: Dialogue
    turns: tuple[Heard, ...]

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The turns that went wrong."""
        return tuple(turn.failure for turn in self.turns if turn.failure)

    @property
    def seconds(self) -> tuple[float, ...]:
        """Latency of each turn that was answered."""
        return tuple(turn.seconds for turn in self.turns if turn.seconds is not None)

    @property
    def passed(self) -> bool:
        """Every turn was right."""
        return not self.failures

    @property
    def confidently_wrong(self) -> bool:
        """Some wrong reply was given as an answer, not as doubt."""
        return any(failure.status == "answered" for failure in self.failures)

    @property
    def kept_apart(self) -> bool:
        """Whether the failures are not to be read."""
        return self.dialogue.set in KEPT_APART


@dataclass(frozen=True, slots=True)
class Line:
    """Some dialogues of one set: all (`kind` "set"), those of a "type", those of a "style".

    `wrong` counts the confidently wrong; p50 and p95 are milliseconds of a turn, None when none was answered.
    """

    set: str
    kind: str
    name: str
    total: int
    passed: int
    wrong: int
    p50: float | None
    p95: float | None

    @property
    def percent(self) -> float:
        """Share that passed, 0 to 100."""
        return _percent(self.passed, self.total)

    @property
    def wrong_percent(self) -> float:
        """Share that was confidently wrong, 0 to 100."""
        return _percent(self.wrong, self.total)


@dataclass(frozen=True, slots=True)
class TurnFigures:
    """What is kept of every turn, also of the sets that are kept apart."""

    set: str
    kind: str
    style: str
    status: str | None
    confidence: float | None
    right: bool
    seconds: float | None


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
        return _latency(self.outcomes, share)

    def lines(self) -> Iterator[Line]:
        """Set by set in the order in which they ran: the set, its types by name, its styles by name."""
        for name in dict.fromkeys(outcome.dialogue.set for outcome in self.outcomes):
            of_set = [outcome for outcome in self.outcomes if outcome.dialogue.set == name]
            for kind, name_of in _KINDS.items():
                groups: defaultdict[str, list[Outcome]] = defaultdict(list)
                for outcome in of_set:
                    groups[name_of(outcome.dialogue)].append(outcome)
                yield from (_line(name, kind, part, groups[part]) for part in sorted(groups))

    def turns(self) -> Iterator[TurnFigures]:
        """Every turn, without any text."""
        for outcome in self.outcomes:
            of = outcome.dialogue
            for turn in outcome.turns:
                right = turn.failure is None
                yield TurnFigures(
                    of.set, of.type, of.style, turn.status, turn.confidence, right, turn.seconds
                )

    def to_json(self, reveal: bool = False) -> dict[str, Any]:
        """Everything, ready for `json.dumps`; the dialogues of sets kept apart only to `reveal` them."""
        return {
            "total": len(self.outcomes),
            "passed": self.passed,
            "percent": self.percent,
            "confidently_wrong_percent": self.wrong_percent,
            "latency_ms": {"p50": self.latency(0.5), "p95": self.latency(0.95)},
            "table": [asdict(line) for line in self.lines()],
            "turns": [asdict(turn) for turn in self.turns()],
            "dialogues": [_outcome_json(one) for one in self.outcomes if reveal or not one.kept_apart],
        }


def render(report: Report, show: int, reveal: bool = False) -> Iterator[str]:
    """The report in lines of text, with the first `show` failed dialogues that may be read."""
    for line in report.lines():
        if line.kind == "set":
            yield f"{line.set:30}{'right':>11}{'%':>7}{'wrong%':>8}{'p50':>7}{'p95':>7}  (ms)"
        yield _row(line)
    failed = [one for one in report.outcomes if not one.passed and (reveal or not one.kept_apart)]
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


def _row(line: Line) -> str:
    name = "all" if line.kind == "set" else line.name
    times = "".join(f"{'–' if time is None else format(time, '.0f'):>7}" for time in (line.p50, line.p95))
    counts = f"{line.passed:5}/{line.total:<5}{line.percent:7.1f}{line.wrong_percent:8.1f}"
    return f"  {line.kind:6}{name:22}{counts}{times}"


def _line(set_name: str, kind: str, name: str, outcomes: Sequence[Outcome]) -> Line:
    passed = sum(outcome.passed for outcome in outcomes)
    wrong = sum(outcome.confidently_wrong for outcome in outcomes)
    p50, p95 = _latency(outcomes, 0.5), _latency(outcomes, 0.95)
    return Line(set_name, kind, name, len(outcomes), passed, wrong, p50, p95)


def _latency(outcomes: Sequence[Outcome], share: float) -> float | None:
    seconds = sorted(second for outcome in outcomes for second in outcome.seconds)
    return seconds[min(int(len(seconds) * share), len(seconds) - 1)] * 1000 if seconds else None


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
