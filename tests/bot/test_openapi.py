"""Each error that an operation is said to give is one that it gives, in the shape that is told of it."""

from __future__ import annotations

import copy
import http.client
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from datetime import timedelta
from typing import Any

import httpx
import pytest
import schemathesis
from schemathesis.core.failures import FailureGroup
from schemathesis.openapi.checks import JsonSchemaError, UndefinedStatusCode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bot.fakes import FakeRasa, LoopbackServer, Raw
from bot.finder import Finder
from bot.gateway import create_app
from bot.guard import MAX_BODY
from knowledge.search.engine import SearchEngine
from knowledge.store import Store
from trolyso.settings import Settings

CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
JSON = {"content-type": "application/json"}
PAGE = {"accept": "text/html"}
CHAT, RECORD = "/api/chat", "/api/documents/{document}"
CHART, SHEET = "/bieu-do/{indicator}.png", "/tai-ve/chi-tieu.xlsx"
REQUESTS: list[tuple[int, str, str, dict[str, Any]]] = [
    (400, "POST", CHAT, {"content": b"{", "headers": JSON}),
    (415, "POST", CHAT, {"content": b"{}"}),
    (422, "POST", CHAT, {"json": {"message": 5}}),
    (503, "POST", CHAT, {"json": {"message": "xin chào"}}),
    (404, "GET", RECORD, {}),
    (404, "GET", "/api/guides/{slug}", {}),
    (404, "GET", CHART, {}),
    (404, "GET", CHART, {"headers": PAGE}),
    (422, "GET", CHART, {"params": {"year": "x"}}),
    (422, "GET", SHEET, {}),
    (422, "GET", SHEET, {"headers": PAGE}),
    (422, "GET", "/api/documents", {"params": {"limit": "x"}}),
    (422, "GET", "/api/indicators", {"params": {"document": "khong-co"}}),
    (500, "GET", "/api/search", {"params": {"q": "hộ"}}),
    (503, "GET", "/readyz", {}),
]
NOWHERE = dict.fromkeys(("document", "indicator", "slug"), "khong-co")


def _broken() -> SearchEngine:
    raise RuntimeError("a fault of the program")


class Ailing:
    """A gateway with a silent Rasa and a broken search, and what it says of itself."""

    def __init__(self, server: LoopbackServer, client: httpx.Client) -> None:
        self._port = server.port
        self.client = client
        self.described: dict[str, Any] = client.get("/openapi.json").json()

    def announce(self, length: int) -> httpx.Response:
        """The response to a question of which only the length comes."""
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)) as line:
            line.putrequest("POST", CHAT)
            for name, value in (JSON | {"content-length": str(length)}).items():
                line.putheader(name, value)
            line.endheaders()
            given = line.getresponse()
            return response(CHAT, given.status, headers=given.getheaders(), content=given.read())


def response(path: str, status: int, **parts: Any) -> httpx.Response:
    """A response as a client would have it from the network."""
    made = httpx.Response(status, request=httpx.Request("GET", f"http://127.0.0.1{path}"), **parts)
    made.elapsed = timedelta()
    return made


def check(described: Mapping[str, Any], method: str, path: str, given: httpx.Response) -> None:
    """Raises `FailureGroup` when the description tells of no such response."""
    operation = schemathesis.openapi.from_dict(dict(described))[path][method]
    operation.Case(path_parameters=NOWHERE).validate_response(given, checks=CHECKS)


@pytest.fixture(scope="module")
def ailing(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ailing]:
    with ExitStack() as stack:
        rasa = stack.enter_context(LoopbackServer(FakeRasa(lambda _: Raw(b"[]"))))
        settings = Settings(
            home=tmp_path_factory.mktemp("ailing"),
            rasa_port=rasa.port,
            actions_port=rasa.port,
            limit_address=100,
            body_timeout=0.3,
        )
        app = create_app(settings, store, Finder(_broken, lambda: "hỏng"))
        server = stack.enter_context(LoopbackServer(app))
        client = stack.enter_context(httpx.Client(base_url=server.url, trust_env=False, timeout=20))
        yield Ailing(server, client)


@pytest.mark.parametrize(("status", "method", "path", "request_"), REQUESTS)
def test_what_is_given_is_described(
    ailing: Ailing, status: int, method: str, path: str, request_: dict[str, Any]
) -> None:
    given = ailing.client.request(method, path.format(**NOWHERE), **request_)
    assert given.status_code == status
    check(ailing.described, method, path, given)


@pytest.mark.parametrize(("length", "status"), [(50, 408), (MAX_BODY + 1, 413)])
def test_so_is_what_is_said_without_the_body(ailing: Ailing, length: int, status: int) -> None:
    given = ailing.announce(length)
    assert given.status_code == status
    check(ailing.described, "POST", CHAT, given)


def test_so_is_what_is_said_to_one_who_asks_too_much(ailing: Ailing) -> None:
    client = {"x-forwarded-for": "203.0.113.9"}
    answers = (ailing.client.get("/api/documents", headers=client) for _ in range(200))
    refused = next(answer for answer in answers if answer.status_code != 200)
    assert refused.status_code == 429
    check(ailing.described, "GET", "/api/documents", refused)


def test_every_error_that_a_question_is_said_to_get_is_tried_here(ailing: Ailing) -> None:
    described = {int(status) for status in ailing.described["paths"][CHAT]["post"]["responses"]}
    tried = {status for status, _, path, _ in REQUESTS if path == CHAT} | {408, 413}
    assert described - tried == {200, 429, 500}


def test_every_operation_is_described_and_none_with_the_errors_of_the_framework(ailing: Ailing) -> None:
    for methods in ailing.described["paths"].values():
        for operation in methods.values():
            assert {"200", "413", "500"} <= set(operation["responses"])
    assert "ValidationError" not in str(ailing.described)


def _without_404(described: dict[str, Any]) -> dict[str, Any]:
    changed = copy.deepcopy(described)
    del changed["paths"][RECORD]["get"]["responses"]["404"]
    return changed


def test_a_status_that_is_not_described_is_found(ailing: Ailing) -> None:
    given = ailing.client.get(RECORD.format(**NOWHERE))
    with pytest.raises(FailureGroup) as found:
        check(_without_404(ailing.described), "GET", RECORD, given)
    assert {type(each) for each in found.value.exceptions} == {UndefinedStatusCode}


@pytest.mark.parametrize(
    "body",
    [
        {"detail": "Not Found"},
        {"error": {"code": "not_found", "message": "Không có."}},
        {"error": {"code": "another", "message": "Không có.", "detail": None}},
        {"error": {"code": "not_found", "message": "Không có.", "detail": None, "trace": []}},
    ],
)
def test_an_error_in_another_shape_is_found(ailing: Ailing, body: dict[str, Any]) -> None:
    given = response(RECORD.format(**NOWHERE), 404, json=body)
    with pytest.raises(FailureGroup) as found:
        check(ailing.described, "GET", RECORD, given)
    assert {type(each) for each in found.value.exceptions} == {JsonSchemaError}
