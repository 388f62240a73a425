"""Reads a file in a process of its own (``python -m bot.hostile.reading``) of bounded memory and time."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.hostile.damaging import damaged
from bot.hostile.files import guides, texts
from knowledge.errors import KnowledgeError
from knowledge.reading import UnreadableFile
from trolyso.settings import ROOT

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space that a reader may take, Python and its libraries included."""
PATIENCE = 60.0
"""Seconds for one file."""
DAMAGED = 20
_COMMON = 20_000
SOURCES = ROOT / "knowledge" / "sources"
_READ, _REFUSED = 0, 3


class Reader(StrEnum):
    """What reads a file."""

    TEXT = "text"
    """Lines and tables, whatever the file is."""
    DOCUMENT = "document"
    """All records of a source."""
    GUIDE = "guide"
    """A guide for citizens."""


class Outcome(StrEnum):
    """What became of a file; the last two are defects."""

    READ = "read"
    REFUSED = "refused"
    CRASHED = "crashed"
    HUNG = "hung"


@dataclass(frozen=True, slots=True)
class Result:
    """How one reader fared with one file, within so many seconds; `told` is the end of what it printed."""

    name: str
    reader: Reader
    outcome: Outcome
    seconds: float
    told: str

    @property
    def is_defect(self) -> bool:
        """True when the file was neither read nor refused."""
        return self.outcome in (Outcome.CRASHED, Outcome.HUNG)


def try_all(seed: int) -> Iterator[Result]:
    """Have each reader read its hostile files, and `DAMAGED` real sources that are damaged by the seed."""
    sources = [damaged(SOURCES, f"{seed}/{number}") for number in range(DAMAGED)]
    files = {
        Reader.TEXT: texts(),
        # Its steps after the reading are measured with files of a common size.
        Reader.DOCUMENT: (*texts(_COMMON), *sources),
        Reader.GUIDE: guides(),
    }
    for reader, each in files.items():
        for name, content in each:
            yield try_one(reader, name, content)


def try_one(reader: Reader, name: str, content: bytes, patience: float = PATIENCE) -> Result:
    """Read one file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("thu.md" if reader is Reader.GUIDE else "thu.txt")
        path.write_bytes(content)
        command = [sys.executable, "-m", __name__, reader, str(path)]
        began = time.monotonic()
        try:
            done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=patience, check=False)
        except subprocess.TimeoutExpired:
            return Result(name, reader, Outcome.HUNG, patience, "")
    seconds = time.monotonic() - began
    told = (done.stdout + done.stderr).decode("utf-8", "replace").strip()[-300:]
    known = {_READ: Outcome.READ, _REFUSED: Outcome.REFUSED}
    return Result(name, reader, known.get(done.returncode, Outcome.CRASHED), seconds, told)


def reading(reader: Reader) -> Callable[[Path], object]:
    """The function that reads; raises `UnreadableFile` or `KnowledgeError` for a file that is no good."""
    if reader is Reader.TEXT:
        from knowledge.reading import read

        return read
    if reader is Reader.GUIDE:
        from knowledge.parsing.guides import read_guide

        return read_guide
    from knowledge.ingest import SourceParser

    return SourceParser(SOURCES).parse


def main(reader: Reader, path: Path) -> int:
    """Read one file under the limit of memory; the exit status tells the outcome."""
    import resource

    read = reading(reader)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        read(path)
    except (UnreadableFile, KnowledgeError) as error:
        print(error)
        return _REFUSED
    return _READ


if __name__ == "__main__":
    sys.exit(main(Reader(sys.argv[1]), Path(sys.argv[2])))
