"""The clock of the processes under test, which can be made to jump (libfaketime, where it is installed)."""

from __future__ import annotations

import importlib.util
from pathlib import Path


class Sky:
    """A file that libfaketime reads in each of the processes; the monotonic clock stays as it is."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self._library = _library()
        self.jump("+0")

    @property
    def there(self) -> bool:
        """True when the clock can be made to jump."""
        return self._library is not None

    def variables(self) -> dict[str, str]:
        """What a process needs in its environment to live under this sky."""
        if self._library is None:
            return {}
        return {
            "LD_PRELOAD": str(self._library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_NO_CACHE": "0",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }

    def jump(self, offset: str) -> None:
        """Set the clock off by libfaketime's words for a time: ``+2d``, ``-1h``, ``+0``."""
        if self._library:
            self._file.write_text(f"{offset}\n")


def _library() -> Path | None:
    found = importlib.util.find_spec("libfaketime")
    folder = Path(found.origin).parent if found and found.origin else None
    library = folder / "vendor" / "libfaketime" / "src" / "libfaketime.so.1" if folder else None
    return library if library and library.is_file() else None
