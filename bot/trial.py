"""What a campaign needs to put a service on trial: a home, records and settings that are its own."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.service import address, private
from bot.soak.postgres import PostgresServer, find_binaries
from knowledge.ingest import ingest_folder
from knowledge.store import Store
from trolyso.settings import ROOT, Settings

_COPIED = ("index", "models")


@dataclass(frozen=True, slots=True)
class Trial:
    """Settings of a service that is ready to be started.

    `postgres` is the server of its records, None where none is installed: then they are in SQLite, which
    refuses less.
    """

    settings: Settings
    postgres: PostgresServer | None


@contextlib.contextmanager
def trial(settings: Settings, home: Path, **changes: Any) -> Iterator[Trial]:
    """A trial in the empty folder `home`, on copies of what `settings` has built; `changes` are its settings.

    Raises `StoreError`, and `OSError` when something was not built.
    """
    for name in _COPIED:
        shutil.copytree(settings.home / name, home / name)
    with contextlib.ExitStack() as stack:
        binaries = find_binaries()
        postgres = stack.enter_context(PostgresServer(binaries)) if binaries else None
        own = _settings(settings, home, postgres, changes)
        with Store.open(own.store_url) as store:
            ingest_folder(ROOT / "knowledge" / "sources", store)
        yield Trial(own, postgres)


def copied_bytes(settings: Settings) -> int:
    """How much of the home folder a trial copies."""
    files = (file for name in _COPIED for file in (settings.home / name).rglob("*") if file.is_file())
    return sum(file.stat().st_size for file in files)


def _settings(
    settings: Settings, home: Path, postgres: PostgresServer | None, changes: dict[str, Any]
) -> Settings:
    own = private(
        settings,
        home=home,
        encoder=settings.encoder_path,
        database_url=postgres.url if postgres else "",
        people_database_url="",
        **changes,
    )
    return own.model_copy(update={"public_url": address(own)})
