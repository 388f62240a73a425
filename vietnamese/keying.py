"""Raw telex and VNI keystrokes, typed while the keyboard program was off, as Vietnamese.

"doanh nghieepj nhor" → "doanh nghiệp nhỏ"; "chu3 tri2 na8m 2024" → "chủ trì năm 2024".
A word is decoded only when it is no Vietnamese syllable as typed, its decoded form is one, and the
whole message looks keyed: English words, acronyms, document numbers and figures stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from vietnamese.abbreviations import is_abbreviation
from vietnamese.foreign import ENGLISH
from vietnamese.grammar import VOWELS, is_folded_syllable, is_syllable, join, split_base, split_tone
from vietnamese.model import is_vietnamese, syllable_model
from vietnamese.text import Token, squeeze, substitute, tokens

_TELEX_TONES = {"f": 1, "s": 2, "r": 3, "x": 4, "j": 5}
_VNI_TONES = {"2": 1, "1": 2, "3": 3, "4": 4, "5": 5}
_ROUND = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"o": "ơ", "u": "ư"}
_VNI_WORD = re.compile(r"[^\W\d_]+\d[^\W_]*")
_VNI_STRONG = re.compile(r"[6-9]")
_TELEX_STRONG = re.compile(r"aa|ee|oo|dd|[aou]w|w[aou]|[aeou][a-z]{1,2}w$")
_KEYED_D = re.compile(r"\b[A-Za-z]*(?:DD|D9|dd|d9)[A-Za-z]*\b")
#: A message is keyed when at least so many words decode, and at least this share of its words.
_LEAST_WORDS, _LEAST_SHARE = 2, 0.3
#: From this share on, a word that is also an English one ("car") is a keyed one, if that is a common word.
_CERTAIN_SHARE, _COMMON = 0.5, -9.5


@dataclass
class _Keys:
    """The letters of a word so far, with the tone that was keyed."""

    letters: list[str]
    tone: int = 0

    def has_vowel(self) -> bool:
        return any(letter in VOWELS for letter in self.letters)

    def change_last(self, changes: dict[str, str]) -> bool:
        """Change the last letter that has a change; False when there is none."""
        for at in range(len(self.letters) - 1, -1, -1):
            if self.letters[at] in changes:
                self.letters[at] = changes[self.letters[at]]
                return True
        return False

    def horn(self, changes: dict[str, str]) -> bool:
        """Put a horn on the vowels: "uo" takes two, but after "q" the u is part of the onset."""
        word = "".join(self.letters)
        at = max(word.rfind("uo"), word.rfind("ưo"))
        if "u" in changes and at >= 0 and word[at - 1 : at] != "q":
            self.letters[at : at + 2] = "ươ"
            return True
        if word.endswith("ua") and word[:1] != "q" and "u" in changes:
            self.letters[-2] = "ư"
            return True
        return self.change_last(changes)

    def word(self) -> str | None:
        """The Vietnamese syllable that was keyed, None when it is none."""
        base = "".join(self.letters)
        if base.endswith("ươ"):
            base = base[:-2] + "uơ"
        if split_base(base) is None:
            return None
        word = join(base, self.tone)
        return word if is_syllable(word) else None

    def chat_word(self) -> str | None:
        """The southern word with "dz" or "z" that was keyed ("dzaayj" → "dzậy"), None when it is none."""
        base = "".join(self.letters)
        onset = next((onset for onset in ("dz", "z") if base.startswith(onset)), None)
        if onset is None or split_base("d" + base[len(onset) :]) is None:
            return None
        word = join("d" + base[len(onset) :], self.tone)
        return onset + word[1:] if is_syllable(word) and not word.isascii() else None


def _started(word: str) -> tuple[_Keys, str]:
    """Empty keys with the tone that the word carries already, and the word less that tone."""
    base, tone = split_tone(word) or (word, 0)
    return _Keys([], tone), base


def decode_telex(word: str) -> str | None:
    """The syllable that a lower-case word spells in telex, None when it spells none.

    Tone and mark keys may stand after their vowel or at the end of the word.
    """
    keys, base = _started(word)
    for key in base:
        _press_telex(keys, key)
    return keys.word() or keys.chat_word()


def _press_telex(keys: _Keys, key: str) -> None:
    if key in _TELEX_TONES and keys.has_vowel():
        keys.tone = _TELEX_TONES[key]
    elif key == "z" and keys.has_vowel():
        keys.tone = 0
    elif key == "w":
        if not keys.horn({**_HORN, "a": "ă"}):
            keys.letters.append("ư")
    elif key == "d" and keys.letters[:1] == ["d"]:
        keys.letters[0] = "đ"
    elif not (key in _ROUND and keys.change_last({key: _ROUND[key]})):
        keys.letters.append(key)


def decode_vni(word: str) -> str | None:
    """The syllable that a lower-case word with digits spells in VNI, None when it spells none.

    Digits may stand after their vowel or at the end; each of them has to change something.
    """
    keys, base = _started(word)
    if not _VNI_WORD.fullmatch(word) or len(word) > 11:
        return None
    for key in base:
        if key.isdigit():
            if not _press_vni(keys, key):
                return None
        else:
            keys.letters.append(key)
    return keys.word() or keys.chat_word()


def _press_vni(keys: _Keys, key: str) -> bool:
    if key in _VNI_TONES:
        keys.tone = _VNI_TONES[key]
        return keys.has_vowel()
    if key == "6":
        return keys.change_last(_ROUND)
    if key == "7":
        return keys.horn(_HORN)
    if key == "8":
        return keys.change_last({"a": "ă"})
    if key == "9" and keys.letters[:1] == ["d"]:
        keys.letters[0] = "đ"
        return True
    return False


def decode(text: str) -> str:
    """The text with keyed words decoded, or the text itself when it does not look keyed."""
    text = _KEYED_D.sub(_acronym, text)
    pieces = [token for token in tokens(text) if token.text[0].isalpha() and token.text.isalnum()]
    digits = any(map(str.isdigit, text))
    vni = _keyed(pieces, decode_vni, _VNI_STRONG) if digits else []
    telex = _keyed(pieces, decode_telex, _TELEX_STRONG)
    return substitute(text, vni if len(vni) > len(telex) else telex)


def _acronym(found: re.Match[str]) -> str:
    """An abbreviation whose Đ was keyed ("TMDDT", "tmd9t") with its letter; other words as they are."""
    keyed = found[0]
    plain = re.sub("dd|d9", "đ", re.sub("DD|D9", "Đ", keyed))
    return plain if is_abbreviation(plain) and not is_abbreviation(keyed) else keyed


def _keyed(
    pieces: list[Token], decoder: Callable[[str], str | None], strong: re.Pattern[str]
) -> list[tuple[Token, str]]:
    """The words to replace: all that decode when the message looks keyed, else the certain ones."""
    found = [(token, word) for token in pieces if (word := _decoded(token, decoder)) is not None]
    certain = [(token, word) for token, word in found if strong.search(token.text.lower())]
    if not found:
        return []
    words = [token for token in pieces if not token.text.isupper()]
    accented = sum(not token.text.isascii() for token in words)
    if accented > len(words) * _LEAST_SHARE:
        return certain
    enough = len(found) >= min(_LEAST_WORDS, len(words)) and len(found) >= len(words) * _LEAST_SHARE
    if not enough or not _reads_well(words, found):
        return certain if len(certain) * 2 >= len(found) and _reads_well(words, found) else []
    if len(found) < len(words) * _CERTAIN_SHARE:
        return found
    known = {token.start for token, _ in found}
    english = [(token, _common(token, decoder)) for token in words if token.start not in known]
    more = [(token, word) for token, word in english if word is not None]
    return sorted([*found, *more], key=lambda pair: pair[0].start)


def _common(token: Token, decoder: Callable[[str], str | None]) -> str | None:
    """The common syllable that an English word keys ("car" → "cả"), None for other words."""
    if token.text.lower() not in ENGLISH:
        return None
    word, model = decoder(token.text.lower()), syllable_model()
    if word is None or word.isascii() or not model.knows(word):
        return None
    return word if model.frequency(model.index[word]) > _COMMON else None


def _reads_well(words: list[Token], found: list[tuple[Token, str]]) -> bool:
    """Whether nearly all of the message is Vietnamese once decoded."""
    decoded = {token.start for token, _ in found}
    good = sum(token.start in decoded or is_vietnamese(token.text.lower()) for token in words)
    return good >= 0.7 * len(words)


def _decoded(token: Token, decoder: Callable[[str], str | None]) -> str | None:
    """The decoded word, when the typed one is neither Vietnamese nor English nor an acronym."""
    word = squeeze(token.text.lower())
    # Who holds the shift key types "DDoongf".
    rest = token.text[2:] if token.text[:2] == "DD" else token.text[1:]
    if len(word) < 2 or rest != rest.lower() or word in ENGLISH:
        return None
    plain = "oo" not in word and (is_syllable(word) or is_folded_syllable(word))
    if plain or (token.text[0].isupper() and len(word) < 3):
        return None
    decoded = decoder(word)
    known = decoded is not None and (syllable_model().knows(decoded) or decoded.startswith(("z", "dz")))
    return decoded if known else None


def is_keyed(word: str) -> bool:
    """Whether a lower-case word spells a known syllable in telex or VNI and is none as it stands."""
    decoded = decode_vni(word) if any(map(str.isdigit, word)) else decode_telex(word)
    return decoded is not None and decoded != word and syllable_model().knows(decoded)
