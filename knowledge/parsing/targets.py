"""Target cells: comparators, values, units and parts. What is no number stays text."""

from __future__ import annotations

import re
from decimal import Decimal

from knowledge.records import Comparator, Target

_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?"
_RANGE = re.compile(rf"({_NUMBER})\s*(%?)\s*(?:đến|-|–)\s*({_NUMBER})\s*(%?)")
_VALUE = re.compile(rf"(>=?|≥|trên|tối thiểu|ít nhất|hơn)?\s*({_NUMBER})\s*(%)?\s*", re.IGNORECASE)
_UNIT = re.compile(r"(?!\+)[^\d\W][^\d;:()%+]*", re.UNICODE)
_BULLET = re.compile(r"\s*\+\s*")
_IN_WHICH = re.compile(r"[;,]?\s*trong đó,?\s*(.+)$", re.IGNORECASE | re.DOTALL)
_OF_THESE = re.compile(rf"({_NUMBER})%\s*(trong số (?:này|đó)[^;.:]*)")
_UNIT_WORDS = 6
_COMPARATORS = {">": Comparator.OVER, "trên": Comparator.OVER, "hơn": Comparator.OVER}


def parse_targets(cell: str, name: str) -> tuple[Target, ...]:
    """The values of a target cell; `name` tells what the second of two bare values measures.

    A cell without a number gives one target with `Comparator.TEXT`; an empty cell gives none.
    """
    text = " ".join(cell.split())
    if not text:
        return ()
    if not re.search(r"\d", text):
        return (Target(Comparator.TEXT, None, None, "", "", text),)
    main, *listed = _BULLET.split(text)
    targets = _values(main, name)
    for item in listed:
        targets.extend(_listed(item))
    if share := _OF_THESE.search(name):
        targets.append(Target(Comparator.EQUAL, _number(share[1]), None, "%", share[2].strip(), share[0]))
    return tuple(targets) or (Target(Comparator.TEXT, None, None, "", "", text),)


def parse_named_targets(name: str) -> tuple[Target, ...]:
    """The values inside an indicator's name, for annexes without a column of targets.

    "Kinh tế số chiếm 15% đến 20% GRDP" is one range; figures without "%" are no targets.
    """
    ranged = _RANGE.search(name)
    if ranged and (unit := ranged[2] or ranged[4]):
        part = _following(name, ranged.end())
        return (Target(Comparator.RANGE, _number(ranged[1]), _number(ranged[3]), unit, part, ranged[0]),)
    found = [m for m in _VALUE.finditer(name) if m.group(3) and not re.search(r"[\w/]$", name[: m.start(2)])]
    return tuple(
        Target(_comparator(m[1]), _number(m[2]), None, "%", _following(name, m.end()), m[0].strip())
        for m in found
    )


def _following(name: str, start: int) -> str:
    """The words that a value inside a sentence measures, up to the next clause."""
    return re.split(r"[;,(]|\bvà \d|\d+(?:,\d+)?\s*%", name[start:], maxsplit=1)[0].strip(" .")


def _values(text: str, name: str) -> list[Target]:
    """All values of a cell; what the cell or the name says of them becomes their part."""
    found = list(_VALUE.finditer(text))
    if not found:
        return [Target(Comparator.TEXT, None, None, "", "", text)] if text else []
    targets = [_target(m, text[m.end() : after]) for m, after in zip(found, _ends(found, text), strict=True)]
    second = _IN_WHICH.search(name)
    if len(targets) == 2 and second and not targets[1].part:
        first, last = targets
        part = second.group(1).strip()
        return [first, Target(last.comparator, last.value, None, last.unit, part, last.raw)]
    if len(targets) == 1 and found[0].start() > 0:
        only = targets[0]
        part = text[: found[0].start()].strip()
        return [Target(only.comparator, only.value, None, only.unit, part, text)]
    return targets


def _ends(found: list[re.Match[str]], text: str) -> list[int]:
    return [m.start() for m in found[1:]] + [len(text)]


def _target(match: re.Match[str], rest: str) -> Target:
    """One value with the words behind it: a few words are its unit, the others what it measures."""
    unit, part = match[3] or "", rest.strip()
    words = _UNIT.match(part)
    if words and len(words[0].split()) <= _UNIT_WORDS:
        named = re.split(r",?\s*(?:trong đó|gồm)\b", words[0].strip(" ,.;"))[0].strip(" ,")
        unit = f"{unit} {named}".strip()
        part = part[words.end() :]
    raw = (match[0] + rest).strip(" ;")
    return Target(_comparator(match[1]), _number(match[2]), None, unit, part.strip(" ;:,"), raw)


def _listed(item: str) -> list[Target]:
    """One "+ tp Vĩnh Long: 4 phường" of a list; without a number it is a text part."""
    part, _, rest = item.partition(":")
    match = _VALUE.search(rest)
    if not match:
        return [Target(Comparator.TEXT, None, None, "", part.strip(), item.strip())]
    unit = ("%" if match.group(3) else "") + " " + rest[match.end() :].strip()
    lead = rest[: match.start()].strip()
    named = f"{part.strip()} ({lead})" if lead else part.strip()
    return [Target(_comparator(match[1]), _number(match[2]), None, unit.strip(), named, item.strip())]


def _comparator(sign: str | None) -> Comparator:
    if not sign:
        return Comparator.EQUAL
    return _COMPARATORS.get(sign.lower(), Comparator.AT_LEAST)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))
