"""The whole way from what a person typed to standard, accented Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count

from vietnamese.abbreviations import expand, is_abbreviation
from vietnamese.keying import decode, is_keyed
from vietnamese.lattice import read
from vietnamese.model import is_vietnamese
from vietnamese.teencode import expand_teencode, standardise_dialect
from vietnamese.text import clean, fold, squeeze, substitute, tokens, unify_tones

#: Longest text that is read, in characters; the rest is cut off.
LIMIT = 4000
_ROUNDS = 4
#: Web and mail addresses are nobody's Vietnamese.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s,;]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:vn|com|org|net)\b"
    r"(?:/[^\s,;]*)?",
    re.IGNORECASE,
)
_FIRST_MASK = 7000001

_Step = Callable[[str], str]


@dataclass(frozen=True)
class Reading:
    """A message and its standard form.

    `cleaned` is the typed text in NFC form on one line, `text` the standard, accented form and
    `folded` that form in lower case without marks. `restored` says whether accents were added;
    `steps` names what changed the text, among: case, keying, clean (drawn-out letters, tone places),
    teencode, abbreviations, spelling, spacing, restore, dialect.
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
    words = [token.text for token in pieces if token.text[0].isalpha() and token.text.isalnum()]
    if not text.isupper() or sum(not is_abbreviation(word) for word in words) * 2 <= len(words):
        return text
    lowered = [token for token in pieces if token.text.isalnum() and _is_shouted(token.text)]
    out = list(text)
    for token in lowered:
        out[token.start : token.end] = token.text.lower()
    return "".join(out) if len(lowered) > 1 else text


def _is_shouted(word: str) -> bool:
    """Whether a word in capitals is a Vietnamese one (misspelt at worst), not an acronym."""
    lower = word.lower()
    if is_abbreviation(word) or not word[0].isalpha():
        return False
    return not word.isascii() or is_vietnamese(lower) or is_keyed(lower)


def _squeeze_words(text: str) -> str:
    pieces = [token for token in tokens(text) if token.is_word and not token.text.isupper()]
    rewrites = [(token, squeeze(token.text.lower())) for token in pieces]
    changed = [(token, new) for token, new in rewrites if len(new) < len(token.text)]
    return unify_tones(substitute(text, changed) if changed else text)


def _masked(text: str) -> tuple[str, dict[str, str]]:
    """The text with a number that it does not hold in place of each address, and what they stand for."""
    held: dict[str, str] = {}
    free = (str(number) for number in count(_FIRST_MASK) if str(number) not in text)

    def mask(found: re.Match[str]) -> str:
        number = next(free)
        held[number] = found[0]
        return number

    return _ADDRESS.sub(mask, text), held


#: The steps before accents are restored; keyboard first, since all others read words.
_TYPED: tuple[tuple[str, _Step], ...] = (
    ("case", _lower_shouting),
    ("keying", decode),
    ("clean", _squeeze_words),
)
_WORDS: tuple[tuple[str, _Step], ...] = (
    ("teencode", expand_teencode),
    ("abbreviations", expand),
)


def _round(text: str, changed: list[str]) -> str:
    """One pass of all steps; the names of those that change something are added to `changed`."""
    text, steps = read(_apply((*_TYPED, *_WORDS), text, changed))
    changed += [step for step in steps if step not in changed]
    return _apply((("dialect", standardise_dialect),), text, changed)


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
    cleaned = clean(text[:LIMIT])
    current, addresses = _masked(cleaned)
    changed: list[str] = []
    for _ in range(_ROUNDS):
        before, current = current, _round(current, changed)
        if current == before:
            break
    for number, address in addresses.items():
        current = current.replace(number, address)
    return Reading(text, cleaned, current, fold(current), "restore" in changed, tuple(changed))
