"""The whole way from what a person typed to standard, accented Vietnamese."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from vietnamese.abbreviations import expand, is_abbreviation
from vietnamese.keying import decode
from vietnamese.model import is_vietnamese
from vietnamese.restore import accented_share, restore
from vietnamese.spelling import repair
from vietnamese.teencode import expand_teencode, standardise_dialect
from vietnamese.text import clean, fold, squeeze, substitute, tokens, unify_tones

#: Longest text that is read, in characters; the rest is cut off.
LIMIT = 4000
_ROUNDS = 4

_Step = Callable[[str], str]


@dataclass(frozen=True)
class Reading:
    """A message and its standard form.

    `cleaned` is the typed text in NFC form on one line, `text` the standard, accented form and
    `folded` that form in lower case without marks. `restored` says whether accents were added;
    `steps` names what changed the text, among: case, keying, clean (drawn-out letters, tone places),
    teencode, abbreviations, spelling, restore, dialect.
    """

    original: str
    cleaned: str
    text: str
    folded: str
    restored: bool
    steps: tuple[str, ...]


def _lower_shouting(text: str) -> str:
    """A message all in capitals in lower case, but for its abbreviations and numbers."""
    pieces = tokens(text)
    words = [token.text for token in pieces if token.is_word]
    if not text.isupper() or sum(not is_abbreviation(word) for word in words) * 2 <= len(words):
        return text
    lowered = [token for token in pieces if token.is_word and _is_shouted(token.text)]
    out = list(text)
    for token in lowered:
        out[token.start : token.end] = token.text.lower()
    return "".join(out) if len(lowered) > 1 else text


def _is_shouted(word: str) -> bool:
    """Whether a word in capitals is a Vietnamese one (misspelt at worst), not an acronym."""
    return not is_abbreviation(word) and (not word.isascii() or is_vietnamese(word.lower()))


def _squeeze_words(text: str) -> str:
    pieces = [token for token in tokens(text) if token.is_word and not token.text.isupper()]
    rewrites = [(token, squeeze(token.text.lower())) for token in pieces]
    changed = [(token, new) for token, new in rewrites if len(new) < len(token.text)]
    return unify_tones(substitute(text, changed) if changed else text)


#: The steps before accents are restored; keyboard first, since all others read words.
_TYPED: tuple[tuple[str, _Step], ...] = (
    ("case", _lower_shouting),
    ("keying", decode),
    ("clean", _squeeze_words),
)
_WORDS: tuple[tuple[str, _Step], ...] = (
    ("teencode", expand_teencode),
    ("abbreviations", expand),
    ("spelling", repair),
)


def _round(text: str, changed: list[str]) -> str:
    """One pass of all steps; the names of those that change something are added to `changed`."""
    text = _apply(_TYPED, text, changed)
    share = accented_share(text)
    text = _apply(_WORDS, text, changed)
    last = (("restore", partial(restore, share=share)), ("dialect", standardise_dialect))
    return _apply(last, text, changed)


def _apply(steps: Iterable[tuple[str, _Step]], text: str, changed: list[str]) -> str:
    for name, step in steps:
        after = step(text)
        if after != text and name not in changed:
            changed.append(name)
        text = after
    return text


def normalise(text: str) -> Reading:
    """Read a message of any kind of typing. Any string is taken, none raises.

    Texts longer than `LIMIT` characters are cut. The result is stable: its `text` normalises to
    itself.
    """
    cleaned = current = clean(text[:LIMIT])
    changed: list[str] = []
    for _ in range(_ROUNDS):
        before, current = current, _round(current, changed)
        if current == before:
            break
    return Reading(text, cleaned, current, fold(current), "restore" in changed, tuple(changed))
