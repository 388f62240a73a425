"""Build the syllable table of the `vietnamese` package from texts.

    python scripts/build_restorer.py TEXT… [--measure]

A TEXT is a UTF-8 file: plain text, or JSON lines with a "text" field. The everyday questions in
``vietnamese/data/everyday.txt`` and the well-spelt examples in ``data/nlu`` are always read and weigh
more. With ``--measure`` the accuracy of the restorer is measured first on a held-out part of each.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from vietnamese.alternatives import ALL_STEPS
from vietnamese.lattice import read
from vietnamese.model import (
    BORDER,
    DATA,
    FOREIGN,
    NUMBER,
    TABLE,
    SyllableModel,
    is_vietnamese,
    model_tokens,
    read_table,
)
from vietnamese.restore import accented_share, restore
from vietnamese.teencode import expand_teencode, standardise_dialect
from vietnamese.text import clean, fold, syllables

EVERYDAY = DATA / "everyday.txt"
WORDS = DATA / "words.txt"
ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "data" / "nlu"
DIALOGUES = ROOT / "eval" / "tuning.jsonl"
WORDINGS = ROOT / "knowledge" / "search" / "data" / "wordings.jsonl"
EVERYDAY_WEIGHT, QUESTIONS_WEIGHT, WORDS_WEIGHT = 30, 20, 40
DIALOGUES_WEIGHT, WORDINGS_WEIGHT = 20, 10
#: Runs rarer than this are left out of the table.
PAIR_FLOOR, TRIPLE_FLOOR, FOREIGN_FLOOR = 1, 2, 3
HELD_OUT = 15
#: The accented share from which an example counts as written with all its accents.
_ACCENTED = 0.5
#: Styles of dialogues that are typed with all their accents.
_TYPED = ("plain", "formal", "colloquial", "southern", "long")
_LABELLED = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=[-+*|•]|\d+[.)]|[a-zđ]\))|\|")

Weighted = tuple[str, int]
#: Texts of one kind, and how often each of them is counted.
Part = tuple[Sequence[str], int]
Runs = Mapping[tuple[str, str], int] | Mapping[tuple[str, str, str], int]


def read_texts(paths: Iterable[Path]) -> Iterator[str]:
    """The paragraphs of each file, cleaned."""
    for path in paths:
        content = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            content = "\n\n".join(json.loads(line)["text"] for line in content.splitlines())
        yield from filter(None, (clean(part) for part in _PARAGRAPH.split(content)))


def read_everyday() -> list[str]:
    """The everyday questions, one a line; lines that start with "#" are remarks."""
    lines = EVERYDAY.read_text(encoding="utf-8").splitlines()
    return [clean(line) for line in lines if line.strip() and not line.startswith("#")]


def read_phrases() -> list[str]:
    """The phrases of the word list, parted by commas."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    parts = (part for line in lines if not line.startswith("#") for part in line.split(","))
    return [clean(part) for part in parts if part.strip()]


def read_questions() -> list[str]:
    """The examples of the intents that are written in standard Vietnamese, without their labels."""
    lines = (
        line for path in sorted(QUESTIONS.glob("*.yml")) for line in path.read_text("utf-8").splitlines()
    )
    found = [clean(_LABELLED.sub(r"\1", line.strip()[2:])) for line in lines if line.strip().startswith("- ")]
    return [text for text in found if accented_share(text) >= _ACCENTED and not _nonstandard(text)]


def read_dialogues() -> list[str]:
    """The questions of the tuning set that are typed with their accents, southern words and all."""
    dialogues = [json.loads(line) for line in DIALOGUES.read_text("utf-8").splitlines()]
    typed = [clean(turn["user"]) for each in dialogues if each["style"] in _TYPED for turn in each["turns"]]
    return [text for text in typed if accented_share(text) >= _ACCENTED and expand_teencode(text) == text]


def read_wordings() -> list[str]:
    """What people would call each record (``knowledge/search/data/wordings.jsonl``)."""
    records = map(json.loads, WORDINGS.read_text("utf-8").splitlines())
    return [text for record in records for text in map(clean, record["said"]) if not _nonstandard(text)]


def _nonstandard(text: str) -> bool:
    """Whether a text holds chat spellings or southern words, which the statistics are not to learn."""
    return standardise_dialect(expand_teencode(text)) != text


def well_spelt(texts: Iterable[str], model: SyllableModel) -> list[str]:
    """The texts in which a model that has not learnt from them finds nothing to mend."""
    return [text for text in texts if not read(text, ALL_STEPS, model)[1]]


