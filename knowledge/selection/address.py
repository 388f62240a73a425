"""A selection as the query of an address, the same for every channel."""

from __future__ import annotations

from urllib.parse import urlencode

from knowledge.selection.values import Selection


def query_of(selection: Selection) -> str:
    """The query of a selection, without "?": ``document=206-qd-ubnd&agency=so-y-te&role=lead``."""
    single = {
        "document": selection.document,
        "older": selection.older,
        "role": selection.role,
        "pillar": selection.pillar,
        "horizon": selection.horizon,
        "basis": selection.basis,
        "words": selection.words,
        "joint": "1" if selection.joint else None,
        "tasks": "1" if selection.tasks else None,
    }
    several = {
        "agency": selection.agencies,
        "bound": selection.bounds,
        "shape": selection.shapes,
        "blank": selection.blanks,
        "change": selection.changes,
    }
    pairs = [(name, str(value)) for name, value in single.items() if value]
    pairs += [(name, str(value)) for name, values in several.items() for value in values]
    return urlencode(pairs)
