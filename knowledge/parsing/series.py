"""Series: the same indicator in the plans of different years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz.distance import Indel

from knowledge.records import Indicator, ParsedDocument
from vietnamese import fold

_SAME = 0.90
_NEAR = 0.72
_DIGITS = re.compile(r"\d+")


def link(parsed: Sequence[ParsedDocument]) -> tuple[ParsedDocument, ...]:
    """Give indicators of annexes with a target column the series of their twins in earlier years.

    Names decide, in the order of the annexes: nearly equal names, or similar names between two
    neighbours that are twins themselves (a goal that was reworded).
    """
    plans = sorted((p for p in parsed if _comparable(p)), key=lambda p: p.document.period.start)
    series: dict[str, str] = {}
    for earlier, later in pairwise(plans):
        for old, new in _twins(earlier.indicators, later.indicators):
            series[new.id] = series.setdefault(old.id, old.id)
    return tuple(_labelled(p, series) for p in parsed)


def _comparable(parsed: ParsedDocument) -> bool:
    return any(indicator.target_raw is not None for indicator in parsed.indicators)


def _twins(old: Sequence[Indicator], new: Sequence[Indicator]) -> list[tuple[Indicator, Indicator]]:
    """Pairs in order: each earlier indicator with the nearest later one behind the last pair."""
    pairs: list[tuple[Indicator, Indicator]] = []
    start = 0
    for one in old:
        candidates = [
            (_similarity(one, other) - 0.0001 * place, place)
            for place, other in enumerate(new)
            if place >= start and other.pillar == one.pillar
        ]
        score, place = max(candidates, default=(0.0, 0))
        neighbour = place == start and bool(pairs)
        if score >= _SAME or (neighbour and score >= _NEAR):
            pairs.append((one, new[place]))
            start = place + 1
    return pairs


def _similarity(one: Indicator, other: Indicator) -> float:
    return float(Indel.normalized_similarity(_key(one.name), _key(other.name)))


def _key(name: str) -> str:
    return _DIGITS.sub("", fold(name)).strip(" .")


def _labelled(parsed: ParsedDocument, series: dict[str, str]) -> ParsedDocument:
    indicators = tuple(replace(i, series=series.get(i.id)) for i in parsed.indicators)
    return replace(parsed, indicators=indicators)
