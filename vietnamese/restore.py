"""Accent restoration: "ai chu tri chi tieu" → "ai chủ trì chỉ tiêu".

A beam search over the accented forms of each unaccented syllable, scored by runs of two and three
syllables. What the person typed with accents is kept and guides the rest; the fewer accents a
message lacks, the more it takes to add one, since many right syllables carry none ("theo", "cho").
"""

from __future__ import annotations

from dataclasses import dataclass

from vietnamese.grammar import canonical, is_folded_syllable
from vietnamese.model import BORDER, NUMBER, SyllableModel, is_vietnamese, syllable_model
from vietnamese.text import Token, fold, squeeze, tokens

_BEAM = 10
_CANDIDATES = 14
_RUN = 400
_BORDER_SIGNS = frozenset('.?!;:"')
#: What changing one typed syllable costs (natural logarithm), by how accented the message is.
_COST_ACCENTED, _COST_MIXED = 8.0, 2.5
_ACCENTED, _MIXED = 0.62, 0.3
#: Names inside an accented text ("Ba Tri") are changed more reluctantly by this factor.
_NAME = 1.5


@dataclass(frozen=True)
class _Path:
    score: float
    before: int
    last: int
    words: tuple[str, ...]


def accented_share(text: str) -> float:
    """The share of Vietnamese words that carry a mark, 0 for a text without such words.

    Well-written Vietnamese lies at 0.7 to 0.85.
    """
    words = [token.text.lower() for token in tokens(text) if token.is_word]
    words = [word for word in words if is_vietnamese(canonical(word))]
    if not words:
        return 0.0
    return sum(not word.isascii() for word in words) / len(words)


def looks_foreign(text: str) -> bool:
    """Whether most words of an unaccented message cannot be Vietnamese ("can you help me with …")."""
    words = [token.text.lower() for token in tokens(text) if token.is_word]
    return len(words) > 3 and text.isascii() and sum(map(is_vietnamese, words)) * 2 < len(words)


def restore(text: str, model: SyllableModel | None = None, share: float | None = None) -> str:
    """The text with the missing accents added; case, spacing, numbers and foreign words are kept.

    `share` is the accented share of what was typed, when the text is no longer that.
    """
    if looks_foreign(text):
        return text
    model = model or syllable_model()
    pieces = tokens(text)
    cost = _change_cost(accented_share(text) if share is None else share)
    out, position = [], 0
    for start in range(0, len(pieces), _RUN):
        run = pieces[start : start + _RUN]
        for token, word in zip(run, _best(run, cost, model), strict=True):
            out += [text[position : token.start], _cased(token.text, word)]
            position = token.end
    return "".join([*out, text[position:]])


def _change_cost(share: float) -> float:
    if share >= _ACCENTED:
        return _COST_ACCENTED
    return _COST_MIXED if share >= _MIXED else 0.0


def _best(run: list[Token], cost: float, model: SyllableModel) -> tuple[str, ...]:
    border = model.index[BORDER]
    beam = [_Path(0.0, border, border, ())]
    for token in run:
        options = _options(token, cost, model)
        if options is None:
            beam = [_Path(path.score, path.before, path.last, (*path.words, token.text)) for path in beam]
        else:
            beam = _step(beam, options, model)
    return _step(beam, [(BORDER, border, 0.0)], model)[0].words[:-1]


def _step(beam: list[_Path], options: list[tuple[str, int, float]], model: SyllableModel) -> list[_Path]:
    grown: dict[tuple[int, int], _Path] = {}
    for path in beam:
        for word, code, penalty in options:
            score = path.score - penalty + model.score(path.before, path.last, code)
            known = grown.get((path.last, code))
            if known is None or known.score < score:
                grown[path.last, code] = _Path(score, path.last, code, (*path.words, word))
    return sorted(grown.values(), key=lambda path: -path.score)[:_BEAM]


def _options(token: Token, cost: float, model: SyllableModel) -> list[tuple[str, int, float]] | None:
    """The readings of a token with index and penalty; None when the statistics skip it."""
    piece = token.text
    if not piece[0].isalnum():
        border = piece in _BORDER_SIGNS
        return [(piece, model.index[BORDER], 0.0)] if border else None
    if not token.is_word:
        return [(piece, model.index[NUMBER], 0.0)]
    word = canonical(squeeze(piece.lower()))
    if not _may_lack_marks(piece, word):
        return [(word, model.code(word), 0.0)]
    forms = [(model.words[code], code) for code in model.forms.get(fold(word), ())[:_CANDIDATES]]
    if piece[0].isupper() and token.start > 0:
        cost *= _NAME
    found = [(form, code, 0.0 if form == word else cost) for form, code in forms]
    if cost and all(form != word for form, _, _ in found):
        found.append((word, model.code(word), 0.0))
    return found or [(word, model.code(word), 0.0)]


def _may_lack_marks(piece: str, word: str) -> bool:
    """Whether a word is written without any mark (an abbreviation in capitals is not meant)."""
    if len(piece) > 1 and piece.isupper():
        return False
    return is_folded_syllable(word)


def _cased(typed: str, word: str) -> str:
    """The restored word in the case of the typed one; an unchanged word exactly as typed."""
    if typed.lower() == word:
        return typed
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if typed[0].isupper() else word
