"""The real processes from outside and inside: who listens where, and one id through all their logs."""

from __future__ import annotations

import json
import secrets
import socket
from pathlib import Path

import httpx
import pytest

from trolyso.settings import Settings

pytestmark = [pytest.mark.integration, pytest.mark.e2e]

_LISTENING = "0A"


def listeners(port: int) -> set[str]:
    """The addresses that a port is listened on, as the kernel lists them."""
    found = set()
    for table in ("tcp", "tcp6"):
        lines = Path(f"/proc/net/{table}").read_text().splitlines()[1:]
        for local, state in ((line.split()[1], line.split()[3]) for line in lines):
            address, _, number = local.partition(":")
            if state == _LISTENING and int(number, 16) == port:
                found.add(address)
    return found


def own_address() -> str:
    """The address of this machine in its network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("this machine is in no network")
        return str(probe.getsockname()[0])


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="listeners are read from /proc")
def test_rasa_and_actions_listen_on_loopback_only(service: Settings) -> None:
    loopback = "0100007F"
    assert listeners(service.rasa_port) == {loopback}
    assert listeners(service.actions_port) == {loopback}


def test_they_cannot_be_reached_from_the_network(service: Settings) -> None:
    address = own_address()
    for port in (service.rasa_port, service.actions_port):
        with pytest.raises(OSError, match=r"refused|timed out"):
            socket.create_connection((address, port), timeout=2)


def test_rasa_offers_nothing_but_its_channel(service: Settings) -> None:
    with httpx.Client(base_url=service.rasa_url, trust_env=False) as rasa:
        for path in ("/domain", "/model", "/conversations/a/tracker", "/webhooks/telegram/webhook", "/docs"):
            assert rasa.get(path).status_code == 404
        assert rasa.put("/model", json={"model_file": "/etc/passwd"}).status_code == 404
        assert rasa.post("/model/parse", json={"text": "chào"}).status_code == 404


def test_one_id_is_in_the_logs_of_all_three(service: Settings, service_url: str) -> None:
    given = f"e2e-{secrets.token_hex(8)}"  # the logs of earlier runs stand in the same files
    question = "Chỉ tiêu OCOP năm 2024 là bao nhiêu, hỏi để dò nhật ký?"
    reply = httpx.post(
        f"{service_url}/api/chat",
        json={"message": question},
        headers={"X-Request-Id": given},
        trust_env=False,
    )
    assert reply.headers["x-request-id"] == given
    for name in ("gateway", "rasa", "actions"):
        lines = (service.home / "logs" / f"{name}.log").read_text("utf-8", errors="replace").splitlines()
        told = [json.loads(line) for line in lines if given in line]
        assert [line["process"] for line in told] == [name]
        assert told[0]["ms"] > 0
        assert "dò nhật ký" not in "\n".join(lines)
