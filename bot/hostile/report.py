"""The table of a campaign, in Markdown, and its findings, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from bot.hostile.calls import Way
from bot.hostile.found import Finding, Found, Tally
from bot.hostile.judging import SLOW
from bot.hostile.reading import Outcome, Reader, Result

GROWTH = 1.05
"""How much more memory may be held at the end than after half of the calls."""
FILLING = 20_000
"""Calls that fill the caches and the store of conversations: what a shorter run holds still grows."""
_SHOWN = 300
_LINE = "\n"


def table(found: Found) -> Iterator[str]:
    """What was found: sums first, then a line for each way, each family, each reader, and the memory."""
    yield from _sums(found)
    yield ""
    yield from _tallies("by way", found.ways)
    yield ""
    yield from _tallies("by what is hostile", found.families)
    yield ""
    yield from _files(found.files)
    yield ""
    yield from _memories(found.memories)


def passed(found: Found) -> bool:
    """True when every target of the table is met."""
    bad = (
        *(found.problems, found.alarms, found.died, found.refused),
        any(found.unheard.values()),
        any(each.is_defect for each in found.files),
        found.sent > FILLING and _growth(found) > GROWTH,
    )
    return not any(bad)


def troubles(found: Found) -> Iterator[str]:
    """What was violated, how often, most often first; then what stands in the logs."""
    for name, count in sorted(found.problems.items(), key=lambda item: -item[1]):
        yield f"{count} x {name}"
    for name, count in found.alarms.items():
        yield f"{count} x {name}"
    yield from (f"{name} died" for name in found.died)
    yield from (f"refused by {told[:_SHOWN]}" for told in found.refused)
    yield from (
        f"{each.reader}, {each.name}: {each.outcome} {each.told.rpartition(_LINE)[2][:_SHOWN]}"
        for each in found.files
        if each.is_defect
    )


def record(finding: Finding) -> str:
    """A finding as JSON: what was sent stands as Python writes it, so that nothing of it is lost."""
    call = finding.call
    told = {
        "problem": finding.problem,
        "status": finding.status,
        "seconds": round(finding.seconds, 2),
        "way": call.way,
        "family": call.family,
        "seed": call.seed,
        "said": repr(call.said),
        "before": [repr(text) for text in call.before],
        "request": f"{call.method} {call.target}",
        "body": repr((call.raw or call.body)[:2_000]),
    }
    return json.dumps(told)


def _sums(found: Found) -> Iterator[str]:
    worst = max((tally.worst for tally in found.ways.values()), default=0.0)
    unheard, refused = sum(found.unheard.values()), len(found.refused)
    half, last = _half_and_last(found)
    defects = sum(each.is_defect for each in found.files)
    yield "| | measured | target |"
    yield "| --- | ---: | ---: |"
    yield f"| hostile calls; a second | {found.sent}; {found.sent / max(found.seconds, 1):.0f} | |"
    yield f"| violations in responses | {sum(found.problems.values())} | 0 |"
    yield f"| slowest response | {worst:.1f} s | {SLOW:.0f} s |"
    yield f"| tracebacks and forged lines in logs | {sum(found.alarms.values())} | 0 |"
    yield f"| processes that died | {len(found.died)} | 0 |"
    yield f"| people of a bot platform without reply; calls refused there | {unheard}; {refused} | 0; 0 |"
    yield f"| hostile files; that crashed or held up a reader | {len(found.files)}; {defects} | 0 |"
    yield f"| memory of all processes after half of the calls, and last | {half} and {last} MiB | +5 % |"


def _tallies(name: str, tallies: Mapping[Way, Tally] | Mapping[str, Tally]) -> Iterator[str]:
    yield f"| {name} | sent | answered | refused | slowest, s | violations |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for kind, each in sorted(tallies.items()):
        counts = f"{each.sent} | {each.answered} | {each.refused}"
        yield f"| {kind} | {counts} | {each.worst:.1f} | {each.findings} |"


def _files(results: Sequence[Result]) -> Iterator[str]:
    yield f"| files for the reader | {' | '.join(Outcome)} | slowest, s |"
    yield f"| --- |{' ---: |' * (len(Outcome) + 1)}"
    for reader in Reader:
        fared = [each for each in results if each.reader is reader]
        counts = (str(sum(each.outcome is outcome for each in fared)) for outcome in Outcome)
        slowest = max((each.seconds for each in fared), default=0.0)
        yield f"| {reader} | {' | '.join(counts)} | {slowest:.1f} |"


def _memories(memories: Mapping[int, Mapping[str, int]]) -> Iterator[str]:
    """MiB of each process, by the number of calls before."""
    yield f"| memory in MiB after | {' | '.join(f'{number} calls' for number in memories)} |"
    yield f"| --- |{' ---: |' * len(memories)}"
    for part in sorted({part for sizes in memories.values() for part in sizes}):
        yield f"| {part} | {' | '.join(str(sizes.get(part, 0)) for sizes in memories.values())} |"


def _growth(found: Found) -> float:
    """Memory of all processes at the end over that after half of the calls."""
    half, last = _half_and_last(found)
    return last / max(half, 1)


def _half_and_last(found: Found) -> tuple[int, int]:
    totals = {number: sum(sizes.values()) for number, sizes in found.memories.items()}
    half = next((total for number, total in totals.items() if number >= found.sent / 2), 0)
    return half, list(totals.values())[-1]
