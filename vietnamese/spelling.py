"""Light repair of misspelt syllables: "trừơng" → "trường", "nghệp" → "nghiệp", "trog" → "trong".

A word that cannot be Vietnamese is mended when a syllable of the table lies within one letter (or
its marks) of it and the neighbours speak for it. A possible syllable is touched only when it was
never seen beside its neighbours and one of them nearly asks for another ("nền tản" → "nền tảng").
Numbers, acronyms in capitals and foreign words stay.
"""

from __future__ import annotations

from functools import cache, lru_cache

from vietnamese.foreign import ENGLISH
from vietnamese.grammar import is_syllable, split_tone
from vietnamese.model import BORDER, SyllableModel, is_vietnamese, syllable_model
from vietnamese.text import Token, fold, squeeze, substitute, tokens

_LETTERS = frozenset("abcdeghiklmnopqrstuvxyăâđêôơư")
#: What a letter and a mark cost against the logarithm of the chance in context.
_LETTER, _SWAP, _TONE, _MARK = 5.0, 3.5, 2.0, 1.5
#: The least score of a repair: of an unmarked, a marked, an unknown and a known but misplaced word.
_SURE_UNMARKED, _SURE_MARKED, _SURE_UNKNOWN, _SURE_RARE = -10.5, -13.0, -11.0, -9.5
#: A neighbour asks for a word when the two are seen so often, and make this share of the neighbour.
_COLLOCATION_COUNT, _COLLOCATION = 15.0, 0.1
_LONGEST = 9


@cache
def _neighbours() -> dict[str, tuple[str, ...]]:
    """From a folded syllable, and from it less one letter, to the folded syllables of the table."""
    found: dict[str, list[str]] = {}
    for folded in syllable_model().forms:
        if is_vietnamese(folded):
            for key in {folded, *_deletions(folded)}:
                found.setdefault(key, []).append(folded)
    return {key: tuple(of) for key, of in found.items()}


