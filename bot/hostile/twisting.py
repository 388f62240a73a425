"""JSON values that are not what was agreed: a part of another type, missing, doubled, or far too much."""

from __future__ import annotations

import copy
import random
from typing import Any

_ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**31, 2**63, 10**30, 1.5e308, "", " ", "0", "\x00", "\ud800", [], {}, [[]],
    [None] * 50, {"": ""}, {"a": {"b": {"c": {}}}}, "2024-01-01", "x" * 5_000, ["message"], {"text": "x"},
)  # fmt: skip


def twisted(dice: random.Random, value: object) -> object:
    """A copy of `value` with one to three of its parts twisted."""
    holder: dict[str, Any] = {"whole": copy.deepcopy(value)}
    for _ in range(dice.randint(1, 3)):
        place, key = dice.choice(_places(holder))
        match dice.randrange(4):
            case 0 if key != "whole":
                place.pop(key)
            case 1:
                place[key] = [copy.deepcopy(place[key])] * 2
            case _:
                place[key] = copy.deepcopy(dice.choice(_ODD))
    return holder["whole"]


def _places(holder: Any) -> list[tuple[Any, Any]]:
    """Each part of a value as the dict or list that holds it, and its key there."""
    if not isinstance(holder, (dict, list)):
        return []
    keys: list[Any] = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    found = [(holder, key) for key in keys]
    return found + [deeper for key in keys for deeper in _places(holder[key])]
