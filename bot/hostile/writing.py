"""Ways of writing a text so that it looks the same, or like nothing, and is other characters."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

Way = Callable[[random.Random, str], str]

_BIDI = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
_UNSEEN = "\u200b\u200c\u200d\u2060\u2061\ufeff\u00ad\u034f\u180e\u3164\u115f\u2800\U000e0041\U000e007f"
_MARKS = (
    "\u0300\u0301\u0302\u0303\u0306\u0309\u0315\u031b\u0323\u0327\u0328\u0334\u0338\u0345\u0489\u20e3\u1ab0"
)
_CONTROLS = "".join(map(chr, (*range(32), 127, *range(128, 160))))
_PRIVATE = "\ue000\uf8ff\U000f0000\U0010ffff\ufdd0\ufffe\uffff\U0001ffff\u0378"
_EMOJI = ("👩‍👩‍👧‍👦", "🏳️‍🌈", "🇻🇳", "👍🏽", "1️⃣", "☎️", "❤️‍🔥", "🫠")
_TWINS = str.maketrans("aceopxyiABCEHKMOPTX", "асеорхуіАВСЕНКМОРТХ")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_FANCY = {code: 0x1D400 + code - ord("A") for code in range(ord("A"), ord("Z") + 1)}
_GROWING = "ﷺﬃŉΐẞİ㍿ʼnǰ½㎉"
_SIZES = (20, 200, 2_000, 30_000, 200_000)


def _strewn(dice: random.Random, text: str, signs: str, most: int = 3) -> str:
    """Some of `signs` behind each character or so."""
    return "".join(
        char + "".join(dice.choices(signs, k=dice.randrange(most))) for char in text
    ) or dice.choice(signs)


def _bidi(dice: random.Random, text: str) -> str:
    return dice.choice(_BIDI) * dice.randint(1, 5) + _strewn(dice, text, _BIDI)


def _unseen(dice: random.Random, text: str) -> str:
    return _strewn(dice, text, _UNSEEN)


def _zalgo(dice: random.Random, text: str) -> str:
    return _strewn(dice, text, _MARKS, dice.choice((3, 20, 60)))


def _flood(dice: random.Random, text: str) -> str:
    """Marks of two classes in turn behind one letter: sorting them is quadratic in their number."""
    return f"{text}\u0315\u0300" + "\u0315\u0300" * dice.choice(_SIZES)


def _one_mark(dice: random.Random, text: str) -> str:
    return text + dice.choice(_MARKS) * dice.choice(_SIZES)


def _surrogates(dice: random.Random, text: str) -> str:
    return _strewn(dice, text, "\ud800\udbff\udc00\udfff", 2) + "\udc80\ud83d"


def _decomposed(dice: random.Random, text: str) -> str:
    forms = ("NFC", "NFD", "NFKC", "NFKD")
    return "".join(unicodedata.normalize(dice.choice(forms), char) for char in text)  # type: ignore[arg-type]


def _private(dice: random.Random, text: str) -> str:
    return _strewn(dice, text, _PRIVATE, 2)


def _emoji(dice: random.Random, text: str) -> str:
    return " ".join(f"{word}{dice.choice(_EMOJI) * dice.randint(0, 4)}" for word in text.split())


def _controls(dice: random.Random, text: str) -> str:
    return "\x00" + _strewn(dice, text, _CONTROLS, 2)


def _twins(_: random.Random, text: str) -> str:
    return text.translate(_TWINS)


def _wide(dice: random.Random, text: str) -> str:
    return text.translate(dice.choice((_WIDE, _FANCY)))


def _growing(dice: random.Random, text: str) -> str:
    """Characters that become several when they are normalised or change their case."""
    return _strewn(dice, text, _GROWING, 2) + "ﷺ" * dice.choice((1, 100, 1_900))


def _run(dice: random.Random, text: str) -> str:
    return text + dice.choice("a💥ế\u3000.?\t-%1") * dice.choice(_SIZES)


def _any(dice: random.Random, text: str) -> str:
    return text + "".join(chr(dice.randrange(0x110000)) for _ in range(dice.randint(1, 120)))


WAYS: tuple[Way, ...] = (
    _bidi, _unseen, _zalgo, _flood, _one_mark, _surrogates, _decomposed, _private, _emoji, _controls, _twins,
    _wide, _growing, _run, _any,
)  # fmt: skip


def rewritten(dice: random.Random, text: str) -> str:
    """`text` in one of the ways, now and then in two at once."""
    for way in dice.sample(WAYS, dice.choice((1, 1, 1, 2))):
        text = way(dice, text[:3_000])
    return text
