"""Ports, addresses and the environment of the processes behind one gateway."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot import service
from bot.supervisor import Program, SupervisorError
from trolyso.settings import Mode, Settings

TOKEN = "7712345678:AAE-xample_Only0123456789abcdefghijk"
SECRETS = {
    "telegram_token": SecretStr(TOKEN),
    "telegram_webhook_secret": SecretStr("telegram-hook"),
    "zalo_token": SecretStr("5512345678:zalo-only"),
    "zalo_webhook_secret": SecretStr("zalo-hook"),
}
VALUES = {secret.get_secret_value() for secret in SECRETS.values()}
PASSWORD = "in-the-address"


def secretive(home: Path) -> Settings:
    """Settings with everything that is secret, over a home that looks built."""
    (home / "models").mkdir()
    (home / "models" / "m.tar.gz").touch()
    (home / "python").touch()
    database = f"postgresql+psycopg://app:{PASSWORD}@db/people"
    given: dict[str, Any] = {"rasa_python": str(home / "python"), "people_database_url": database}
    return Settings(home=home, **given, **SECRETS)


def environment_of(program: Program) -> str:
    """Everything that the child would find in its environment, its parent's variables included."""
    return str({**os.environ, **program.env})


@pytest.mark.parametrize(
    ("bind", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8123"),
        ("0.0.0.0", "http://127.0.0.1:8123"),
        ("::", "http://127.0.0.1:8123"),
        ("::1", "http://[::1]:8123"),
    ],
)
def test_address_is_one_that_this_machine_reaches(bind: str, address: str) -> None:
    assert service.address(Settings(bind=bind, port=8123)) == address


def test_environment_gives_a_child_the_same_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = Settings(
        home=tmp_path,
        port=8123,
        rasa_port=5123,
        actions_port=5124,
        answer_timeout=3,
        zalo_mode=Mode.WEBHOOK,
        **SECRETS,
    )
    for name, value in service.environment(given).items():
        monkeypatch.setenv(name, value)
    assert Settings() == given


def test_a_taken_port_is_named_with_its_variable() -> None:
    settings = service.with_free_ports(Settings())
    said = rf"{settings.rasa_port}.*TROLYSO_RASA_PORT"
    with (
        socket.create_server(("127.0.0.1", settings.rasa_port)),
        pytest.raises(service.PortInUse, match=said),
    ):
        service.check_ports(settings)
    service.check_ports(settings)


def test_free_ports_differ() -> None:
    settings = service.with_free_ports(Settings())
    assert len({settings.port, settings.rasa_port, settings.actions_port}) == 3


def test_a_missing_model_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(service.NotBuilt, match="trolyso train"):
        service.programs(Settings(home=tmp_path))


def test_only_the_gateway_is_given_what_is_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = secretive(tmp_path)
    # As when the parent got them by its own environment, which children inherit.
    for name, value in service.environment(settings).items():
        monkeypatch.setenv(name, value)
    programs = {program.name: program for program in service.programs(settings)}
    assert all(value in environment_of(programs["gateway"]) for value in VALUES)
    for name in ("rasa", "actions"):
        assert not [value for value in VALUES if value in environment_of(programs[name])]
    assert PASSWORD not in environment_of(programs["rasa"])
    assert PASSWORD in environment_of(programs["actions"])


def test_nothing_secret_stands_in_a_command_line(tmp_path: Path) -> None:
    commands = str([program.command for program in service.programs(secretive(tmp_path))])
    assert not [value for value in (*VALUES, PASSWORD) if value in commands]


def test_a_temporary_service_leaves_the_platforms_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given: list[dict[str, str]] = []

    def refuse(*_: object, env: dict[str, str], **__: object) -> None:
        given.append(env)
        raise SupervisorError

    settings = secretive(tmp_path)
    for name, value in service.environment(settings).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(subprocess, "Popen", refuse)
    with contextlib.suppress(SupervisorError), service.temporary(settings):
        pass
    assert given
    assert not [value for value in VALUES if value in str(given)]


def test_rasa_faces_this_machine_only(tmp_path: Path) -> None:
    settings = secretive(tmp_path).model_copy(update={"bind": "0.0.0.0", "actions_port": 5124})
    rasa = next(program for program in service.programs(settings) if program.name == "rasa")
    assert rasa.command[rasa.command.index("-i") + 1] == "127.0.0.1"
    assert "--enable-api" not in rasa.command
    assert rasa.env["ACTIONS_URL"] == "http://127.0.0.1:5124"
    assert rasa.env["RASA_TELEMETRY_ENABLED"] == "false"
