"""The table of a campaign, in Markdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bot.soak.campaign import Found, Spell
from bot.soak.people import Outcome

RECOVERY = 10.0


def table(found: Found) -> Iterator[str]:
    """What was found: sums first, then a line for each kind of fault."""
    total = sum(found.outcomes.values())
    wrong, hung = (found.outcomes.get(each, 0) for each in (Outcome.WRONG, Outcome.HUNG))
    answered = found.outcomes.get(Outcome.ANSWERED, 0)
    yield "| | measured | target |"
    yield "| --- | ---: | ---: |"
    yield f"| minutes; faults | {found.minutes:.0f}; {len(found.spells)} | |"
    yield f"| messages of the page; answered | {total}; {100 * answered / max(total, 1):.1f} % | |"
    yield f"| slowest recovery | {found.slowest:.1f} s | {RECOVERY:.0f} s |"
    yield f"| unforeseen errors; hanging | {wrong}; {hung} | 0; 0 |"
    yield f"| feedback tickets acknowledged; lost | {found.tickets}; {found.lost} | lost: 0 |"
    yield f"| Telegram messages; without reply | {found.writers}; {found.unheard} | without: 0 |"
    before, after = sum(found.memory_before.values()), sum(found.memory_after.values())
    yield f"| memory of all processes, first and last | {before} and {after} MiB | |"
    yield ""
    yield "| fault | times | slowest recovery, s | answered | honest line | nobody listened | wrong or hung |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name, spells in _by_fault(found).items():
        slowest = max(spell.recovery for spell in spells)
        yield f"| {name} | {len(spells)} | {slowest:.1f} | {' | '.join(map(str, _counts(spells)))} |"
    for name, reason in found.skipped.items():
        yield f"| {name} | not done: {reason} | | | | | |"


def passed(found: Found) -> bool:
    """True when every target of the table is met."""
    bad = (
        found.lost,
        found.unheard,
        *(found.outcomes.get(each, 0) for each in (Outcome.WRONG, Outcome.HUNG)),
    )
    return found.slowest <= RECOVERY and not any(bad)


def _by_fault(found: Found) -> dict[str, list[Spell]]:
    kinds: dict[str, list[Spell]] = defaultdict(list)
    for spell in sorted(found.spells, key=lambda spell: spell.fault):
        kinds[spell.fault].append(spell)
    return kinds


def _counts(spells: list[Spell]) -> tuple[int, int, int, int]:
    def count(*outcomes: Outcome) -> int:
        return sum(spell.count(outcome) for spell in spells for outcome in outcomes)

    return (
        count(Outcome.ANSWERED),
        count(Outcome.HONEST),
        count(Outcome.CLOSED),
        count(Outcome.WRONG, Outcome.HUNG),
    )