def _deletions(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _letter_cost(typed: str, meant: str) -> float | None:
    """The cost of one slip between two folded words; None when they are further apart."""
    if typed == meant:
        return 0.0
    if len(typed) == len(meant):
        wrong = [at for at, (a, b) in enumerate(zip(typed, meant, strict=True)) if a != b]
        if len(wrong) == 1:
            return _LETTER
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
        crossed = swapped and typed[wrong[0]] == meant[wrong[1]] and typed[wrong[1]] == meant[wrong[0]]
        return _SWAP if crossed else None
    if abs(len(typed) - len(meant)) != 1:
        return None
    longer, shorter = (typed, meant) if len(typed) > len(meant) else (meant, typed)
    return _LETTER - 1.0 if shorter in _deletions(longer) else None


@lru_cache(maxsize=16384)
def _mark_cost(typed: str, meant: str) -> float:
    """What the marks that differ cost; a word typed without any mark lacks them all for nothing."""
    if typed.isascii():
        return 0.0
    first, second = split_tone(typed), split_tone(meant)
    tone = _TONE if first is None or second is None or first[1] != second[1] else 0.0
    marks = set(first[0] if first else typed) ^ set(second[0] if second else meant)
    return tone + _MARK * sum(letter in "ăâđêôơư" for letter in marks)


def suspicious(word: str) -> bool:
    """Whether a lower-case word is written with Vietnamese letters and yet cannot be Vietnamese."""
    if not 2 <= len(word) <= _LONGEST or is_vietnamese(word) or word in ENGLISH:
        return False
    base = split_tone(word)
    letters = set(base[0] if base else fold(word))
    return letters <= _LETTERS and bool(letters & set("aeiouyăâêôơư"))


def repair(text: str) -> str:
    """The text with its misspelt syllables mended where that is safe; everything else as typed."""
    model = syllable_model()
    pieces = tokens(text)
    words = [squeeze(token.text.lower()) for token in pieces]
    rewrites: list[tuple[Token, str]] = []
    for at, token in enumerate(pieces):
        if not token.is_word or (len(token.text) > 1 and token.text.isupper()):
            continue
        before, after = (words[at - 1] if at else BORDER), (words[at + 1] if at + 1 < len(words) else BORDER)
        mended = _mended(token, words[at], before, after, model)
        if mended is not None:
            words[at] = mended
            rewrites.append((token, mended))
    return substitute(text, rewrites) if rewrites else text


def _mended(token: Token, word: str, before: str, after: str, model: SyllableModel) -> str | None:
    """The repair of one word between its neighbours; None to leave it."""
    if suspicious(word):
        if word.isascii() and (word in model.foreign or token.text[0].isupper()):
            return None
        if word.isascii() and not (before[0].isalpha() or after[0].isalpha()):
            return None
        floor = _SURE_UNMARKED if word.isascii() else _SURE_MARKED
        return _best(word, before, after, floor, model)
    if word.isascii() or not is_syllable(word) or _fits(word, before, after, model):
        return None
    known = model.knows(word)
    best = _best(word, before, after, _SURE_RARE if known else _SURE_UNKNOWN, model)
    if best is None or (token.text[0].isupper() and token.start > 0):
        return None
    share = 0.0 if fold(best) == fold(word) and not known else _COLLOCATION
    return best if _bound(best, before, after, share, model) else None


def _fits(word: str, before: str, after: str, model: SyllableModel) -> bool:
    """Whether a word has been seen beside one of its neighbours (or has none to judge by)."""
    if not (before[0].isalpha() or after[0].isalpha()):
        return True
    return any(_pairs(before, word, model)) or any(_pairs(word, after, model))


def _bound(word: str, before: str, after: str, share: float, model: SyllableModel) -> bool:
    """Whether a neighbour stands beside this word often and for a share of its uses ("nền tảng")."""
    count = _COLLOCATION_COUNT
    left = max(_pairs(before, word, model))
    right = max(_pairs(word, after, model))
    first = max(model.counts[code] for code in _codes(before, model))
    last = max(model.counts[code] for code in _codes(after, model))
    return (left >= count and left >= share * first) or (right >= count and right >= share * last)


def _pairs(first: str, second: str, model: SyllableModel) -> list[float]:
    """Counts of the pair in any accents of an unmarked word; nothing counts beside a sign or number."""
    if not (_readable(first, model) and _readable(second, model)):
        return [0.0]
    size, pairs = model.size, model.pairs
    return [pairs.get(a * size + b, 0.0) for a in _codes(first, model) for b in _codes(second, model)]


def _readable(word: str, model: SyllableModel) -> bool:
    return word[0].isalpha() and (model.knows(word) or word in model.forms)


def _best(word: str, before: str, after: str, floor: float, model: SyllableModel) -> str | None:
    """The likeliest syllable within one slip of a word, None when none passes the floor."""
    folded, left, right = fold(word), _codes(before, model), _codes(after, model)
    near = {form for key in {folded, *_deletions(folded)} for form in _neighbours().get(key, ())}
    best: tuple[float, str] = (floor, "")
    for form in near:
        letters = _letter_cost(folded, form)
        if letters is None:
            continue
        for code in model.forms[form]:
            meant = model.words[code]
            if meant == word or not is_syllable(meant):
                continue
            cost = letters + _mark_cost(word, meant)
            if -cost > best[0]:  # the context can only make it worse
                best = max(best, (_context(left, code, right, model) - cost, meant))
    return best[1] or None


def _context(before: tuple[int, ...], code: int, after: tuple[int, ...], model: SyllableModel) -> float:
    """Half the logarithm of the chance of a word between its neighbours, in any of their accents."""
    border = model.index[BORDER]
    left = max([model.score(border, other, code) for other in before])
    right = max([model.score(border, code, other) for other in after])
    return (left + right) / 2


def _codes(word: str, model: SyllableModel) -> tuple[int, ...]:
    if word.isascii() and word.isalpha():
        return model.forms.get(word, ())[:8] or (model.code(word),)
    return (model.code(word) if word[0].isalnum() or word[0] == "<" else model.index[BORDER],)
