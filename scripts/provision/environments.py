"""The two environments: made, filled from the locks, and left alone while the locks stay the same."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple, Sequence

from . import interpreters
from .console import ROOT, Runner, SetupError, say, up_to_date
from .stamps import Stamp, digest

STAMPS = ROOT / ".trolyso" / "stamps"
NEEDED_BYTES = 6 * 1024**3
TORCH_LOCK = "requirements/torch.lock"
# PyTorch's documented index of builds without CUDA.
CPU_INDEX = "https://download.pytorch.org/whl/cpu"


class Environment(NamedTuple):
    """One virtual environment: its folder, its Python, and the locks that fill it."""

    name: str
    folder: Path
    version: str
    locks: tuple[str, ...]
    torch: bool = False
    project: bool = False

    @property
    def python(self) -> str:
        """Its interpreter."""
        return str(self.folder / "bin" / "python")


def main_environment(dev: bool) -> Environment:
    """The assistant's own environment, with the tools for tests and checks when `dev`."""
    locks = ("requirements/main.lock",) + (("requirements/dev.lock",) if dev else ())
    return Environment("venv", ROOT / ".venv", "3.11", locks, torch=True, project=True)


def rasa_environment() -> Environment:
    """Rasa's environment."""
    return Environment("rasa", ROOT / ".venv-rasa", "3.10", ("requirements/rasa.lock",))


def pending(environment: Environment) -> list[str]:
    """The parts of `environment` that are not installed as the locks say: empty when it is ready."""
    if interpreters.probe(environment.python) != f"{environment.version} ready":
        return list(_parts(environment))
    return [part for part, value in _parts(environment).items() if not _stamp(environment, part).fresh(value)]


def install(environment: Environment, runner: Runner) -> None:
    """Make `environment` what its locks say. Raises `SetupError`."""
    parts = pending(environment)
    if not parts:
        up_to_date(environment.name, "environment is up to date")
        return
    if interpreters.probe(environment.python) != f"{environment.version} ready":
        _create(environment, runner)
    values = _parts(environment)
    for part in parts:
        stamp = _stamp(environment, part)
        stamp.clear()
        _install_part(environment, part, runner)
        stamp.write(values[part])


def check_disk(environments: Sequence[Environment]) -> None:
    """Raises `SetupError` when new environments would not fit on the disk."""
    if all((environment.folder / "bin").is_dir() for environment in environments):
        return
    free = shutil.disk_usage(str(ROOT)).free
    if free < NEEDED_BYTES:
        raise SetupError(
            f"not enough disk space: {free / 1024**3:.1f} GB free, "
            f"about {NEEDED_BYTES / 1024**3:.0f} GB needed in {ROOT}: free some and run it again"
        )


def _parts(environment: Environment) -> dict[str, str]:
    """What is installed, in order, each with the digest of what it is made from."""
    base = (environment.version, str(ROOT))
    parts = {"setup.lock": digest(["requirements/setup.lock"], base)}
    if environment.torch:
        parts["torch.lock"] = digest([TORCH_LOCK], (*base, os.environ.get("TROLYSO_TORCH_INDEX", "")))
    for lock in environment.locks:
        parts[Path(lock).name] = digest([lock], base)
    if environment.project:
        parts["project"] = digest(["pyproject.toml"], base)
    return parts


def _stamp(environment: Environment, part: str) -> Stamp:
    return Stamp(STAMPS, f"{environment.name}-{part}")


def _create(environment: Environment, runner: Runner) -> None:
    for part in _parts(environment):
        _stamp(environment, part).clear()
    python = interpreters.find(environment.version)
    command = [python, "-m", "venv", "--clear", str(environment.folder)]
    runner.run(environment.name, f"making {environment.folder.name} with {python}", command)


def _install_part(environment: Environment, part: str, runner: Runner) -> None:
    if part == "setup.lock":
        lock = str(ROOT / "requirements" / part)
        runner.run(environment.name, "installing pip and uv", [*_pip(environment), "-r", lock])
    elif part == "torch.lock":
        install_torch(environment, runner)
    elif part == "project":
        command = ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]
        runner.run(environment.name, "linking the project", [*_pip(environment), *command])
    else:
        _install_lock(environment, part, runner)


def install_torch(environment: Environment, runner: Runner) -> None:
    """Install torch with pip (which knows of wheels on this machine), never a CUDA build unasked."""
    index = os.environ.get("TROLYSO_TORCH_INDEX", "")
    if not index and sys.platform == "linux" and _would_take_cuda(environment):
        say(environment.name, f"pip would take a CUDA build of torch: taking the CPU build from {CPU_INDEX}")
        index = CPU_INDEX
    source = ["--index-url", index] if index else []
    command = [*_pip(environment), "--no-deps", *source, "-r", str(ROOT / TORCH_LOCK)]
    runner.run(environment.name, "installing torch", command)


def _would_take_cuda(environment: Environment) -> bool:
    """Ask pip which wheel it would take, and read in its metadata whether that wheel needs CUDA."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        dry = [
            "--dry-run",
            "--ignore-installed",
            "--no-deps",
            "--report",
            str(report),
            "-r",
            str(ROOT / TORCH_LOCK),
        ]
        asked = subprocess.run(
            [*_pip(environment), *dry], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        )
        if asked.returncode != 0 or not report.is_file():
            return False  # the installation that follows fails in the same way, and tells why
        return needs_cuda(json.loads(report.read_text()))


def needs_cuda(report: dict[str, Any]) -> bool:
    """True when a wheel of this pip installation report requires CUDA packages."""
    required = (
        requirement
        for item in report.get("install", [])
        for requirement in item.get("metadata", {}).get("requires_dist", [])
        if "extra ==" not in requirement
    )
    return any(
        re.match(r"(nvidia|cuda|triton|pytorch-triton)\b", requirement.lower()) for requirement in required
    )


def _install_lock(environment: Environment, lock: str, runner: Runner) -> None:
    """Fill from a lock: with uv (five times as fast), with pip where uv cannot."""
    path = str(ROOT / "requirements" / lock)
    uv = str(environment.folder / "bin" / "uv")
    command = [uv, "pip", "install", "--quiet", "--python", environment.python, "--no-deps", "-r", path]
    doing = f"installing {lock}"
    try:
        runner.run(environment.name, doing, command, uv_environment(environment))
    except SetupError as error:
        say(environment.name, f"uv did not manage ({error}): trying pip")
        runner.run(environment.name, doing, [*_pip(environment), "--no-deps", "-r", path])


def uv_environment(environment: Environment) -> dict[str, str]:
    """Tell uv, which does not read pip's configuration, the index and certificate that pip is set to."""
    listed = subprocess.run(
        [environment.python, "-m", "pip", "config", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    ).stdout.decode(errors="replace")
    settings = dict(re.findall(r"^[\w:.]*\.?\b(index-url|cert)='?([^'\n]+)'?$", listed, re.MULTILINE))
    env = {"UV_NO_CONFIG": "1"}
    if "index-url" in settings and "UV_DEFAULT_INDEX" not in os.environ:
        env["UV_DEFAULT_INDEX"] = settings["index-url"]
    if "cert" in settings and "SSL_CERT_FILE" not in os.environ:
        env["SSL_CERT_FILE"] = settings["cert"]
    return env


def _pip(environment: Environment) -> list[str]:
    return [
        environment.python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-compile",  # what is never imported is never compiled: minutes less
        "--no-input",
    ]
