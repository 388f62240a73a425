from __future__ import annotations

import httpx
import pytest

from bot.fakes import FakeRasa, LoopbackServer
from bot.finder import Finder
from bot.gateway import create_app
from bot.limits import Limit, network
from knowledge.store import Store
from tests.bot.samples import ANSWER
from trolyso.settings import Settings


def test_so_many_and_no_more() -> None:
    limit = Limit(3)
    assert [limit.admit("a") for _ in range(5)] == [True, True, True, False, False]
    assert limit.admit("b")
    assert 1 <= limit.wait("a") <= 61


def test_zero_is_no_limit() -> None:
    limit = Limit(0)
    assert all(limit.admit("a") for _ in range(1000))


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("113.161.1.2", "113.161.1.2"),
        ("::ffff:113.161.1.2", "113.161.1.2"),
        ("2001:db8:1:2::5", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_what_counts_as_one_network(host: str, counted: str) -> None:
    assert network(host) == counted


def serve(store: Store, search: Finder, home: object, rasa: LoopbackServer, **limits: int) -> LoopbackServer:
    settings = Settings(home=home, rasa_port=rasa.port, actions_port=rasa.port, **limits)  # type: ignore[arg-type]
    return LoopbackServer(create_app(settings, store, search))


def test_a_person_is_asked_to_wait(store: Store, search: Finder, tmp_path: object) -> None:
    with (
        LoopbackServer(FakeRasa(lambda _: ANSWER)) as rasa,
        serve(store, search, tmp_path, rasa, limit_person=2) as front,
        httpx.Client(base_url=front.url, trust_env=False) as http,
    ):
        ask = {"message": "hỏi", "conversation": "anna"}
        statuses = [http.post("/api/chat", json=ask).status_code for _ in range(3)]
        refused = http.post("/api/chat", json=ask)
        other = http.post("/api/chat", json={"message": "hỏi", "conversation": "binh"})

    assert statuses == [200, 200, 429]
    assert refused.json()["error"]["code"] == "rate_limited"
    assert int(refused.headers["retry-after"]) == refused.json()["error"]["detail"]["retry_after"] > 0
    assert other.status_code == 200


def test_an_address_is_asked_to_wait_and_probes_are_not(
    store: Store, search: Finder, tmp_path: object
) -> None:
    with (
        LoopbackServer(FakeRasa(lambda _: ANSWER)) as rasa,
        serve(store, search, tmp_path, rasa, limit_address=3) as front,
        httpx.Client(base_url=front.url, trust_env=False) as http,
    ):
        statuses = [http.post("/api/chat", json={"message": "hỏi"}).status_code for _ in range(4)]
        page = http.get("/van-ban", headers={"accept": "text/html"})
        as_us = [http.get("/van-ban", headers={"x-forwarded-for": "inside"}).status_code for _ in range(4)]
        behind_a_proxy = http.get("/van-ban", headers={"x-forwarded-for": "113.161.1.2"})
        probe = http.get("/healthz")

    assert statuses == [200, 200, 200, 429]
    assert as_us == [200, 200, 200, 429]
    assert page.status_code == 429
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["content-security-policy"]
    assert behind_a_proxy.status_code == 200
    assert probe.status_code == 200
