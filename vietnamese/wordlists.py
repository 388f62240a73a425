"""Word lists as plain text, easy to read and to review."""

from __future__ import annotations


def words(lines: str) -> frozenset[str]:
    """The words of a text, parted by blanks."""
    return frozenset(lines.split())


def table(lines: str) -> dict[str, str]:
    """Read lines of ``spelling spelling = standard form``; each spelling maps to the form."""
    found: dict[str, str] = {}
    for line in lines.strip().splitlines():
        spellings, _, standard = line.partition(" = ")
        found.update(dict.fromkeys(spellings.split(), standard))
    return found
