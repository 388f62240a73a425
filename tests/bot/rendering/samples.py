"""Answers of each kind, as the assistant gave them, and how a channel offers their suggestions."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from bot.channels.protocol import Offer, Parcel, ParcelKind
from bot.rendering import numbers_of
from trolyso.answer import Answer

FOLDER = Path(__file__).parent
NAMES = sorted(path.stem for path in (FOLDER / "answers").glob("*.json"))
REAL = [name for name in NAMES if name != "nasty"]
SITE = "https://trolyso.example"


@cache
def answer(name: str) -> Answer:
    stored = json.loads((FOLDER / "answers" / f"{name}.json").read_text(encoding="utf-8"))
    return Answer.from_json(stored["answer"])


def offers(answer: Answer) -> tuple[Offer, ...]:
    """With ids that are the same in every run."""
    numbered = zip(numbers_of(answer), answer.suggestions, strict=True)
    return tuple(
        Offer(f"offer-{at}", number, item.title, item.message)
        for at, (number, item) in enumerate(numbered, 1)
    )


def texts(parcels: tuple[Parcel, ...]) -> list[str]:
    return [parcel.text for parcel in parcels if parcel.kind is ParcelKind.TEXT]


def squeezed(text: str) -> str:
    """Without any white space: what must survive every cut."""
    return re.sub(r"\s+", "", text)
