"""Whatever text or JSON is sent, and wherever it is put, the gateway answers in its own shapes."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.hostile.calls import Call, Seen, Way, send
from tests.bot.hostile.conftest import Attacked

_SETTINGS = settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Surrogates too: JSON can carry them.
_ANY = st.text(st.characters(codec=None), max_size=200)
_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), _ANY),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_ANY, inner, max_size=4)),
    max_leaves=12,
)
_PATHS = st.sampled_from(
    (
        "/api/documents/{}",
        "/api/guides/{}",
        "/van-ban/{}",
        "/huong-dan/{}",
        "/bieu-do/{}.png",
        "/static/{}",
        "/{}",
    )
)
_QUERIES = st.sampled_from(
    (
        *("/?hoi={}", "/api/search?q={}", "/api/indicators?q={}", "/api/indicators?document={}"),
        *("/api/indicators?agency={}", "/api/documents?limit={}", "/api/search?q=x&year={}"),
        *("/tai-ve/chi-tieu.xlsx?document=206-qd-ubnd&words={}", "/tai-ve/chi-tieu.xlsx?document={}"),
        *("/tai-ve/chi-tieu.xlsx?document=206-qd-ubnd&bound={}", "/bieu-do/206-qd-ubnd:80.png?year={}"),
    )
)
_ACCEPTED = st.sampled_from(("text/html", "application/json"))


def _sent(attacked: Attacked, call: Call) -> Seen:
    seen = send(attacked.http, call)
    assert attacked.judge.problems(call, seen) == []
    return seen


@_SETTINGS
@given(text=_ANY)
def test_any_text_as_a_message(attacked: Attacked, text: str) -> None:
    body = json.dumps({"message": text}).encode()
    call = Call(Way.NEW, "", "", text, "POST", "/api/chat", (("content-type", "application/json"),), body)
    assert _sent(attacked, call).status == 200


@_SETTINGS
@given(value=_JSON)
def test_any_json_as_a_body(attacked: Attacked, value: Any) -> None:
    body = json.dumps(value).encode()
    call = Call(Way.BODY, "", "", "", "POST", "/api/chat", (("content-type", "application/json"),), body)
    assert _sent(attacked, call).status in (200, 400, 422)


@_SETTINGS
@given(message=_JSON, conversation=_JSON, turn=_JSON)
def test_any_value_in_each_field(attacked: Attacked, message: Any, conversation: Any, turn: Any) -> None:
    body = json.dumps({"message": message, "conversation": conversation, "turn": turn}).encode()
    call = Call(Way.NEW, "", "", "", "POST", "/api/chat", (("content-type", "application/json"),), body)
    assert _sent(attacked, call).status in (200, 422)


@_SETTINGS
@given(body=st.binary(max_size=300))
def test_any_bytes_as_a_form(attacked: Attacked, body: bytes) -> None:
    headers = (("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html"))
    assert _sent(attacked, Call(Way.PAGE, "", "", "", "POST", "/chat", headers, body)).status == 200


@_SETTINGS
@given(text=_ANY)
def test_any_text_in_the_form_of_the_page(attacked: Attacked, text: str) -> None:
    headers = (("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html"))
    body = urlencode({"message": text, "conversation": text}, errors="surrogatepass").encode()
    assert _sent(attacked, Call(Way.PAGE, "", "", text, "POST", "/chat", headers, body)).status == 200


@_SETTINGS
@given(pattern=_PATHS, text=_ANY, media=_ACCEPTED)
def test_any_text_in_a_path(attacked: Attacked, pattern: str, text: str, media: str) -> None:
    target = pattern.format(quote(text, safe="", errors="surrogatepass"))
    _sent(attacked, Call(Way.READ, "", "", text, "GET", target, (("accept", media),)))


@_SETTINGS
@given(pattern=_QUERIES, text=_ANY, media=_ACCEPTED)
def test_any_text_in_a_parameter(attacked: Attacked, pattern: str, text: str, media: str) -> None:
    target = pattern.format(quote(text, safe="", errors="surrogatepass"))
    _sent(attacked, Call(Way.READ, "", "", text, "GET", target, (("accept", media),)))
