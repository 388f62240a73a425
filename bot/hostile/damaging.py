"""The real sources with some of their bytes changed."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

_LONGEST = 300_000

Damage = Callable[[random.Random, bytes], bytes]

_SIGNS = (
    "\t", "|", "\n", "\n\n", "TT", "\tTT\n", "TT |", "1.", "I. ", "\x00", "\u0301", "- ", "Điều 1. ", "\r",
    "**", "#", "STT | Nội dung | Mục tiêu | Chủ trì |\n", "Đến năm 99999", "điểm a khoản 1 Mục II", "%",
)  # fmt: skip


def damaged(sources: Path, seed: str, pattern: str = "*.txt") -> tuple[str, bytes]:
    """A name and the bytes of one of the files in `sources`, damaged; the same for a seed."""
    dice = random.Random(seed)
    path = dice.choice(sorted(sources.glob(pattern)))
    return f"damaged: {path.name}, seed {seed}", damage(dice, path.read_bytes(), _LONGEST)


def damage(dice: random.Random, content: bytes, most: int) -> bytes:
    """`content` with one to twenty changes, cut to `most` bytes."""
    for _ in range(dice.choice((1, 3, 20))):
        content = dice.choice(_DAMAGES)(dice, content)[:most]
    return content


def _flip(dice: random.Random, content: bytes) -> bytes:
    place = dice.randrange(len(content) + 1)
    return content[:place] + bytes([dice.randrange(256)]) + content[place + 1 :]


def _cut(dice: random.Random, content: bytes) -> bytes:
    first, last = sorted(dice.randrange(len(content) + 1) for _ in range(2))
    return content[:first] + content[last:]


def _double(dice: random.Random, content: bytes) -> bytes:
    first = dice.randrange(len(content) + 1)
    piece = content[first : first + dice.choice((10, 1_000, 20_000))]
    return content[:first] + piece * dice.choice((1, 3)) + content[first:]


def _put(dice: random.Random, content: bytes) -> bytes:
    place = dice.randrange(len(content) + 1)
    return content[:place] + dice.choice(_SIGNS).encode() * dice.choice((1, 1, 40)) + content[place:]


_DAMAGES: tuple[Damage, ...] = (_flip, _cut, _double, _put, _put)
