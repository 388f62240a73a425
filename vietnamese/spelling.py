"""What a misspelt syllable may have meant, and how unlikely each slip is.

A slip is one letter left out, added, crossed or hit beside its place, a sound written as another one
that is said alike ("chung" for "trung", "căng" for "căn", dấu hỏi for dấu ngã), or a mark left out.
Costs are natural logarithms: a slip of cost 5 is made about once in 150 words.
"""

from __future__ import annotations

from functools import lru_cache

from vietnamese.foreign import ENGLISH
from vietnamese.grammar import is_syllable, split_base, split_tone
from vietnamese.model import SyllableModel, is_vietnamese
from vietnamese.text import fold
from vietnamese.wordlists import words

_CROSSED, _MISSING, _EXTRA, _BESIDE, _OTHER_LETTER = 4.5, 5.0, 5.0, 5.5, 7.5
_SAME_SOUND, _SOUND, _ENDING = 2.5, 3.5, 4.0
_HOI_FOR_NGA, _TONE_LEFT_OUT, _OTHER_TONE, _MARK = 3.0, 4.0, 5.5, 3.5
#: A slip that costs more is not believed.
_DEAREST = 9.5
_LONGEST, _NEAREST = 10, 40
_LETTERS = frozenset("abcdeghiklmnopqrstuvxyăâđêôơư")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SAID_ALIKE = {
    "d": ("gi", "v"), "gi": ("d", "v"), "v": ("d", "gi"), "s": ("x",), "x": ("s",), "tr": ("ch",),
    "ch": ("tr",),
    "l": ("n",), "n": ("l",), "r": ("g",), "ph": ("f",), "qu": ("q",), "ngh": ("ng",), "ng": ("ngh",),
    "gh": ("g",), "g": ("gh", "r"), "k": ("c",), "c": ("k",),
}  # fmt: skip
_ENDS_ALIKE = frozenset({"n ng", "ng n", "c t", "t c", "nh n", "n nh"})
_I_OR_Y = frozenset({"iy", "yi"})
_UNITS = words("km kg cm mm ml gb mb kb tb tr tp tx kw mw tv pc")


def suspicious(word: str) -> bool:
    """Whether a lower-case word is written with Vietnamese letters and yet cannot be Vietnamese."""
    if not 2 <= len(word) <= _LONGEST or is_vietnamese(word) or word in ENGLISH:
        return False
    base = split_tone(word)
    letters = set(base[0] if base else fold(word))
    return letters <= _LETTERS | {"f", "j", "w", "z"} and word not in _UNITS


@lru_cache(maxsize=4096)
def meant_by(word: str, model: SyllableModel) -> tuple[tuple[str, int, float], ...]:
    """The syllables of a table that a lower-case word may be a slip for, with index and cost.

    The nearest come first, the word itself is not among them.
    """
    folded, neighbours = fold(word), _neighbours(model)
    near = {form for key in {folded, *_deletions(folded)} for form in neighbours.get(key, ())}
    found = []
    for form in near:
        letters = _letter_cost(folded, form)
        if letters is None:
            continue
        for code in model.forms[form]:
            meant = model.words[code]
            cost = _slip_cost(word, meant, letters)
            if meant != word and cost <= _DEAREST and is_syllable(meant):
                found.append((meant, code, cost))
    found.sort(key=lambda form: form[2] - 0.3 * model.frequency(form[1]))
    return tuple(found[:_NEAREST])


@lru_cache(maxsize=4)
def _neighbours(model: SyllableModel) -> dict[str, tuple[str, ...]]:
    """From a folded syllable, less one letter or as it is said, to the folded syllables of the table."""
    found: dict[str, list[str]] = {}
    for folded in model.forms:
        if is_vietnamese(folded):
            for key in {folded, *_deletions(folded), *_said_alike(folded)}:
                found.setdefault(key, []).append(folded)
    return {key: tuple(of) for key, of in found.items()}


def _deletions(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


@lru_cache(maxsize=16384)
def _said_alike(folded: str) -> frozenset[str]:
    """Other spellings of a folded syllable whose onset is said alike."""
    onset, rhyme = split_base(folded) or ("", folded)
    return frozenset(other + rhyme for other in _SAID_ALIKE.get(onset, ()))


def _letter_cost(typed: str, meant: str) -> float | None:
    """The cost of one slip between two folded words; None when they are further apart."""
    if typed == meant:
        return 0.0
    if typed in _said_alike(meant):
        return _SOUND
    if len(typed) == len(meant):
        return _exchange_cost(typed, meant)
    if abs(len(typed) - len(meant)) != 1:
        return None
    longer, shorter = (typed, meant) if len(typed) > len(meant) else (meant, typed)
    if shorter not in _deletions(longer):
        return None
    at = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    if at == len(shorter) and f"{typed[-1]} {meant[-2:]}" in _ENDS_ALIKE | {"n ng"}:
        return _ENDING
    if at == 0:
        return _OTHER_LETTER
    return _EXTRA if longer is typed else _MISSING


def _exchange_cost(typed: str, meant: str) -> float | None:
    wrong = [at for at, (a, b) in enumerate(zip(typed, meant, strict=True)) if a != b]
    if len(wrong) == 1:
        at = wrong[0]
        if typed[at] + meant[at] in _I_OR_Y:
            return _SAME_SOUND
        if at == len(typed) - 1 and f"{typed[at]} {meant[at]}" in _ENDS_ALIKE:
            return _ENDING
        return _BESIDE if _beside(typed[at], meant[at]) else _OTHER_LETTER
    swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
    crossed = swapped and typed[wrong[0]] == meant[wrong[1]] and typed[wrong[1]] == meant[wrong[0]]
    return _CROSSED if crossed else None


def _slip_cost(typed: str, meant: str, letters: float) -> float:
    """The cost of a slip; a letter that is left out or added takes its marks with it."""
    if typed in _deletions(meant) or meant in _deletions(typed):
        return letters
    return letters + _mark_cost(typed, meant)


def _beside(first: str, second: str) -> bool:
    """Whether two keys lie side by side."""
    return any(first + second in row or second + first in row for row in _KEYS)


@lru_cache(maxsize=16384)
def _mark_cost(typed: str, meant: str) -> float:
    """What the marks that differ cost; a word typed without any mark lacks them all for nothing."""
    if typed.isascii():
        return 0.0
    first, second = split_tone(typed), split_tone(meant)
    marks = set(first[0] if first else typed) ^ set(second[0] if second else meant)
    changed = sum(letter in "ăâđêôơư" for letter in marks)
    return _tone_cost(first[1] if first else -1, second[1] if second else 0) + _MARK * min(changed, 2)


def _tone_cost(typed: int, meant: int) -> float:
    if typed == meant:
        return 0.0
    if {typed, meant} == {3, 4}:
        return _HOI_FOR_NGA
    return _TONE_LEFT_OUT if typed <= 0 else _OTHER_TONE
