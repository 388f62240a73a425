"""A PostgreSQL server of our own, found on the machine and run in a temporary folder, that can be stopped.

It listens on a Unix socket only. PostgreSQL refuses to run as root, so for root it runs as another user, who
owns the folder.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_DEBIAN = Path("/usr/lib/postgresql")
MISSING = f"no PostgreSQL server under {_DEBIAN}: install the Debian package 'postgresql'"


class PostgresError(RuntimeError):
    """A command of the server failed; the message is its output."""


class PostgresServer:
    """A fresh cluster, gone at the end; `url` is the SQLAlchemy URL of its database ``postgres``."""

    def __init__(self, binaries: Path) -> None:
        # Under /tmp whatever TMPDIR says: the path of a Unix socket holds some 100 bytes only.
        self._folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
        self._binaries = binaries
        self._identity = _identity(self._folder)
        self.url = f"postgresql://tests@/postgres?host={self._folder}"

    def __enter__(self) -> Self:
        options = ("-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        try:
            self._run("initdb", "-D", self._data, *options)
            self.start()
        except BaseException:
            shutil.rmtree(self._folder)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if (self._data / "postmaster.pid").exists():
                self.stop()
        finally:
            shutil.rmtree(self._folder)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def start(self) -> None:
        """Start it and wait until it answers. Raises `PostgresError`."""
        options = f"-k {self._folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off"
        self._run("pg_ctl", "-D", self._data, "-w", "-s", "-l", self._folder / "log", "-o", options, "start")

    def stop(self) -> None:
        """End it at once, as a crash would; what was committed is there after `start`."""
        self._run("pg_ctl", "-D", self._data, "-w", "-s", "-m", "immediate", "stop")

    def _run(self, name: str, *arguments: str | Path) -> None:
        # The server must not inherit a pipe: reading it would wait for the server's end. Hence a file.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                [str(self._binaries / name), *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
                check=False,
                **self._identity,
            )
            output.seek(0)
            if done.returncode:
                raise PostgresError(f"{name} failed:\n{output.read()}")


def find_binaries() -> Path | None:
    """The ``bin`` folder of the newest installed server."""
    versions = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


def _identity(folder: Path) -> dict[str, Any]:
    """Whom the server runs as: ourselves, or for root an unprivileged user, who is given the folder."""
    if os.geteuid() != 0:
        return {}
    users = {user.pw_name: user for user in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
