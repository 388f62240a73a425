#!/usr/bin/env python3
"""Fuzz the document readers for a while: ``fuzz_readers.py [--reader NAME] [--seconds N] [--seed N]``.

With atheris the inputs follow the branches that they reach; without it the real sources are damaged by
chance. A file that makes a reader fail in an unforeseen way, or take longer than `LONGEST` seconds, is kept
in the folder that is told, and the exit code is not 0.
"""

from __future__ import annotations

import argparse
import itertools
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from types import FrameType

from bot.hostile.damaging import damage, damaged

READERS = ("text", "document", "guide")
LONGEST = 20
_MEMORY = 1024  # MiB
_LENGTH = 20_000  # bytes; longer files only make each try slower
_SEEDS = 40

Try = Callable[[bytes], None]


class TooSlow(Exception):
    """A file took longer than `LONGEST` seconds."""


def main() -> int:
    """The exit code is 0 when nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", choices=READERS, default=READERS[0])
    parser.add_argument("--seconds", type=int, default=60, help="how long to try")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--found", type=Path, help="where to keep what fails (default: a temporary folder)")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    found = options.found or Path(tempfile.mkdtemp(prefix="fuzz-"))
    found.mkdir(parents=True, exist_ok=True)
    if find_spec("atheris") is None:
        return _damage(options.reader, options.seconds, options.seed, found)
    if options.inside:
        _follow(options.reader, options.seconds, options.seed, found)
    # libFuzzer ends its process itself, whatever it finds.
    code = subprocess.run([sys.executable, __file__, *_again(options, found)], check=False).returncode
    kept = sorted(path for path in found.iterdir() if path.is_file())
    print(f"{options.reader}: {'nothing found' if not code else f'found {kept or found}'}")
    return code


def _again(options: argparse.Namespace, found: Path) -> list[str]:
    given = {
        "--reader": options.reader,
        "--seconds": options.seconds,
        "--seed": options.seed,
        "--found": found,
    }
    return [*(str(word) for pair in given.items() for word in pair), "--inside"]


def _follow(reader: str, seconds: int, seed: int, found: Path) -> None:
    """Let libFuzzer make the inputs; does not return."""
    import atheris

    with atheris.instrument_imports(include=["knowledge", "vietnamese"]):
        attempt = _attempt(reader)

    def mutate(content: bytes, most: int, chance: int) -> bytes:
        # Bytes changed at random are hardly ever text any more; half of the changes keep to what texts hold.
        if chance % 2:
            return damage(random.Random(chance), content, most)
        return bytes(atheris.Mutate(content, most))

    corpus = Path(tempfile.mkdtemp(prefix="corpus-"))
    _plant(reader, corpus)
    limits = (f"-max_total_time={seconds}", f"-timeout={LONGEST}", f"-rss_limit_mb={_MEMORY}")
    kept = (f"-artifact_prefix={found}/", f"-max_len={_LENGTH}", f"-seed={seed}", "-print_final_stats=1")
    atheris.Setup([sys.argv[0], *limits, *kept, str(corpus)], attempt, custom_mutator=mutate)
    atheris.Fuzz()


def _damage(reader: str, seconds: int, seed: int, found: Path) -> int:
    """Without atheris: damage the real sources until the time is over, and stop at the first defect."""
    from bot.hostile.reading import SOURCES

    attempt, end = _attempt(reader), time.monotonic() + seconds
    signal.signal(signal.SIGALRM, _give_up)
    folder, pattern = (SOURCES / "guides", "*.md") if reader == "guide" else (SOURCES, "*.txt")
    for number in itertools.count():
        if time.monotonic() > end:
            print(f"{reader}: {number} files, nothing found")
            return 0
        name, content = damaged(folder, f"{seed}/{number}", pattern)
        signal.alarm(LONGEST)
        try:
            attempt(content)
        except Exception as error:  # noqa: BLE001 - any other error than the two known ones is a defect
            (found / f"{seed}-{number}").write_bytes(content)
            print(f"{name}: {error!r}; kept in {found}")
            return 1
        finally:
            signal.alarm(0)
    raise AssertionError("the numbers have no end")


def _attempt(reader: str) -> Try:
    """Read bytes as a file; what a reader refuses as it should is no defect."""
    from bot.hostile.reading import Reader, reading
    from knowledge.errors import KnowledgeError
    from knowledge.reading import UnreadableFile

    read = reading(Reader(reader))
    path = Path(tempfile.mkdtemp(prefix="fuzzed-")) / ("thu.md" if reader == "guide" else "thu.txt")

    def attempt(content: bytes) -> None:
        path.write_bytes(content)
        try:
            read(path)
        except (UnreadableFile, KnowledgeError):
            return

    return attempt


def _plant(reader: str, corpus: Path) -> None:
    """What to begin with: the real sources in pieces, and a few hostile files."""
    from bot.hostile.reading import SOURCES

    if reader == "guide":
        for path in (SOURCES / "guides").glob("*.md"):
            shutil.copy(path, corpus)
        return
    for path in SOURCES.glob("*.txt"):
        content = path.read_bytes()
        for start in range(0, len(content), _LENGTH):
            (corpus / f"{path.stem}-{start}").write_bytes(content[start : start + _LENGTH])
    for number in range(_SEEDS):
        (corpus / f"damaged-{number}").write_bytes(damaged(SOURCES, str(number))[1][:_LENGTH])


def _give_up(number: int, frame: FrameType | None) -> None:
    raise TooSlow(f"longer than {LONGEST} s")


if __name__ == "__main__":
    sys.exit(main())
