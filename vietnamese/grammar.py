"""The spelling of a Vietnamese syllable: onset, rhyme and tone, and where the tone mark stands.

Everything here works on one lower-case syllable in NFC form. A *base* is a syllable without its
tone mark but with its vowel marks ("trường" has the base "trương" and the tone 1).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from vietnamese.wordlists import words

#: Combining marks in the order of the tone numbers 1 to 5: huyền, sắc, hỏi, ngã, nặng. 0 is no mark.
TONE_MARKS = "\u0300\u0301\u0309\u0303\u0323"
VOWELS = frozenset("aăâeêioôơuưy")
MARKED_VOWELS = frozenset("ăâêôơư")

ONSETS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip

RHYMES = words("""
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot ooc oong oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uơ uy uya uych uyn uynh uyp uyt uyu
    uyên uyêt uôc uôi uôm uôn uông uôt
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
    """)
_AFTER_QU = words("""
    a ac ach ai an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây e en eo et ê êch ên ênh êt
    i it o ơ ơi ôc y ych yên yêt ynh yt
    """)
_AFTER_GI = words("êc êm ên êng êt êu")
_FRONT = frozenset("eêiy")
_Y_ONSETS = frozenset({"", "h", "k", "l", "m", "n", "s", "t", "th", "v"})
_STOPS = ("c", "ch", "p", "t")


def _split_table() -> dict[str, tuple[str, int]]:
    table = {}
    for vowel in VOWELS:
        table[vowel] = (vowel, 0)
        for tone, mark in enumerate(TONE_MARKS, start=1):
            table[unicodedata.normalize("NFC", vowel + mark)] = (vowel, tone)
    return table


_SPLIT = _split_table()
_JOIN = {parts: letter for letter, parts in _SPLIT.items()}


@lru_cache(maxsize=16384)
def split_tone(syllable: str) -> tuple[str, int] | None:
    """The base and the tone (0 to 5) of a syllable; None when it carries two different marks."""
    base, found = [], 0
    for letter in syllable:
        plain, tone = _SPLIT.get(letter, (letter, 0))
        base.append(plain)
        if tone and found and tone != found:
            return None
        found = tone or found
    return "".join(base), found


@lru_cache(maxsize=16384)
def split_base(base: str) -> tuple[str, str] | None:
    """Onset and rhyme of a toneless syllable, None when Vietnamese has no such syllable."""
    for onset in ONSETS:
        if base.startswith(onset) and _fits(onset, base[len(onset) :]):
            return onset, base[len(onset) :]
    return None


def _fits(onset: str, rhyme: str) -> bool:
    if onset == "qu":
        return rhyme in _AFTER_QU
    if onset == "gi" and rhyme in _AFTER_GI:
        return True
    if rhyme not in RHYMES:
        return False
    if onset in ("c", "g", "ng"):
        return rhyme[0] not in _FRONT or (onset == "g" and rhyme[0] == "i")
    if onset in ("k", "gh", "ngh"):
        return rhyme[0] in _FRONT
    if rhyme[0] == "y":
        return onset in _Y_ONSETS if rhyme == "y" else onset == ""
    return onset != "gi" or rhyme[0] not in "iy"


def join(base: str, tone: int) -> str:
    """Put a tone on a base, the mark where the older standard places it ("hòa", "thủy", "toàn")."""
    if not tone:
        return base
    place = _tone_place(base)
    if place is None:
        return base
    return base[:place] + _JOIN[base[place], tone] + base[place + 1 :]


def _tone_place(base: str) -> int | None:
    parts = split_base(base)
    start = len(parts[0]) if parts else 0
    cluster = [at for at in range(start, len(base)) if base[at] in VOWELS]
    if not cluster:
        return None
    marked = [at for at in cluster if base[at] in MARKED_VOWELS]
    if marked:
        return marked[-1]
    closed = base[-1] not in VOWELS
    if len(cluster) == 1 or (len(cluster) == 2 and not closed):
        return cluster[0]
    return cluster[1]


@lru_cache(maxsize=16384)
def is_syllable(syllable: str) -> bool:
    """Whether a lower-case word is a possible Vietnamese syllable, its tone mark rightly placed.

    A syllable that ends in a stop (c, ch, p, t) has to carry sắc or nặng.
    """
    parts = split_tone(syllable)
    if parts is None or split_base(parts[0]) is None:
        return False
    if parts[0].endswith(_STOPS) and parts[1] not in (2, 5):
        return False
    return canonical(syllable) == syllable


@lru_cache(maxsize=16384)
def is_folded_syllable(word: str) -> bool:
    """Whether a plain a–z word is a Vietnamese syllable less all its marks ("nghiep", "duoc")."""
    return word.isascii() and word in _folded_syllables(word[:1])


@lru_cache(maxsize=64)
def _folded_syllables(first: str) -> frozenset[str]:
    marks = str.maketrans("ăâđêôơư", "aadeoou")
    return frozenset(
        (onset + rhyme).translate(marks)
        for onset in ONSETS
        for rhyme in RHYMES | _AFTER_QU | _AFTER_GI
        if (onset + rhyme).translate(marks)[:1] == first and _fits(onset, rhyme)
    )


@lru_cache(maxsize=16384)
def canonical(syllable: str) -> str:
    """The syllable with its tone mark in the standard place ("hoà" → "hòa", "trừơng" → "trường").

    A word that is no Vietnamese syllable is returned as it is. The length never changes.
    """
    parts = split_tone(syllable)
    if parts is None or parts[1] == 0 or split_base(parts[0]) is None:
        return syllable
    return join(*parts)
