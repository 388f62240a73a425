"""What people do to a question when they type it: one plain function for each way of typing.

A transformation takes a text in standard, accented Vietnamese and a source of chance, and gives the
same question as somebody would have typed it. Names, figures, document numbers and English words are
left as people leave them. The keyboard stands here, the choice of words in `eval.spellings`, the slips
in `eval.slips`.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from eval.slips import typos
from eval.spellings import abbreviations, southern, teencode
from vietnamese import fold
from vietnamese.grammar import canonical, is_syllable, split_base, split_tone

Change = Callable[[str, random.Random], str]

_WORD = re.compile(r"[^\W\d_]+")
_TELEX_TONES, _VNI_TONES = ("", "f", "s", "r", "x", "j"), ("", "2", "1", "3", "4", "5")
_TELEX_MARKS = {"â": "aa", "ê": "ee", "ô": "oo", "ă": "aw", "ơ": "ow", "ư": "uw", "đ": "dd"}
_VNI_MARKS = {"â": "a6", "ê": "e6", "ô": "o6", "ă": "a8", "ơ": "o7", "ư": "u7", "đ": "d9"}
#: One pair of neighbours in so many loses its blank.
_GLUED = 7
#: Letters that can be said as long as one likes.
_DRAWABLE = frozenset("aeiouymng")


@dataclass(frozen=True, slots=True)
class Transformation:
    """A way of typing. `bound` is how many points it may cost at most; None when no bound is set."""

    name: str
    change: Change
    bound: float | None = None

    def of(self, text: str, seed: int = 0) -> str:
        """The text as typed this way; the same text and seed always give the same."""
        return self.change(text, random.Random(f"{seed}|{self.name}|{text}"))


def unaccented(text: str, _: random.Random) -> str:
    """No mark at all, capitals kept: "Sở nào chủ trì" → "So nao chu tri"."""
    return "".join(_bare(char) for char in unicodedata.normalize("NFC", text))


def _bare(char: str) -> str:
    plain = fold(char)
    return plain.upper() if char.isupper() else plain


def partly_accented(text: str, chance: random.Random) -> str:
    """Each word keeps its marks or loses all of them, one as likely as the other."""
    return _WORD.sub(lambda word: word[0] if chance.random() < 0.5 else unaccented(word[0], chance), text)


def telex(text: str, chance: random.Random) -> str:
    """The keys of telex with the keyboard program off: "chủ trì" → "chur trif"."""
    return _keyed(text, _TELEX_MARKS, _TELEX_TONES, chance)


def vni(text: str, chance: random.Random) -> str:
    """The keys of VNI with the keyboard program off: "chủ trì" → "chu3 tri2"."""
    return _keyed(text, _VNI_MARKS, _VNI_TONES, chance)


def _keyed(text: str, marks: dict[str, str], tones: tuple[str, ...], chance: random.Random) -> str:
    """Everybody has a habit: the tone after its vowel or at the end, the horn of "ươ" once or twice."""
    at_end, one_horn = chance.random() < 0.6, chance.random() < 0.5
    return _WORD.sub(lambda word: _keys(word[0], marks, tones, at_end, one_horn), text)


def _keys(word: str, marks: dict[str, str], tones: tuple[str, ...], at_end: bool, one_horn: bool) -> str:
    out, tone_key = [], ""
    for char in word:
        base, tone = split_tone(char.lower()) or (char.lower(), 0)
        keys = marks.get(base, base)
        if one_horn and base == "ư" and "ươ" in (split_tone(word.lower()) or ("", 0))[0]:
            keys = "u"
        key = tones[tone]
        tone_key = key or tone_key
        keys += "" if at_end else key
        out.append(keys.upper() if word.isupper() else keys.capitalize() if char.isupper() else keys)
    last = tone_key if at_end else ""
    return "".join(out) + (last.upper() if word.isupper() and len(word) > 1 else last)


def decomposed(text: str, _: random.Random) -> str:
    """Unicode form NFD, as some telephones and all Mac file names write."""
    return unicodedata.normalize("NFD", text)


def other_tone_place(text: str, _: random.Random) -> str:
    """The tone of "oa", "oe", "uy" on the other vowel: "hòa" ↔ "hoà", "thuý" ↔ "thúy"."""
    return _WORD.sub(lambda word: _moved_tone(word[0]), text)


def _moved_tone(word: str) -> str:
    lower = word.lower()
    base, tone = split_tone(lower) or (lower, 0)
    parts = split_base(base)
    if not tone or parts is None or parts[1] not in ("oa", "oe", "uy") or parts[0] == "qu":
        return word
    if canonical(lower) != lower:
        moved = canonical(lower)
    else:
        old = unicodedata.normalize("NFD", lower[-2])
        moved = lower[:-2] + old[0] + unicodedata.normalize("NFC", lower[-1] + old[1:])
    return "".join(new.upper() if char.isupper() else new for char, new in zip(word, moved, strict=True))


def capitals(text: str, _: random.Random) -> str:
    """Everything in capitals."""
    return text.upper()


def drawn_out(text: str, chance: random.Random) -> str:
    """One to three words drawn out for emphasis, the last one always: "nhiêu" → "nhiêuuu"."""
    words = [word for word in _WORD.finditer(text) if _can_be_drawn_out(word[0])]
    if not words:
        return text
    chosen = {words[-1].start(), *(word.start() for word in chance.sample(words, min(len(words), 2)))}
    return _WORD.sub(
        lambda word: word[0] + word[0][-1] * chance.randint(1, 4) if word.start() in chosen else word[0], text
    )


def _can_be_drawn_out(word: str) -> bool:
    """Vowels and final "ng", "n", "m" sound on; a word in capitals is an abbreviation."""
    return is_syllable(canonical(word.lower())) and not word.isupper() and fold(word[-1]) in _DRAWABLE


def glued(text: str, chance: random.Random) -> str:
    """A few words without the blank between them: "chủ trì" → "chủtrì", at least one pair."""
    blanks = [at.start() for at in re.finditer(r"(?<=\w) (?=\w)", text)]
    gone = set(chance.sample(blanks, min(len(blanks), max(1, len(blanks) // _GLUED))))
    return "".join(char for at, char in enumerate(text) if at not in gone)


#: Every transformation, in the order of the table.
TRANSFORMATIONS: tuple[Transformation, ...] = (
    Transformation("unaccented", unaccented, 1),
    Transformation("partly-accented", partly_accented, 1),
    Transformation("telex", telex, 1),
    Transformation("vni", vni, 1),
    Transformation("nfd", decomposed, 1),
    Transformation("tone-place", other_tone_place, 1),
    Transformation("capitals", capitals, 1),
    Transformation("drawn-out", drawn_out, 1),
    Transformation("glued", glued, 3),
    Transformation("teencode", teencode, 3),
    Transformation("southern", southern, 3),
    Transformation("abbreviations", abbreviations, 3),
    Transformation("typos", typos, 3),
)
