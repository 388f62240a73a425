"""The language statistics that keying, spelling and restoration share: a table of syllable counts.

The table is built by ``scripts/build_restorer.py`` and read once, when it is first needed.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from math import log
from pathlib import Path

from vietnamese.grammar import canonical, is_folded_syllable, is_syllable
from vietnamese.text import fold, squeeze, tokens

DATA = Path(__file__).resolve().parent / "data"
TABLE = DATA / "syllables.tsv.gz"

#: What stands in the statistics for a border of a sentence, a number and a foreign word.
BORDER, NUMBER, FOREIGN = "<s>", "<n>", "<x>"
_BORDERS = frozenset('.?!;:"')
#: Weight of the backed-off estimate, in counts: so much, and so much for each different follower.
_PAIR_MASS, _PAIR_FOLLOWER, _TRIPLE_MASS, _TRIPLE_FOLLOWER = 5.0, 2.0, 5.0, 3.0
_UNSEEN = 0.05


@dataclass(frozen=True, eq=False)
class SyllableModel:
    """Counts of syllables and of runs of two and three, with the estimates made from them.

    A syllable is known by its index in `words`; runs are keyed by `size` as a number base.
    `forms` gives for a folded syllable the indices of its accented forms, most frequent first.
    """

    words: tuple[str, ...]
    counts: tuple[float, ...]
    pairs: dict[int, float]
    triples: dict[int, float]
    foreign: frozenset[str]
    index: dict[str, int] = field(init=False)
    forms: dict[str, tuple[int, ...]] = field(init=False)
    size: int = field(init=False)
    total: float = field(init=False)
    _after_one: dict[int, int] = field(init=False)
    _after_two: dict[int, int] = field(init=False)
    _cache: dict[int, float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        forms: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            if word[0] != "<":
                forms.setdefault(fold(word), []).append(number)
        counts = self.counts
        object.__setattr__(self, "index", {word: number for number, word in enumerate(self.words)})
        object.__setattr__(
            self, "forms", {key: tuple(sorted(of, key=lambda n: -counts[n])) for key, of in forms.items()}
        )
        object.__setattr__(self, "size", len(self.words))
        object.__setattr__(self, "total", sum(counts))
        object.__setattr__(self, "_after_one", _followers(self.pairs, self.size))
        object.__setattr__(self, "_after_two", _followers(self.triples, self.size))

    def knows(self, word: str) -> bool:
        """Whether a lower-case syllable occurs in the texts behind the table."""
        return word in self.index

    def code(self, word: str) -> int:
        """The index of a lower-case token; unknown words count as foreign."""
        if word[0].isdigit():
            return self.index[NUMBER]
        return self.index.get(word, self.index[FOREIGN])

    def frequency(self, code: int) -> float:
        """Natural logarithm of the share of a syllable (by index) in the texts behind the table."""
        return log((self.counts[code] + _UNSEEN) / self.total)

    def plain_share(self, word: str) -> float:
        """How often a folded syllable is meant without marks, 0 to 1; 1 for one that is not known."""
        codes = self.forms.get(word, ())
        plain = sum(self.counts[code] for code in codes if self.words[code] == word)
        return plain / sum(self.counts[code] for code in codes) if codes else 1.0

    def pair_count(self, first: str, second: str) -> float:
        """How often two lower-case syllables stand side by side."""
        index = self.index
        if first not in index or second not in index:
            return 0.0
        return self.pairs.get(index[first] * self.size + index[second], 0.0)

    def score(self, before: int, last: int, word: int) -> float:
        """Natural logarithm of the chance of `word` after `before` `last` (indices)."""
        pair = before * self.size + last
        key = pair * self.size + word
        known = self._cache.get(key)
        if known is None:
            known = log(self._after_pair(pair, key, self._after(last, word)))
            if len(self._cache) > 200_000:
                self._cache.clear()
            self._cache[key] = known
        return known

    def _after_pair(self, pair: int, triple: int, backed: float) -> float:
        if pair % self.size == self.index[FOREIGN]:
            return backed
        found = self.triples.get(triple, 0.0)
        mass = _TRIPLE_MASS + _TRIPLE_FOLLOWER * self._after_two.get(pair, 0)
        return (found + mass * backed) / (self.pairs.get(pair, 0.0) + mass)

    def _after(self, last: int, word: int) -> float:
        alone = (self.counts[word] + _UNSEEN) / self.total
        if last == self.index[FOREIGN]:  # any foreign word: its followers say nothing
            return alone
        pair = self.pairs.get(last * self.size + word, 0.0)
        mass = _PAIR_MASS + _PAIR_FOLLOWER * self._after_one.get(last, 0)
        return (pair + mass * alone) / (self.counts[last] + mass)


def _followers(runs: dict[int, float], size: int) -> dict[int, int]:
    """How many different syllables follow each context."""
    return dict(Counter(run // size for run in runs))


def model_tokens(text: str) -> Iterator[str]:
    """The lower-case tokens of a cleaned text as the statistics count them.

    Syllables stand for themselves, numbers and document numbers are `NUMBER`, other words are
    given as they are, the end of a sentence is `BORDER`; other signs are left out.
    """
    for token in tokens(text):
        piece = token.text
        if piece in _BORDERS:
            yield BORDER
        elif any(map(str.isdigit, piece)):
            yield NUMBER
        elif piece[0].isalnum():
            yield canonical(squeeze(piece.lower()))


def is_vietnamese(word: str) -> bool:
    """Whether a lower-case word can be a Vietnamese syllable, with its marks or without."""
    return is_syllable(word) or is_folded_syllable(word)


def _runs(lines: Iterator[str], depth: int, size: int) -> dict[int, float]:
    """Read ``context<TAB>next:count next:count`` lines up to an empty one."""
    found: dict[int, float] = {}
    for line in lines:
        if not line:
            break
        context, _, rest = line.partition("\t")
        key = 0
        for number in context.split(" "):
            key = key * size + int(number)
        key *= size
        for item in rest.split(" "):
            word, _, count = item.partition(":")
            found[key + int(word)] = float(count)
    return found


def read_table(path: Path) -> SyllableModel:
    """Read a table written by the build script. Raises `OSError` or `ValueError`."""
    lines = iter(gzip.decompress(path.read_bytes()).decode("utf-8").split("\n"))
    words, counts = [], []
    for line in lines:
        if not line:
            break
        word, _, count = line.partition("\t")
        words.append(word)
        counts.append(float(count))
    foreign = frozenset(next(lines).split(" "))
    next(lines)
    pairs = _runs(lines, 1, len(words))
    return SyllableModel(tuple(words), tuple(counts), pairs, _runs(lines, 2, len(words)), foreign)


@cache
def syllable_model() -> SyllableModel:
    """The table that ships with the package, read at the first call."""
    return read_table(TABLE)
