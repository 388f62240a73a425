"""Plain forms of Vietnamese text: cleaned, folded, and cut into syllables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from vietnamese.grammar import canonical, is_folded_syllable, is_syllable

_LOOKALIKES = str.maketrans("ðÐƣƢɖƉ“”„«»‘’ʼ´–—−‐‑", 'đĐưƯđĐ"""""\'\'\'\'-----')
_SPACES = frozenset({"Zs", "Zl", "Zp", "Cc"})
_DROPPED = frozenset({"Mn", "Me", "Cf"})
_SYMBOLS = frozenset({"So", "Sk", "Cs", "Co", "Cn"})
_KEPT_SYMBOLS = frozenset("°")
_BLANKS = re.compile(r"\s+")
_TONE_BEFORE_MARK = re.compile("([\u0300\u0301\u0309\u0303\u0323]+)([\u0302\u0306\u031b]+)")
_NOT_PLAIN = re.compile(r"[^ -~À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")

#: A number with its separators and percent sign, a document number, a word, or a single sign.
_TOKEN = re.compile(
    r"\d+(?:[.,/]\d+)*%?(?![^\W_]|[/&-][^\W_])"
    r"|[^\W_]+(?:[/&.-][^\W_]+)*%?"
    r"|[^\w\s]|_"
)
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"[^\W_]+%?")
_CUT = re.compile(r"\d+(?:-\d+)+%?|\d+\.[^\W\d_]{2,}.*")


@dataclass(frozen=True)
class Token:
    """A piece of a text with its place in it (character offsets, end exclusive)."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """True for letters only."""
        return self.text.isalpha()


def clean(text: str) -> str:
    """NFC text on one line: no control or zero-width characters, no emoji, single blanks.

    Look-alike letters of broken keyboards ("ð", "ƣ"), wide and "mathematical" letters, typographic
    quotes and dashes become their plain forms. Cleaning twice changes nothing more.
    """
    text = unicodedata.normalize("NFC", text)
    if _NOT_PLAIN.search(text):
        text = _mend(text)
    return _BLANKS.sub(" ", text).strip()


def _mend(text: str) -> str:
    text = unicodedata.normalize("NFD", text)
    text = unicodedata.normalize("NFC", _TONE_BEFORE_MARK.sub(r"\2\1", text)).translate(_LOOKALIKES)
    text = "".join(map(_plain_character, text))
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)
def _plain_character(char: str) -> str:
    if "！" <= char <= "～" or "\U0001d400" <= char <= "\U0001d7ff":
        return unicodedata.normalize("NFKC", char)
    kind = unicodedata.category(char)
    if kind in _SPACES or (kind in _SYMBOLS and char not in _KEPT_SYMBOLS):
        return " "
    return "" if kind in _DROPPED else char


class _FoldTable(dict[int, str]):
    """Translation table that folds each character once and remembers it; one character stays one."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = unicodedata.normalize("NFD", char.lower())[0].replace("đ", "d").lower()[0]
        if unicodedata.combining(char):
            folded = ""
        self[code] = folded
        return folded


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """Lower case without tone marks and diacritics, đ as d: "Đồng Tháp" → "dong thap".

    NFC text without stray combining marks keeps its length, so offsets carry over.
    """
    return unicodedata.normalize("NFC", text).translate(_FOLD)


def unify_tones(text: str) -> str:
    """Each syllable's tone mark in its standard place ("hoà" → "hòa"); case and length are kept."""
    return _WORD.sub(lambda word: _unify(word.group()), text)


@lru_cache(maxsize=16384)
def _unify(word: str) -> str:
    if word.isascii():
        return word
    lower = word.lower()
    placed = canonical(lower)
    if placed == lower or len(lower) != len(word):
        return word
    return "".join(new.upper() if old.isupper() else new for old, new in zip(word, placed, strict=True))


def tokens(text: str) -> list[Token]:
    """Words, numbers, document numbers and single signs with their offsets, blanks left out.

    A compound with "/", "-" or "." stays whole only when it holds a digit ("206/QĐ-UBND", "4G/5G",
    "15/12") or is an upper-case abbreviation ("QĐ-UBND"); "TT&TT" always does. A range of
    numbers is cut ("2021-2025").
    """
    return list(_tokens(text))


@lru_cache(maxsize=256)
def _tokens(text: str) -> tuple[Token, ...]:
    """Remembered, since the steps of the normaliser cut the same text again and again."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        piece = match.group()
        if piece.isalnum() or len(piece) == 1 or _stays_whole(piece):
            found.append(Token(piece, match.start(), match.end()))
        else:
            found.extend(_cut(piece, match.start()))
    return tuple(found)


def _stays_whole(piece: str) -> bool:
    if _CUT.fullmatch(piece):
        return False
    return "&" in piece or piece.isupper() or any(map(str.isdigit, piece))


def _cut(piece: str, offset: int) -> list[Token]:
    spans = [word.span() for word in re.finditer(r"[^\W_]+%?|[^\w\s]", piece)]
    return [Token(piece[start:end], offset + start, offset + end) for start, end in spans]


def substitute(text: str, rewrites: Iterable[tuple[Token, str]]) -> str:
    """The text with tokens (in their order) replaced; a capital at the head of a token is kept."""
    out, position = [], 0
    for token, new in rewrites:
        capital = token.text[0].isupper() and not (len(token.text) > 1 and token.text.isupper())
        out += [text[position : token.start], new[0].upper() + new[1:] if capital else new]
        position = token.end
    return "".join([*out, text[position:]])


@lru_cache(maxsize=16384)
def squeeze(word: str) -> str:
    """A lower-case word less its drawn-out letters ("aiiii" → "ai", "vâyyyy" → "vây").

    Letters said three times or more become one, if that makes a Vietnamese syllable of the word.
    """
    if not _DRAWN_OUT.search(word) or set(word) <= set("ivx"):
        return word
    short = _DRAWN_OUT.sub(r"\1", word)
    return short if is_syllable(canonical(short)) or is_folded_syllable(short) else word


def syllables(text: str) -> list[str]:
    """The lower-case words and numbers of a text, tones in their standard place, signs left out.

    >>> syllables("Căn cứ 206/QĐ-UBND: 100% hộ dùng 4G/5G")
    ['căn', 'cứ', '206/qđ-ubnd', '100%', 'hộ', 'dùng', '4g/5g']
    """
    found = (token.text for token in tokens(clean(text)))
    return [canonical(squeeze(piece.lower())) for piece in found if piece[0].isalnum()]
