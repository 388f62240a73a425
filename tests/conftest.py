"""What tests of several packages share: the built artefacts, and the real service."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.service import address, environment, temporary
from tests.goldens import OPTION
from trolyso.settings import ROOT, Settings

pytest_plugins = ["tests.postgres"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --regenerate-goldens`; the changes are then reviewed like code."""
    parser.addoption(OPTION, action="store_true", help="write the golden files of the chosen tests anew")


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with encoder, store and index of the official texts, and the trained Rasa model.

    What set-up built is used when it is there (`make test` sees to that); encoder, store and index
    are built for the session otherwise.
    """
    ready = Settings()
    if (ready.home / "encoder").is_dir() and ready.index_path.is_dir():
        return ready.home
    home = tmp_path_factory.mktemp("home")
    env = {**os.environ, **environment(ready.model_copy(update={"home": home})), "PYTHONPATH": str(ROOT)}
    for arguments in (["encoder"], ["ingest", str(ROOT / "knowledge" / "sources")]):
        subprocess.run([sys.executable, "-m", "bot.cli", *arguments], cwd=ROOT, env=env, check=True)
    return home


@pytest.fixture(scope="session")
def service(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of the three real processes, run once for the session on free ports."""
    # What tests send must not stand among what people sent.
    people = f"sqlite:///{tmp_path_factory.mktemp('people') / 'people.sqlite3'}"
    settings = Settings().model_copy(update={"home": built_home, "people_database_url": people})
    if not any(settings.models_path.glob("*.tar.gz")):
        reason = f"no trained Rasa model in {settings.models_path}: run `make test`"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with temporary(settings) as running:
        yield running


@pytest.fixture(scope="session")
def service_url(service: Settings) -> str:
    """Address of the gateway of the real processes."""
    return address(service)
