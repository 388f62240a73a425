"""A real PostgreSQL server for tests, stopped at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from bot.soak.postgres import MISSING, PostgresServer, find_binaries


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """SQLAlchemy URL of an empty database of a server of our own; skips without one, fails in CI."""
    binaries = find_binaries()
    if binaries is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with PostgresServer(binaries) as server:
        yield server.url
