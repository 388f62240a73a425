"""`trolyso backup` and `trolyso restore`: what cannot be built again.

That is what people sent (tickets, messages that wait for an answer) and the key that conversation ids are
signed with. Records, index and models are built from the sources and are left out.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import sqlite3
import tempfile
from datetime import datetime
from pathlib import Path

from bot.gateway import KEY_FILE
from bot.service import check_ports
from bot.supervisor import SupervisorError
from trolyso.settings import Settings

DATABASE = "people.sqlite3"
MANIFEST = "manifest.json"
_BESIDE = ("-wal", "-shm")


class BackupError(SupervisorError):
    """A backup cannot be made or put back; the message is Vietnamese and says why."""


def backup(settings: Settings, folder: Path) -> Path:
    """Copy into a new folder below `folder`, also while the service runs; gives the new folder.

    Raises `BackupError`.
    """
    _check_sqlite(settings)
    source = settings.home / DATABASE
    if not source.is_file():
        raise BackupError(f"Chưa có gì để sao lưu trong {settings.home}.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(dir=folder, prefix=".trolyso-"))
        try:
            _copy_database(source, scratch / DATABASE)
            if (settings.home / KEY_FILE).is_file():
                shutil.copy2(settings.home / KEY_FILE, scratch / KEY_FILE)
            _write_manifest(scratch)
            target = folder / f"trolyso-{datetime.now():%Y%m%d-%H%M%S}"
            scratch.rename(target)
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"Không sao lưu được vào {folder}: {error}") from error
    return target


def restore(settings: Settings, source: Path) -> Path | None:
    """Put a backup back in place; what stood there goes into a folder that is given, None when nothing did.

    Raises `BackupError` when the backup is damaged, `PortInUse` while the service runs.
    """
    _check_sqlite(settings)
    check_ports(settings)
    names = _checked(source)
    settings.home.mkdir(parents=True, exist_ok=True)
    kept = _set_aside(settings.home)
    for name in names:
        fresh = settings.home / f".{name}.restored"
        shutil.copy2(source / name, fresh)
        fresh.replace(settings.home / name)
    return kept


def _check_sqlite(settings: Settings) -> None:
    if settings.people_database_url:
        raise BackupError(
            "Dữ liệu người dân nằm ở cơ sở dữ liệu riêng (TROLYSO_PEOPLE_DATABASE_URL): "
            "sao lưu bằng công cụ của nó, ví dụ pg_dump."
        )


def _copy_database(source: Path, target: Path) -> None:
    """A copy as of one moment, whatever is written meanwhile."""
    with (
        contextlib.closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as live,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupError(f"Tệp {source.name} bị hỏng, không sao lưu được.")
    target.chmod(0o600)


def _write_manifest(folder: Path) -> None:
    files = {path.name: _digest(path) for path in sorted(folder.iterdir())}
    (folder / MANIFEST).write_text(json.dumps({"files": files}, indent=1) + "\n", "utf-8")


def _checked(source: Path) -> list[str]:
    """The files of a backup, each as it was written."""
    try:
        files = json.loads((source / MANIFEST).read_text("utf-8"))["files"]
        wrong = [name for name in files if Path(name).name != name or _digest(source / name) != files[name]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{source} không phải là một bản sao lưu dùng được: {error}") from error
    if wrong or DATABASE not in files:
        raise BackupError(f"Bản sao lưu {source} bị hỏng: {', '.join(wrong) or DATABASE}.")
    return list(files)


def _set_aside(home: Path) -> Path | None:
    """Move what is in place into a folder of its own."""
    names = (DATABASE, *(DATABASE + end for end in _BESIDE), KEY_FILE)
    held = [home / name for name in names if (home / name).exists()]
    if not held:
        return None
    kept = Path(tempfile.mkdtemp(dir=home, prefix=f"before-restore-{datetime.now():%Y%m%d-%H%M%S}-"))
    for path in held:
        path.replace(kept / path.name)
    return kept


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
