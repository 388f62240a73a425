"""Slips of the finger and of spelling, as they stand in real messages."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from vietnamese import fold
from vietnamese.grammar import canonical, is_syllable, join, split_base, split_tone

#: One word in so many carries a slip, at least one in a message.
_EVERY = 6
_WORD = re.compile(r"[^\W\d_]+")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
#: Onsets that are said alike somewhere, and so mistaken for one another in writing.
_ONSETS = {"d": "gi v", "gi": "d", "v": "d", "s": "x", "x": "s", "tr": "ch", "ch": "tr", "l": "n", "r": "g"}
_ENDINGS = {"n": "ng", "ng": "n", "c": "t", "t": "c", "nh": "n"}
_HOI, _NGA = 3, 4


def typos(text: str, chance: random.Random) -> str:
    """About one word in six with one slip, figures, names in capitals and short words left alone."""
    words = [word for word in _WORD.finditer(text) if _can_slip(word[0])]
    chosen = {word.start() for word in chance.sample(words, min(len(words), max(1, len(words) // _EVERY)))}
    return _WORD.sub(lambda word: _slip(word[0], chance) if word.start() in chosen else word[0], text)


def _can_slip(word: str) -> bool:
    return len(word) > 2 and not word.isupper() and is_syllable(canonical(word.lower()))


def _slip(word: str, chance: random.Random) -> str:
    """The word with one slip that it can carry."""
    kinds = chance.sample(_SLIPS, len(_SLIPS))
    found = (slip(word.lower(), chance) for slip in kinds)
    slipped = next((new for new in found if new and new != word.lower()), word.lower())
    return slipped[0].upper() + slipped[1:] if word[0].isupper() else slipped


def _crossed(word: str, chance: random.Random) -> str:
    """Two letters in the wrong order: "trong" → "trogn"."""
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _dropped(word: str, chance: random.Random) -> str:
    """A letter left out, never the first: "trong" → "trog"."""
    at = chance.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _neighbour(word: str, chance: random.Random) -> str | None:
    """A key beside the right one: "sở" → "dở"; only plain letters, which are one key each."""
    places = [at for at, char in enumerate(word) if at and any(char in row for row in _ROWS)]
    if not places:
        return None
    at = chance.choice(places)
    row = next(row for row in _ROWS if word[at] in row)
    key = row.index(word[at])
    beside = row[max(key - 1, 0) : key] + row[key + 1 : key + 2]
    return word[:at] + chance.choice(beside) + word[at + 1 :]


def _hoi_nga(word: str, _: random.Random) -> str | None:
    """Dấu hỏi for dấu ngã and the reverse: "mỗi" → "mổi"."""
    base, tone = split_tone(word) or (word, 0)
    return join(base, _HOI + _NGA - tone) if tone in (_HOI, _NGA) else None


def _lost_tone(word: str, _: random.Random) -> str:
    """The tone left out, the marks of the letters kept: "nghệ" → "nghê"."""
    return (split_tone(word) or (word, 0))[0]


def _misplaced_tone(word: str, _: random.Random) -> str | None:
    """The tone over the other vowel: "trường" → "trừơng"."""
    base, tone = split_tone(word) or (word, 0)
    places = [at for at, char in enumerate(base) if fold(char) in "aeiouy"]
    if not tone or len(places) < 2:
        return None
    for at in places:
        toned = base[:at] + join(base[at], tone) + base[at + 1 :]
        if toned != word:
            return toned
    return None


def _other_onset(word: str, chance: random.Random) -> str | None:
    """An onset that sounds alike: "trung" → "chung", "giải" → "dải"."""
    base, tone = split_tone(word) or (word, 0)
    onset, rhyme = split_base(base) or ("", base)
    new = chance.choice(_ONSETS.get(onset, "").split() or [""]) + rhyme
    return join(new, tone) if onset in _ONSETS and split_base(new) else None


def _other_ending(word: str, _: random.Random) -> str | None:
    """An ending that sounds alike in the south: "căn" → "căng", "khác" → "khát"."""
    base, tone = split_tone(word) or (word, 0)
    stem = base.rstrip("cghnt") if base[-1] in "cghnt" else base
    new = stem + _ENDINGS.get(base[len(stem) :], "")
    return join(new, tone) if len(new) > len(stem) and split_base(new) else None


_SLIPS: tuple[Callable[[str, random.Random], str | None], ...] = (
    _crossed,
    _dropped,
    _neighbour,
    _hoi_nga,
    _lost_tone,
    _misplaced_tone,
    _other_onset,
    _other_ending,
)