class Counts:
    """Counts of syllables, pairs and triples, and of foreign words."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.triples: Counter[tuple[str, str, str]] = Counter()
        self.foreign: Counter[str] = Counter()

    def add(self, text: str, weight: int) -> None:
        """Count one paragraph or line, `weight` times."""
        run = [BORDER, BORDER, *map(self._symbol, model_tokens(text)), BORDER]
        for before, last, word in zip(run, run[1:], run[2:], strict=False):
            self.words[word] += weight
            self.pairs[last, word] += weight
            self.triples[before, last, word] += weight

    def add_phrase(self, phrase: str, weight: int) -> None:
        """Count a phrase that stands in no sentence: what is beside it is not known."""
        run = [self._symbol(token) for token in model_tokens(phrase)]
        for word in run:
            self.words[word] += weight
        for pair in itertools.pairwise(run):
            self.pairs[pair] += weight
        for triple in zip(run, run[1:], run[2:], strict=False):
            self.triples[triple] += weight

    def _symbol(self, token: str) -> str:
        if token[0] == "<" or is_vietnamese(token):
            return token
        if token.isascii() and token.isalpha():
            self.foreign[token] += 1
        return FOREIGN

    def table(self) -> str:
        """The text of the table: words, foreign words, pairs, triples."""
        kept = sorted(self.words, key=lambda w: (-self.words[w], w))
        kept += [mark for mark in (BORDER, NUMBER, FOREIGN) if mark not in self.words]
        index = {word: number for number, word in enumerate(kept)}
        foreign = sorted(word for word, count in self.foreign.items() if count >= FOREIGN_FLOOR)
        lines = [f"{word}\t{self.words[word]}" for word in kept]
        lines += ["", " ".join(foreign), ""]
        lines += [*_grouped(self.pairs, index, PAIR_FLOOR), "", *_grouped(self.triples, index, TRIPLE_FLOOR)]
        return "\n".join([*lines, ""])


def _grouped(runs: Runs, index: dict[str, int], floor: int) -> Iterator[str]:
    contexts: dict[tuple[int, ...], list[str]] = {}
    keyed = ((tuple(index[word] for word in run), count) for run, count in runs.items() if count >= floor)
    for codes, count in sorted(keyed):
        contexts.setdefault(codes[:-1], []).append(f"{codes[-1]}:{count}")
    for context, items in contexts.items():
        yield " ".join(map(str, context)) + "\t" + " ".join(items)


def build(texts: Iterable[Weighted], target: Path) -> SyllableModel:
    """Count the texts, write the table and read it back."""
    counts = Counts()
    for text, weight in texts:
        counts.add(text, weight)
    for phrase in read_phrases():
        counts.add_phrase(phrase, WORDS_WEIGHT)
    target.write_bytes(gzip.compress(counts.table().encode("utf-8"), 9, mtime=0))
    return read_table(target)


def accuracy(texts: Iterable[str], model: SyllableModel) -> tuple[float, int]:
    """Share of syllables that are restored rightly from text without marks, and how many there were."""
    right = total = 0
    for text in texts:
        wanted = syllables(text)
        got = syllables(restore(_unmarked(text), model))
        pairs = [(a, b) for a, b in zip(wanted, got, strict=True) if is_vietnamese(a)]
        total += len(pairs)
        right += sum(a == b for a, b in pairs)
    return right / max(total, 1), total


def _unmarked(text: str) -> str:
    return "".join(fold(char).upper() if char.isupper() else fold(char) for char in text)


def _weighted(parts: Mapping[str, Part]) -> list[Weighted]:
    return [(text, weight) for texts, weight in parts.values() for text in texts]


def measure(parts: Mapping[str, Part]) -> None:
    """Build from all but a held-out share of each part (texts, weight); print the accuracy on that."""
    learn = [
        (text, weight)
        for texts, weight in parts.values()
        for number, text in enumerate(texts)
        if number % HELD_OUT
    ]
    target = TABLE.with_suffix(".measure")
    model = build(learn, target)
    target.unlink()
    for name, (texts, _) in parts.items():
        share, total = accuracy(texts[::HELD_OUT], model)
        print(f"{name}: {share:.2%} of {total} syllables")


def main() -> None:
    """Read the arguments, measure when asked, build the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--measure", action="store_true", help="measure on held-out text first")
    options = parser.parse_args()
    parts: dict[str, Part] = {
        "official": (list(read_texts(options.texts)), 1),
        "everyday": (read_everyday(), EVERYDAY_WEIGHT),
    }
    learned = build(_weighted(parts), TABLE)
    parts["questions"] = (well_spelt(read_questions(), learned), QUESTIONS_WEIGHT)
    parts["dialogues"] = (read_dialogues(), DIALOGUES_WEIGHT)
    parts["wordings"] = (well_spelt(read_wordings(), learned), WORDINGS_WEIGHT)
    if options.measure:
        measure(parts)
    build(_weighted(parts), TABLE)
    print(f"{TABLE}: {TABLE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
