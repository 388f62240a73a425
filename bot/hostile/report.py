"""The table of a campaign, in Markdown, and its findings, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from bot.hostile.calls import Way
from bot.hostile.campaign import STEP, Finding, Found, Tally
from bot.hostile.judging import SLOW

GROWTH = 1.1
"""The last memory over that after the first `STEP` calls; caches are warm by then."""


def table(found: Found) -> Iterator[str]:
    """What was found: sums first, then a line for each way and for each family."""
    wrong = sum(found.problems.values())
    worst = max((tally.worst for tally in found.ways.values()), default=0.0)
    unheard, refused = (sum(each.values()) for each in (found.unheard, found.refused))
    first, last = _ends(found)
    yield "| | measured | target |"
    yield "| --- | ---: | ---: |"
    yield f"| hostile calls; a second | {found.sent}; {found.sent / max(found.seconds, 1):.0f} | |"
    yield f"| violations in responses | {wrong} | 0 |"
    yield f"| slowest response | {worst:.1f} s | {SLOW:.0f} s |"
    yield f"| tracebacks and forged lines in logs | {sum(found.alarms.values())} | 0 |"
    yield f"| processes that died | {len(found.died)} | 0 |"
    yield f"| people of a bot platform without reply; calls refused there | {unheard}; {refused} | 0; 0 |"
    yield f"| memory after the first {STEP} calls, and last | {first} and {last} MiB | +10 % |"
    yield ""
    yield from _tallies("by way", found.ways)
    yield ""
    yield from _tallies("by what is hostile", found.families)
    yield ""
    yield "| calls | " + " | ".join(str(number) for number in found.memories) + " |"
    yield "| --- |" + " ---: |" * len(found.memories)
    yield "| memory, MiB | " + " | ".join(str(sum(each.values())) for each in found.memories.values()) + " |"


def passed(found: Found) -> bool:
    """True when every target of the table is met."""
    first, last = _ends(found)
    bad = (*found.problems, *found.alarms, *found.died, *found.unheard.values(), *found.refused.values())
    return not any(bad) and last <= first * GROWTH


def troubles(found: Found) -> Iterator[str]:
    """What was violated, how often, most often first; then what stands in the logs."""
    for name, count in sorted(found.problems.items(), key=lambda item: -item[1]):
        yield f"{count} x {name}"
    for name, count in found.alarms.items():
        yield f"{count} x {name}"
    yield from (f"{name} died" for name in found.died)


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


def _tallies(name: str, tallies: Mapping[Way, Tally] | Mapping[str, Tally]) -> Iterator[str]:
    yield f"| {name} | sent | answered | refused | slowest, s | violations |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for kind, each in sorted(tallies.items()):
        counts = f"{each.sent} | {each.answered} | {each.refused}"
        yield f"| {kind} | {counts} | {each.worst:.1f} | {each.findings} |"


def _ends(found: Found) -> tuple[int, int]:
    """Memory of all processes after the first `STEP` calls (or at the beginning), and at the end."""
    totals = [sum(sizes.values()) for sizes in found.memories.values()]
    return totals[min(1, len(totals) - 1)], totals[-1]
