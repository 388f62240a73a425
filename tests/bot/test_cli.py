"""The command line: what it loads, how it fails, and what it prints."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.service import environment, with_free_ports
from tests.bot.samples import ANSWER
from tests.bot.site import Site
from trolyso.settings import ROOT, Settings


def trolyso(*arguments: str, settings: Settings) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **environment(settings), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return with_free_ports(Settings(home=tmp_path))


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, bot.cli; print(sorted({'torch', 'fastapi', 'sqlalchemy', 'faiss'} & set(sys.modules)))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert printed.stdout.strip() == "[]"


def test_settings_in_force_are_printed(settings: Settings) -> None:
    done = trolyso("settings", settings=settings)
    assert f"TROLYSO_PORT={settings.port}" in done.stdout.splitlines()


def test_a_port_in_use_is_one_line(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", settings.port)):
        done = trolyso("serve", settings=settings)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert f"Cổng {settings.port}" in line
    assert "TROLYSO_PORT" in line


def test_a_home_without_a_model_says_what_to_run(settings: Settings) -> None:
    done = trolyso("ask", "xin chào", settings=settings)
    assert done.returncode == 1
    assert "make run" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_sources_of_an_answer_lie_where_the_pages_stay(settings: Settings, site: Site) -> None:
    running = {"port": int(site.url.rpartition(":")[2]), "public_url": "https://trolyso.example"}
    done = trolyso("ask", "xin chào", settings=settings.model_copy(update=running))
    assert f"https://trolyso.example{ANSWER.citations[0].url}" in done.stdout
    assert site.url not in done.stdout


@pytest.mark.integration
def test_stats_count_an_ingested_text(settings: Settings, built_home: Path) -> None:
    with_encoder = settings.model_copy(update={"encoder": str(built_home / "encoder")})
    source = next((ROOT / "knowledge" / "sources").glob("003_*.txt"))
    tried = trolyso("ingest", "--dry-run", "--json", str(source), settings=with_encoder)
    assert json.loads(tried.stdout)["files"][0]["status"] == "added"
    assert json.loads(trolyso("stats", "--json", settings=with_encoder).stdout)["documents"] == []
    done = trolyso("ingest", str(source), settings=with_encoder)
    assert done.returncode == 0, done.stderr
    counted = json.loads(trolyso("stats", "--json", settings=with_encoder).stdout)
    assert counted["totals"]["indicators"] == 147
    asked = "sản phẩm OCOP trên sàn thương mại điện tử"
    found = json.loads(trolyso("search", asked, "--json", settings=with_encoder).stdout)
    assert found[0]["id"] == "206-qd-ubnd:80"
    assert found[0]["parts"]["coverage"] > 0.9


def test_a_wrong_setting_is_one_line_that_names_its_variable(settings: Settings) -> None:
    done = trolyso("settings", settings=settings.model_copy(update={"port": 70000}))
    assert done.returncode == 1
    assert done.stderr.startswith("TROLYSO_PORT: ")
    assert len(done.stderr.splitlines()) == 1
