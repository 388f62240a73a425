"""The likeliest reading of a message: what each word may mean, weighed with what stands around it.

A beam search over the alternatives of every word (`vietnamese.alternatives`), scored by runs of two
and three syllables. What is typed rightly is its own likeliest reading, so it stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vietnamese.alternatives import ABBREVIATIONS, ALL_STEPS, Alternative, Form, Reader
from vietnamese.model import BORDER, SyllableModel, is_vietnamese, syllable_model
from vietnamese.text import Token, tokens

_BEAM = 12
_RUN = 400


@dataclass(frozen=True)
class Word:
    """How one token is read, and by which step; `step` is empty for a token as it was typed."""

    text: str
    step: str


@dataclass(frozen=True)
class _Path:
    score: float
    before: int
    last: int
    words: tuple[Word, ...]


def looks_foreign(text: str) -> bool:
    """Whether most words of an unaccented message cannot be Vietnamese ("can you help me with …")."""
    words = [token.text.lower() for token in tokens(text) if token.is_word]
    return len(words) > 3 and text.isascii() and sum(map(is_vietnamese, words)) * 2 < len(words)


def read(
    text: str, steps: frozenset[str] = ALL_STEPS, model: SyllableModel | None = None
) -> tuple[str, list[str]]:
    """The text as it was meant, and the steps that changed it; spacing, signs and numbers are kept."""
    if looks_foreign(text):
        return text, []
    model = model or syllable_model()
    pieces = tokens(text)
    out, position, changed = [], 0, []
    for start in range(0, len(pieces), _RUN):
        run = pieces[start : start + _RUN]
        for token, word in zip(run, _best(run, Reader(run, model, steps), model), strict=True):
            new = _cased(token, word)
            if new != token.text and word.step:
                changed.append(word.step)
            out += [text[position : token.start], new]
            position = token.end
    return "".join([*out, text[position:]]), list(dict.fromkeys(changed))


def _best(run: list[Token], reader: Reader, model: SyllableModel) -> tuple[Word, ...]:
    border = model.index[BORDER]
    beam = [_Path(0.0, border, border, ())]
    for at, token in enumerate(run):
        found = reader.alternatives(at, token)
        if found:
            beam = _pruned(path for one in found for path in _through(beam, one, model))
        else:
            beam = [
                _Path(path.score, path.before, path.last, (*path.words, Word(token.text, "")))
                for path in beam
            ]
    end = Alternative((((BORDER, border, 0.0),),))
    return _pruned(_through(beam, end, model))[0].words[:-1]


def _through(beam: list[_Path], one: Alternative, model: SyllableModel) -> list[_Path]:
    """The paths of a beam, each gone on through an alternative."""
    first, *others = one.slots
    grown = [_step(path, form, one, model) for path in beam for form in first]
    for slot in others:
        grown = [_joined(path, form, model) for path in _pruned(grown) for form in slot]
    return grown


def _step(path: _Path, form: Form, one: Alternative, model: SyllableModel) -> _Path:
    word, code, cost = form
    score = path.score - cost - one.cost + model.score(path.before, path.last, code)
    return _Path(score, path.last, code, (*path.words, Word(word, one.step)))


def _joined(path: _Path, form: Form, model: SyllableModel) -> _Path:
    word, code, cost = form
    score = path.score - cost + model.score(path.before, path.last, code)
    last = path.words[-1]
    return _Path(score, path.last, code, (*path.words[:-1], Word(f"{last.text} {word}", last.step)))


def _pruned(paths: Iterable[_Path]) -> list[_Path]:
    """The best path to each state, the best of these."""
    best: dict[tuple[int, int], _Path] = {}
    for path in paths:
        known = best.get((path.before, path.last))
        if known is None or known.score < path.score:
            best[path.before, path.last] = path
    return sorted(best.values(), key=lambda path: -path.score)[:_BEAM]


def _cased(token: Token, word: Word) -> str:
    """The word in the case of the typed one; an unchanged word exactly as typed."""
    typed = token.text
    if not word.step or typed.lower() == word.text:
        return typed
    if word.step == ABBREVIATIONS and typed.isupper():
        return word.text
    if typed.isupper() and len(typed) > 1:
        return word.text.upper()
    return word.text[0].upper() + word.text[1:] if typed[0].isupper() else word.text
