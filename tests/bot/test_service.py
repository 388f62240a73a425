"""Ports, addresses and the environment of the processes behind one gateway."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from bot import service
from trolyso.settings import Settings


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
    given = Settings(home=tmp_path, port=8123, rasa_port=5123, actions_port=5124, answer_timeout=3)
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


def test_rasa_faces_this_machine_only(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "m.tar.gz").touch()
    python = tmp_path / "python"
    python.touch()
    settings = Settings(home=tmp_path, bind="0.0.0.0", rasa_python=str(python), actions_port=5124)
    rasa = next(program for program in service.programs(settings) if program.name == "rasa")
    assert rasa.command[rasa.command.index("-i") + 1] == "127.0.0.1"
    assert "--enable-api" not in rasa.command
    assert rasa.env["ACTIONS_URL"] == "http://127.0.0.1:5124"
    assert rasa.env["RASA_TELEMETRY_ENABLED"] == "false"
