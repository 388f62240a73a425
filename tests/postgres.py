"""A real PostgreSQL server for tests: found on the machine, run in a temporary folder, stopped at the end.

It listens on a Unix socket only. PostgreSQL refuses to run as root, so root's tests run it as another
user, who owns the folder.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_DEBIAN = Path("/usr/lib/postgresql")
_MISSING = f"no PostgreSQL server under {_DEBIAN}: install the Debian package 'postgresql' to run these tests"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """SQLAlchemy URL of an empty database of a server of our own; skips without one, fails in CI."""
    binaries = find_binaries()
    if binaries is None:
        if os.environ.get("CI") == "true":
            pytest.fail(_MISSING)
        pytest.skip(_MISSING)
    with run_server(binaries) as url:
        yield url


def find_binaries() -> Path | None:
    """The ``bin`` folder of the newest installed server."""
    versions = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


@contextmanager
def run_server(binaries: Path) -> Iterator[str]:
    """Run a server with a fresh cluster; gives the URL of its database ``postgres``."""
    # Under /tmp whatever TMPDIR says: the path of a Unix socket holds some 100 bytes only.
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    identity = _identity(folder)
    data, log = folder / "data", folder / "log"
    server: list[str | Path] = [binaries / "pg_ctl", "-D", data, "-w", "-s"]
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off"
    try:
        _run(
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "tests",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
            **identity,
        )
        _run(*server, "-l", log, "-o", options, "start", **identity)
        try:
            yield f"postgresql://tests@/postgres?host={folder}"
        finally:
            _run(*server, "-m", "immediate", "stop", **identity)
    finally:
        shutil.rmtree(folder)


def _identity(folder: Path) -> dict[str, Any]:
    """Whom the server runs as: ourselves, or for root an unprivileged user, who is given the folder."""
    if os.geteuid() != 0:
        return {}
    users = {user.pw_name: user for user in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _run(*command: str | Path, **identity: Any) -> None:
    # The server must not inherit a pipe: reading it would wait for the server's end. Hence a file.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            check=False,
            **identity,
        )
        output.seek(0)
        assert done.returncode == 0, f"{Path(command[0]).name} failed:\n{output.read()}"
