"""What a typed word may mean: itself, itself with its marks, a misspelling, an abbreviation, two words.

Every alternative has a cost, the negative logarithm of how likely a person who means it types what
stands there. Which one is meant is decided in `vietnamese.lattice` together with its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from vietnamese import shorthand
from vietnamese.foreign import ENGLISH
from vietnamese.grammar import canonical, is_folded_syllable, is_syllable
from vietnamese.model import BORDER, NUMBER, SyllableModel, is_vietnamese
from vietnamese.spelling import meant_by, suspicious
from vietnamese.text import Token, squeeze

#: A syllable, its index, and what it costs to read it there.
Form = tuple[str, int, float]
_POINTING = frozenset({"này", "nào", "đó", "ấy", "kia", "nọ", "thế", "vậy", "còn", "rồi"})
"""Words that tell a question from a statement, or join it to the last one: as typed, they are never slips."""
RESTORE, SPELLING, ABBREVIATIONS, SPACING = "restore", "spelling", "abbreviations", "spacing"
ALL_STEPS = frozenset({RESTORE, SPELLING, ABBREVIATIONS, SPACING})

_CANDIDATES = 14
_BORDER_SIGNS = frozenset('.?!;:"')
#: What it costs that a word is one that the statistics do not know: a possible syllable, or none.
_RARE_SYLLABLE, _NO_WORD, _NO_SYLLABLE, _SHORT_WORD = 8.0, 11.0, 20.0, 9.0
#: What it costs more to take a word that exists for a slip.
_REAL_WORD = 5.5
_BLANK, _BLANK_UNMARKED, _NUMBER_GLUED = 3.0, 5.0, 9.0
#: Names inside a text ("Ba Tri") are changed more reluctantly by this factor.
_NAME = 1.5
#: Two syllables belong side by side when they are seen so often, or in this share of the rarer one's uses.
_SEEN, _SEEN_SHARE = 3.0, 0.01
#: The least and the dearest cost of a missing mark, by how many words of the message lack theirs.
_DEAREST_MARK, _FEWEST = 8.0, 0.0004
#: A syllable that is so rare without marks has lost them.
_ALWAYS_MARKED = 0.01
_LONGEST_GLUED, _MOST_PIECES = 24, 5
_WORD_AND_NUMBER = re.compile(r"([^\W\d_]{2,})(\d+)|(\d{2,})([^\W\d_]{2,})")
_VOWELS = frozenset("aeiouy")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Alternative:
    """A reading of one token as a row of syllables, each slot with its possible forms.

    `step` names what was done to the typed word, empty when nothing was.
    """

    slots: tuple[tuple[Form, ...], ...]
    step: str = ""
    cost: float = 0.0


def mark_cost(pieces: Sequence[Token], model: SyllableModel) -> float:
    """What a missing mark costs in a message: nothing when none is typed, much when all are."""
    marked = lacking = 0
    for token in pieces:
        word = canonical(token.text.lower())
        if not token.is_word or token.text.isupper() or word in ENGLISH or not is_vietnamese(word):
            continue
        if not word.isascii():
            marked += 1
        elif model.plain_share(word) < _ALWAYS_MARKED and not token.text[0].isupper():
            lacking += 1
    if not marked:
        return 0.0
    return min(_DEAREST_MARK, -log((lacking + _FEWEST * marked) / (lacking + marked)))


class Reader:
    """The alternatives of the tokens of one message."""

    def __init__(self, pieces: Sequence[Token], model: SyllableModel, steps: frozenset[str]) -> None:
        self._model = model
        self._steps = steps
        self._cost = mark_cost(pieces, model)
        self._words = [canonical(squeeze(token.text.lower())) for token in pieces]

    def alternatives(self, at: int, token: Token) -> list[Alternative]:
        """What the token at a place may mean; empty when the statistics skip it."""
        piece, model = token.text, self._model
        if not piece[0].isalnum():
            border = piece in _BORDER_SIGNS
            return [Alternative((((piece, model.index[BORDER], 0.0),),))] if border else []
        if not token.is_word:
            parted = list(self._parted(piece)) if SPACING in self._steps else []
            cost = _NUMBER_GLUED if parted else 0.0
            return [Alternative((((piece, model.index[NUMBER], cost),),)), *parted]
        if len(piece) > 1 and piece.isupper():
            return [self._typed(piece, self._words[at]), *self._short(piece.lower())]
        return self._word(at, token)

    def _word(self, at: int, token: Token) -> list[Alternative]:
        word = self._words[at]
        name = _NAME if token.text[0].isupper() and token.start > 0 else 1.0
        typed = word if token.text == token.text.lower() else token.text
        found = [self._typed(typed, word), *self._short(word)]
        if RESTORE in self._steps and is_folded_syllable(word):
            found += self._marked(word, name)
        if word in ENGLISH or (word in self._model.foreign and not _VOWELS.isdisjoint(word)):
            return found
        if SPELLING in self._steps and self._may_be_slip(at, token):
            forms = tuple(
                (meant, code, cost * name + self._more(word, meant))
                for meant, code, cost in meant_by(word, self._model)
            )
            found += [Alternative((forms,), SPELLING)] if forms else []
        if SPACING in self._steps and not is_vietnamese(word):
            found += self._split(word)
        return found

    def _more(self, word: str, meant: str) -> float:
        """What it costs more to take a word for a slip that exists, or that lacks its marks as well."""
        real = _REAL_WORD if self._model.knows(word) or shorthand.readings(word) else 0.0
        if not word.isascii() or meant.isascii():
            return real
        return self._cost if is_folded_syllable(word) else real + self._cost

    def _typed(self, piece: str, word: str) -> Alternative:
        """The word as it stands; one that nobody writes costs something."""
        model = self._model
        cost = self._strangeness(piece, word)
        return Alternative((((piece, model.code(word), cost),),))

    def _strangeness(self, piece: str, word: str) -> float:
        """What it costs to believe that a word is meant as it stands."""
        model = self._model
        if model.knows(word) or word in ENGLISH or RESTORE not in self._steps:
            return 0.0
        if shorthand.readings(word):
            return _SHORT_WORD
        if is_folded_syllable(word) and word in model.forms:
            return _NO_WORD
        if word in model.foreign or piece.isupper():
            return 0.0
        if is_syllable(word):
            return _RARE_SYLLABLE
        if not suspicious(word) and word.isascii():
            return 0.0
        return _NO_WORD if word.isascii() or piece != word else _NO_SYLLABLE

    def _marked(self, word: str, name: float) -> Iterator[Alternative]:
        codes = self._model.forms.get(word, ())[:_CANDIDATES]
        cost = self._cost * name
        forms = tuple((self._model.words[code], code, cost) for code in codes)
        forms = tuple(form for form in forms if form[0] != word)
        if forms:
            yield Alternative((forms,), RESTORE)

    def _short(self, word: str) -> Iterator[Alternative]:
        if ABBREVIATIONS in self._steps:
            for phrase, cost in shorthand.readings(word):
                slots = tuple(((part, self._model.code(part), 0.0),) for part in phrase)
                yield Alternative(slots, ABBREVIATIONS, cost)

    def _may_be_slip(self, at: int, token: Token) -> bool:
        """Whether a word is no Vietnamese, or was never seen beside its neighbours."""
        word = self._words[at]
        if suspicious(word):
            return not (word.isascii() and token.text[0].isupper() and token.start > 0)
        if len(word) < 2 or not is_vietnamese(word) or word in _POINTING:
            return False
        if word.isascii():
            return self._cost > 0 and not self._model.knows(word)
        return not self._fits(at)

    def _fits(self, at: int) -> bool:
        """Whether a word has been seen beside one of its neighbours (or has none to judge by)."""
        words, word = self._words, self._words[at]
        before = words[at - 1] if at else ""
        after = words[at + 1] if at + 1 < len(words) else ""
        if not (before[:1].isalpha() or after[:1].isalpha()):
            return True
        return self._seen(before, word) or self._seen(word, after)

    def _seen(self, first: str, second: str) -> bool:
        codes = [self._any_form(first), self._any_form(second)]
        return any(self._often(a, b) for a in codes[0] for b in codes[1])

    def _often(self, first: int, second: int) -> bool:
        """Whether two syllables stand side by side in the texts, and not by chance."""
        model = self._model
        count = model.pairs.get(first * model.size + second, 0.0)
        return count >= min(_SEEN, _SEEN_SHARE * min(model.counts[first], model.counts[second])) > 0

    def _any_form(self, word: str) -> tuple[int, ...]:
        if not word[:1].isalpha():
            return ()
        if word.isascii():
            return self._model.forms.get(word, ())[:8]
        return (self._model.code(word),) if self._model.knows(word) else ()

    def _split(self, word: str) -> Iterator[Alternative]:
        """Two to five words without blanks between them: "chủtrì" → "chủ trì"."""
        if not 4 <= len(word) <= _LONGEST_GLUED:
            return
        blank = _BLANK_UNMARKED if word.isascii() else _BLANK
        for parts in self._cuts(word, _MOST_PIECES):
            if len(parts) > 1:
                slots = tuple(self._part_forms(part) for part in parts)
                yield Alternative(slots, SPACING, blank * (1 + 0.25 * (len(parts) - 2)))

    def _cuts(self, word: str, most: int) -> Iterator[tuple[str, ...]]:
        if self._is_part(word):
            yield (word,)
        for end in range(1, min(len(word), 8)) if most > 1 else ():
            if self._is_part(word[:end]):
                for rest in self._cuts(word[end:], most - 1):
                    yield word[:end], *rest

    def _is_part(self, word: str) -> bool:
        """Whether a piece of a glued word is a word; one letter only when it carries a mark."""
        if word.isascii():
            return len(word) > 1 and word in self._model.forms and is_folded_syllable(word)
        return self._model.knows(canonical(word)) and (len(word) > 1 or word in "ở à ạ ý ô")

    def _part_forms(self, part: str) -> tuple[Form, ...]:
        model = self._model
        if not part.isascii():
            whole = canonical(part)
            return ((whole, model.code(whole), 0.0),)
        codes = model.forms.get(part, ())[:_CANDIDATES]
        return tuple((model.words[c], c, 0.0 if model.words[c] == part else self._cost) for c in codes)

    def _parted(self, piece: str) -> Iterator[Alternative]:
        """A word and a number without a blank: "năm2024" → "năm 2024"; "mp3" and "4g" stay."""
        found = _WORD_AND_NUMBER.fullmatch(piece)
        if found is None:
            return
        word, number = (found[1], found[2]) if found[1] else (found[4], found[3])
        lower = canonical(word.lower())
        if not self._is_part(lower) or (word.isascii() and not _YEAR.fullmatch(number)) or word.isupper():
            return
        slots = [self._part_forms(lower), ((number, self._model.index[NUMBER], 0.0),)]
        yield Alternative(tuple(slots if found[1] else slots[::-1]), SPACING)
