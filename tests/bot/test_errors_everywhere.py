"""One shape for every error, wherever it arises; headers on every response."""

from __future__ import annotations

import logging

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from bot import errors
from bot.errors import GatewayError, for_status
from bot.fakes import LoopbackServer
from bot.guard import Guard
from bot.limits import Limit
from bot.metrics import Metrics
from tests.bot.site import Site


def _tree(kind: type[GatewayError]) -> list[type[GatewayError]]:
    return [kind, *(found for child in kind.__subclasses__() for found in _tree(child))]


def test_every_error_has_a_code_of_its_own_and_speaks_vietnamese() -> None:
    kinds = [kind for kind in _tree(GatewayError) if kind.__module__ == errors.__name__]
    codes = [kind.code for kind in kinds]
    assert len(kinds) > 10
    assert len(set(codes)) == len(codes)
    assert all(kind.message.endswith((".", "nhé.")) and not kind.message.isascii() for kind in kinds)
    assert all(400 <= kind.status < 600 for kind in kinds)


@pytest.mark.parametrize(
    ("status", "code"), [(404, "not_found"), (418, "bad_request"), (503, "unavailable"), (500, "internal")]
)
def test_framework_statuses_find_their_error(status: int, code: str) -> None:
    assert for_status(status).code == code


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nothing", 404, "not_found"),
        ("GET", "/api/documents/khong-co", 404, "not_found"),
        ("GET", "/api/documents/..%2f..%2fetc", 404, "not_found"),
        ("GET", "/static/../gateway.py", 404, "not_found"),
        ("GET", "/static/nothing.js", 404, "not_found"),
        ("GET", "/api/chat", 405, "method_not_allowed"),
        ("DELETE", "/api/documents", 405, "method_not_allowed"),
        ("POST", "/van-ban", 405, "method_not_allowed"),
        ("GET", "/api/indicators?year=abc", 422, "invalid_request"),
        ("GET", "/api/indicators?role=boss", 422, "invalid_request"),
        ("GET", "/api/indicators?limit=0", 422, "invalid_request"),
        ("GET", "/api/indicators?limit=201", 422, "invalid_request"),
        ("GET", "/api/indicators?offset=-1", 422, "invalid_request"),
        ("GET", "/api/indicators?offset=99999999999999999999999", 422, "invalid_request"),
        ("GET", "/api/indicators?agency=khong-co", 422, "invalid_request"),
        ("GET", "/api/indicators?document=khong-co", 422, "invalid_request"),
        ("POST", "/chat", 415, "unsupported_media_type"),
    ],
)
def test_programs_get_the_one_shape(site: Site, method: str, path: str, status: int, code: str) -> None:
    response = site.http.request(method, path)
    assert response.status_code == status
    assert set(response.json()) == {"error"}
    assert set(response.json()["error"]) == {"code", "message", "detail"}
    assert response.json()["error"]["code"] == code


def test_a_browser_gets_a_page_instead(site: Site) -> None:
    response = site.http.get("/van-ban/khong-co", headers={"accept": "text/html"})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "Em không tìm thấy" in response.text
    assert 'lang="vi"' in response.text


@pytest.mark.parametrize(
    "path", ["/", "/van-ban", "/van-ban/khong-co", "/api/nothing", "/static/chat.js", "/healthz", "/docs"]
)
def test_every_response_carries_the_security_headers(site: Site, path: str) -> None:
    headers = site.http.get(path).headers
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_an_unexpected_failure_is_told_without_its_inside(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            raise RuntimeError("secret of the inside")

    with (
        caplog.at_level(logging.ERROR),
        LoopbackServer(Guard(broken, Metrics(), Limit(0))) as server,
        httpx.Client(trust_env=False) as http,
    ):
        response = http.get(server.url)
    assert response.status_code == 500
    assert response.json()["error"]["code"] == "internal"
    assert "secret" not in response.text
    assert "content-security-policy" in response.headers
    assert "secret of the inside" in caplog.text
