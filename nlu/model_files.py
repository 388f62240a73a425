"""The trained models of a folder, and which of them may serve."""

import gzip
import logging
import tarfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

_CHUNK = 1024 * 1024
_log = logging.getLogger(__name__)


def is_sound(model: Path) -> bool:
    """True when all of a model file can be read: gzip carries a checksum of what it packs."""
    try:
        with gzip.open(model) as packed:
            while packed.read(_CHUNK):
                pass
        return tarfile.is_tarfile(model)
    except (OSError, EOFError, zlib.error):
        return False


@dataclass
class Models:
    """The models of a folder (or the one file that is named), each read once while its file stays."""

    place: Path
    refused: dict[Path, float] = field(default_factory=dict)
    read: dict[Path, float] = field(default_factory=dict)

    def newest(self) -> Path | None:
        """The newest sound model; None when there is none."""
        found = [self.place] if self.place.is_file() else list(self.place.glob("*.tar.gz"))
        dated = sorted(((self._date(model), model) for model in found), reverse=True)
        return next((model for date, model in dated if self._may_serve(model, date)), None)

    def refuse(self, model: Path) -> None:
        """Leave a model out until its file changes."""
        self.refused[model] = self._date(model)
        _log.error("the last good model goes on serving: %s cannot be read", model.name)

    def _may_serve(self, model: Path, date: float) -> bool:
        if self.refused.get(model) == date:
            return False
        if self.read.get(model) == date:
            return True
        if is_sound(model):
            self.read[model] = date
            return True
        self.refuse(model)
        return False

    @staticmethod
    def _date(model: Path) -> float:
        try:
            return model.stat().st_mtime
        except OSError:
            return 0.0  # it was removed meanwhile
