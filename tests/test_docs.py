"""The pages of the project: what they name is there, and nothing in the project tells of one machine."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.api_client import ApiClient
from trolyso.settings import ROOT

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PAGES = [
    *(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "eval/README.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    *DECISIONS,
]
# Made by set-up, so absent from a fresh clone.
BUILT = (".venv", ".trolyso")
PACKAGES = ("vietnamese", "nlu", "trolyso", "knowledge", "actions", "bot", "eval")
TEXT = {
    "",
    ".cfg",
    ".css",
    ".html",
    ".in",
    ".js",
    ".json",
    ".jsonl",
    ".lock",
    ".md",
    ".py",
    ".svg",
    ".toml",
    ".txt",
    ".yml",
}
# What people may type to an assistant, and texts that are kept as received.
SPOKEN = ("data/nlu/", "knowledge/sources/", "tests/nlu/test_nlu.yml", "vietnamese/data/")
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"```.*?```", re.DOTALL)
PATH = re.compile(r"\.?[\w.*-]+(?:/[\w.*-]*)+|[\w-]+\.(?:md|yml|toml|py)")
DOTTED = re.compile(rf"(?:{'|'.join(PACKAGES)})(?:\.\w+)+")
MACHINE = re.compile(
    r"(?<![\w.])/(?:" + "|".join(("root", "work", "tmp", "home", "Users", "mnt")) + r")/[\w.]"
)
# Written with gaps, so that this file does not hold them.
WORDS = (
    "clau|de",
    "anthro|pic",
    "chat|gpt",
    "open|ai",
    "copi|lot",
    "sub|agent",
    "AI assis|tant",
    "language mo|del",
)
MAKERS = re.compile(r"\b(?:" + "|".join(word.replace("|", "") for word in WORDS) + r")\b", re.IGNORECASE)


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@cache
def _project_files() -> tuple[Path, ...]:
    """All files of the project that are not ignored; every file of its folders when git is not there."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
        found = [ROOT / name for name in listed.splitlines()]
    except (OSError, subprocess.CalledProcessError):
        folders = (*PACKAGES, "data", "docs", "scripts", "requirements", "tests")
        nested = [path for folder in folders for path in (ROOT / folder).rglob("*")]
        found = [path for path in (*ROOT.glob("*"), *nested) if "__pycache__" not in path.parts]
    return tuple(path for path in found if path.is_file())


def _prose(page: Path) -> str:
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def _links(page: Path) -> Iterator[str]:
    for target in LINK.findall(_prose(page)):
        if not re.match(r"[a-z]+:|#", target):
            yield target.partition("#")[0]


def _paths(page: Path) -> Iterator[str]:
    """The paths that a page names as code; addresses of the service begin with a slash."""
    for code in CODE.findall(_prose(page)):
        if PATH.fullmatch(code) and not code.startswith(BUILT):
            yield code


def _exists(name: str, page: Path) -> bool:
    """True for a file or pattern, read from the root, from the folder of the page, or by name alone."""
    plain = name.rstrip("/")
    if any(ROOT.glob(plain)) or any(page.parent.glob(plain)):
        return True
    return "/" not in plain and any(Path(_name(path)).match(plain) for path in _project_files())


def _is_defined(dotted: str) -> bool:
    """True when the longest part that is a module holds a definition of the rest."""
    parts = dotted.split(".")
    for size in range(len(parts), 0, -1):
        base = ROOT.joinpath(*parts[:size])
        module = next(
            (path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None
        )
        if module is not None:
            code = module.read_text(encoding="utf-8")
            return all(
                re.search(rf"^\s*(?:(?:async )?def |class )?{name}\b", code, re.MULTILINE)
                for name in parts[size:]
            )
    return False


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    assert [target for target in _links(page) if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_path_that_is_named_exists(page: Path) -> None:
    assert [name for name in _paths(page) if not _exists(name, page)] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_name_in_the_code_is_defined(page: Path) -> None:
    named = [
        code for code in CODE.findall(_prose(page)) if DOTTED.fullmatch(code) and not PATH.fullmatch(code)
    ]
    assert [dotted for dotted in named if not _is_defined(dotted)] == []


def test_the_names_that_are_checked_are_found_at_all() -> None:
    page = ROOT / "ARCHITECTURE.md"
    assert "docs/settings.md" in set(_links(page))
    assert len(set(_paths(page))) > 50
    assert sum(DOTTED.fullmatch(code) is not None for code in CODE.findall(_prose(page))) > 30
    assert not _exists("knowledge/nothing.py", page)
    assert not _is_defined("bot.chat.nothing")
    assert not _is_defined("bot.nothing")


def test_readme_names_every_make_target_and_no_other() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    described = set(re.findall(r"^([a-z]+):.*?## ", makefile, re.MULTILINE)) - {"help"}
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE))
    assert described <= named <= targets


def test_every_folder_of_code_is_on_the_map() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    folders = {_name(path).split("/")[0] for path in _project_files() if "/" in _name(path)}
    shown = {folder for folder in folders if not folder.startswith(".") and folder != "docs"}
    assert [folder for folder in sorted(shown) if f"`{folder}/" not in text] == []


def test_every_decision_is_listed() -> None:
    listed = set(_links(ROOT / "docs" / "decisions" / "README.md"))
    assert {path.name for path in DECISIONS} - {"README.md"} == listed


@pytest.mark.parametrize(
    "text", ["cd /" + "work/x", "read /" + "root/.cache", "made with Clau" + "de", "an open" + "ai key"]
)
def test_what_must_not_stand_in_a_file_is_recognised(text: str) -> None:
    assert MACHINE.search(text) or MAKERS.search(text)


@pytest.mark.parametrize("text", ["https://example.vn/home/a", "rasa/work/x", "opening", "../work/x"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert not MACHINE.search(text)
    assert not MAKERS.search(text)


def test_no_file_tells_of_one_machine_or_of_its_makers_tools() -> None:
    found = []
    for path in _project_files():
        name = _name(path)
        if path.suffix not in TEXT or name.startswith("knowledge/sources/0"):
            continue
        text = path.read_text(encoding="utf-8")
        patterns = (MACHINE,) if name.startswith(SPOKEN) or path.suffix == ".jsonl" else (MACHINE, MAKERS)
        found += [f"{name}: {hit.group()}" for pattern in patterns for hit in pattern.finditer(text)]
    assert found == []


def _transcripts(page: Path) -> Iterator[list[tuple[str, str]]]:
    """The conversations that a page shows: what was asked after ">", and the words of the answer."""
    for block in re.findall(r"```text\n(> .*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        turns = (turn.partition("\n") for turn in re.split(r"^> ", block, flags=re.MULTILINE)[1:])
        yield [(asked.strip(), " ".join(answer.split())) for asked, _, answer in turns]


@pytest.mark.e2e
def test_the_conversations_of_the_readme_are_what_is_answered(service_url: str) -> None:
    shown = list(_transcripts(ROOT / "README.md"))
    assert len(shown) == 2
    for turns in shown:
        with ApiClient(service_url) as client:
            assert [(asked, " ".join(client.ask(asked).text.split())) for asked, _ in turns] == turns
