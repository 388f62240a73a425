"""Set-up's parts that decide: which interpreter, which torch, what is stale, what a failure says."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from provision import console, environments, interpreters, stamps
from provision.console import Runner, SetupError

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
ShimMaker = Callable[[str], Path]


@pytest.fixture
def shim(tmp_path: Path) -> ShimMaker:
    def make(script: str) -> Path:
        path = tmp_path / f"shim{len(list(tmp_path.iterdir()))}"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    return make


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make these the only interpreters that set-up can find."""

    def choose(*candidates: object) -> None:
        monkeypatch.setattr(interpreters, "_candidates", lambda _: [str(each) for each in candidates])

    return choose


def test_a_shim_that_fails_is_passed_over(shim: ShimMaker, only: Callable[..., None]) -> None:
    failing = shim("echo 'pyenv: python3.10: command not found' >&2; exit 127")
    only(failing, "/nowhere/python", sys.executable)
    assert interpreters.find(VERSION) == sys.executable


def test_another_version_is_passed_over(shim: ShimMaker, only: Callable[..., None]) -> None:
    only(shim("echo 2.7 ready"))
    with pytest.raises(SetupError, match=r"Python 3\.10 is missing: run `pyenv install 3\.10`"):
        interpreters.find("3.10")


def test_an_interpreter_without_venv_says_which_package(shim: ShimMaker, only: Callable[..., None]) -> None:
    only(shim("echo 3.11 bare"))
    with pytest.raises(SetupError, match=r"apt-get install python3\.11-venv"):
        interpreters.find("3.11")


def test_newest_patch_of_pyenv_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("3.10.9", "3.10.13", "3.11.2"):
        (tmp_path / "versions" / version).mkdir(parents=True)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    found = [Path(each).parents[1].name for each in interpreters._pyenv("3.10")]
    assert found == ["3.10.13", "3.10.9"]


def _report(*requirements: str) -> dict[str, Any]:
    return {"install": [{"metadata": {"name": "torch", "requires_dist": list(requirements)}}]}


@pytest.mark.parametrize(
    "requirement",
    [
        "nvidia-cudnn-cu13==9.20.0.48; platform_system == 'Linux'",
        "cuda-toolkit[cublas]==13.0.3; platform_system == 'Linux'",
        "triton==3.7.1",
    ],
)
def test_a_cuda_build_is_recognised(requirement: str) -> None:
    assert environments.needs_cuda(_report("filelock", requirement))


def test_a_cpu_build_is_recognised() -> None:
    optional = 'nvidia-something>=1; extra == "gpu"'
    assert not environments.needs_cuda(_report("filelock", "sympy>=1.13", optional))


class Recorder(Runner):
    """Keeps the commands instead of running them: these tests are about which ones are chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.commands: list[list[str]] = []

    def run(self, step: str, doing: str, command: Any, env: Any = None) -> None:
        self.commands.append(list(command))


@pytest.mark.parametrize(
    ("named", "cuda", "index"),
    [
        ("", False, None),
        ("", True, environments.CPU_INDEX),
        ("https://wheels.example/simple", True, "https://wheels.example/simple"),
    ],
)
def test_torch_never_comes_with_cuda_unasked(
    monkeypatch: pytest.MonkeyPatch, named: str, cuda: bool, index: str | None
) -> None:
    monkeypatch.setenv("TROLYSO_TORCH_INDEX", named)
    monkeypatch.setattr(environments, "_would_take_cuda", lambda _: cuda)
    monkeypatch.setattr(sys, "platform", "linux")
    runner = Recorder()
    environments.install_torch(environments.main_environment(dev=False), runner)
    (command,) = runner.commands
    assert ("--index-url" in command) == (index is not None)
    if index:
        assert command[command.index("--index-url") + 1] == index


def test_digest_changes_with_content_and_with_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / "a.yml"
    file.write_text("one")
    first = stamps.digest(["data"])
    (tmp_path / "data" / "__pycache__").mkdir()
    (tmp_path / "data" / "__pycache__" / "a.pyc").write_text("noise")
    assert stamps.digest(["data"]) == first == stamps.digest(["data", "missing.yml"])
    file.write_text("two")
    second = stamps.digest(["data"])
    file.rename(tmp_path / "data" / "b.yml")
    assert len({first, second, stamps.digest(["data"]), stamps.digest(["data"], ["x"])}) == 4


def test_a_stamp_is_fresh_for_its_digest_only(tmp_path: Path) -> None:
    stamp = stamps.Stamp(tmp_path / "stamps", "step")
    assert not stamp.fresh("a")
    stamp.write("a")
    assert stamp.fresh("a")
    assert not stamp.fresh("b")
    stamp.clear()
    assert not stamp.fresh("a")


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "the disk is full"),
        ("NewConnectionError: Failed to establish a new connection", "the package index cannot be reached"),
        (
            "error: Failed to fetch: dns error: failed to lookup address",
            "the package index cannot be reached",
        ),
        ("[Errno 13] Permission denied: '/opt/x'", "no permission to write"),
        ("ERROR: No matching distribution found for torch==2.13.0", "lacks a pinned version"),
        ("something else went wrong", "something else went wrong"),
    ],
)
def test_a_failure_is_one_line_that_says_what_to_do(tmp_path: Path, printed: str, told: str) -> None:
    command = [sys.executable, "-S", "-c", f"print({printed!r}); raise SystemExit(1)"]
    with pytest.raises(SetupError, match=r"\A[^\n]*\Z") as failure:
        Runner(tmp_path).run("venv", "installing", command)
    assert told in str(failure.value)


def test_an_old_failure_in_the_log_is_not_told_again(tmp_path: Path) -> None:
    (tmp_path / "setup-venv.log").write_text("No space left on device\n")
    with pytest.raises(SetupError, match="exit code 5"):
        Runner(tmp_path).run("venv", "installing", ["sh", "-c", "exit 5"])


def test_a_stopped_runner_starts_nothing(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    runner.stop()
    with pytest.raises(SetupError):
        runner.run("venv", "installing", ["touch", str(tmp_path / "mark")])
    assert not (tmp_path / "mark").exists()


def test_too_little_disk_space_is_said_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environments, "NEEDED_BYTES", 10**18)
    environment = environments.main_environment(dev=False)._replace(folder=tmp_path / "none")
    with pytest.raises(SetupError, match="not enough disk space"):
        environments.check_disk([environment])


def test_an_environment_that_does_not_run_is_pending_as_a_whole(tmp_path: Path) -> None:
    environment = environments.main_environment(dev=True)._replace(folder=tmp_path)
    assert environments.pending(environment) == [
        "setup.lock",
        "torch.lock",
        "main.lock",
        "dev.lock",
        "project",
    ]


def test_output_of_progress_is_visible_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.StringIO):
        flushed = False

        def flush(self) -> None:
            self.flushed = True

    pipe = Pipe()
    monkeypatch.setattr(sys, "stdout", pipe)
    console.say("venv", "installing")
    assert pipe.flushed
    assert pipe.getvalue() == "[venv] installing\n"


def test_set_up_starts_in_the_oldest_python_it_names() -> None:
    """The files parse as Python 3.8: a newcomer's python3 may be old."""
    import ast

    scripts = Path(console.ROOT) / "scripts"
    for path in (scripts / "setup.py", *sorted((scripts / "provision").glob("*.py"))):
        ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
    assert os.access(scripts / "setup.py", os.R_OK)
