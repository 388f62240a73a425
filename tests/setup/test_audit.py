"""The audit of locked versions, over a database of advisories on a real socket."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import audit
import pytest
import yaml
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.fakes import LoopbackServer
from trolyso.settings import ROOT

REQUIREMENTS = ROOT / "requirements"


def database(known: dict[str, list[str]]) -> Starlette:
    async def answer(request: Request) -> JSONResponse:
        queries = (await request.json())["queries"]
        results = [{"vulns": [{"id": i} for i in known.get(q["package"]["name"], [])]} for q in queries]
        return JSONResponse({"results": results})

    return Starlette(routes=[Route("/v1/querybatch", answer, methods=["POST"])])


def test_every_lock_is_read() -> None:
    found = list(audit.pins(REQUIREMENTS))
    assert {pin.lock for pin in found} == set(audit.LOCKS)
    assert {"rasa", "torch", "fastapi", "pytest"} <= {pin.name for pin in found}
    assert not any("+" in pin.version for pin in found)


def test_what_is_accepted_is_locked_and_has_a_reason() -> None:
    accepted = yaml.safe_load((REQUIREMENTS / "accepted.yml").read_text("utf-8"))
    locked = {(pin.lock, pin.name) for pin in audit.pins(REQUIREMENTS)}
    assert {(lock, name) for lock, names in accepted.items() for name in names} <= locked
    assert all(len(reason) > 10 for names in accepted.values() for reason in names.values())


@pytest.mark.parametrize(
    ("known", "status", "said"),
    [
        ({}, 0, "0 with advisories"),
        ({"tensorflow": ["PYSEC-1"]}, 0, "PYSEC-1; accepted: no graph"),
        ({"fastapi": ["PYSEC-2", "GHSA-3"]}, 1, "PYSEC-2, GHSA-3; NOT ACCEPTED"),
    ],
)
def test_a_vulnerability_is_accepted_with_a_reason_or_fails(
    known: dict[str, list[str]], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with LoopbackServer(database(known)) as server:
        assert audit.main(server.url) == status
    assert said in capsys.readouterr().out


def test_a_reason_holds_for_its_own_lock_only(tmp_path: Path) -> None:
    folder = tmp_path / "requirements"
    shutil.copytree(REQUIREMENTS, folder)
    with (folder / "main.lock").open("a") as lock:
        lock.write("tensorflow==2.12.0\n")
    with LoopbackServer(database({"tensorflow": ["PYSEC-1"]})) as server:
        assert audit.main(server.url, folder) == 1


def test_nothing_is_claimed_without_the_database(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main("http://127.0.0.1:9") == audit.UNREACHABLE
    assert "NOT AUDITED" in capsys.readouterr().err
    assert json.dumps(capsys.readouterr().out) == '""'
