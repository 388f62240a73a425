"""POST /api/chat over a real socket: the contract, and every kind of bad input."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from bot.fakes import Raw, Received
from tests.bot.site import Site
from trolyso.answer import Answer, Status

KEYS = {"conversation", "status", "text", "suggestions", "citations", "attachments", "confidence"}


def test_the_answer_has_exactly_the_shape_of_the_contract(site: Site, answer: Answer) -> None:
    response = site.http.post("/api/chat", json={"message": "ai chủ trì?"})
    assert response.status_code == 200
    body = response.json()
    assert set(body) == KEYS
    assert body.pop("conversation")
    assert body == json.loads(json.dumps(answer.to_json()))
    assert set(body["citations"][0]) == {"document", "title", "date", "row", "section", "quote", "url"}


def test_the_message_reaches_rasa_clean_and_under_a_sender_of_its_own(site: Site) -> None:
    site.http.post("/api/chat", json={"conversation": "abc", "message": "  ai\u200b chủ \n trì?\x00 "})
    received = site.rasa.received
    assert [(each.sender, each.message) for each in received] == [("api-abc", "ai chủ trì?")]
    assert re.fullmatch("[0-9a-f]{16}", received[0].request)


def test_a_conversation_goes_on_under_the_id_that_the_reply_gives(site: Site) -> None:
    first = site.http.post("/api/chat", json={"message": "một"}).json()["conversation"]
    second = site.http.post("/api/chat", json={"message": "hai", "conversation": first}).json()[
        "conversation"
    ]
    assert first == second
    assert len({received.sender for received in site.rasa.received}) == 1


@pytest.mark.parametrize(
    "given", [None, "", "không phải mã", "../../etc/passwd", "a" * 65, "w.x.y", "<b>", "\ud800"]
)
def test_a_malformed_conversation_becomes_a_new_one(site: Site, given: str | None) -> None:
    body = json.dumps({"message": "một", "conversation": given})
    reply = site.http.post("/api/chat", content=body, headers={"content-type": "application/json"}).json()
    assert reply["conversation"] != given
    assert reply["conversation"].startswith("w.")


def test_a_forged_conversation_does_not_reach_anybody_elses(site: Site) -> None:
    real = site.http.post("/api/chat", json={"message": "một"}).json()["conversation"]
    forged = real[:-1] + ("0" if real[-1] != "0" else "1")
    assert (
        site.http.post("/api/chat", json={"message": "hai", "conversation": forged}).json()["conversation"]
        != forged
    )
    # Bringing the inner name as one's own id leads to another sender too.
    site.http.post("/api/chat", json={"message": "ba", "conversation": real.split(".")[1]})
    assert len({received.sender for received in site.rasa.received}) == 3


@pytest.mark.parametrize(
    ("typed", "passed"),
    [
        ("/restart", "restart"),
        ('/ask_indicator{"year":"1"}', 'ask_indicator{"year":"1"}'),
        ("\u200b/restart", "restart"),
        ("／restart", "restart"),
        (" \t//／ /restart", "restart"),
        ("\u0338/restart", "restart"),
        ("\u2800/restart", "restart"),
        ("chi\u0309 tie\u0302u", "chỉ tiêu"),
        ("'; DROP TABLE documents; --", "'; DROP TABLE documents; --"),
        ("a/b", "a/b"),
    ],
)
def test_no_text_becomes_a_command(site: Site, typed: str, passed: str) -> None:
    assert site.http.post("/api/chat", json={"message": typed}).status_code == 200
    assert [received.message for received in site.rasa.received] == [passed]


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "///", "\u200b\u2060", "\x00\x07", "\ud83d", "😀🎉"])
def test_a_message_without_words_gets_a_kind_reply_and_goes_no_further(site: Site, typed: str) -> None:
    body = json.dumps({"message": typed})
    response = site.http.post("/api/chat", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 200
    assert response.json()["status"] == "unknown"
    assert "câu hỏi" in response.json()["text"]
    assert response.json()["suggestions"]
    assert site.rasa.received == []


@pytest.mark.parametrize("typed", ["dài " * 25_000, "ế" * 100_000, "x" * 2001])
def test_a_message_that_is_too_long_is_asked_to_be_shorter(site: Site, typed: str) -> None:
    response = site.http.post("/api/chat", json={"message": typed})
    assert response.status_code == 200
    assert response.json()["status"] == "unknown"
    assert "2.000 ký tự" in response.json()["text"]
    assert site.rasa.received == []


def test_the_longest_message_passes(site: Site) -> None:
    site.http.post("/api/chat", json={"message": "x" * 2000})
    assert site.rasa.received[0].message == "x" * 2000


@pytest.mark.parametrize(
    ("status", "code", "content", "media"),
    [
        (400, "bad_json", b"{", "application/json"),
        (400, "bad_json", b"\xff\xfe", "application/json"),
        (400, "bad_json", b"[" * 100_000, "application/json"),
        (422, "invalid_request", b"", "application/json"),
        (422, "invalid_request", b"[]", "application/json"),
        (422, "invalid_request", b'"chao"', "application/json"),
        (422, "invalid_request", b"{}", "application/json"),
        (422, "invalid_request", b'{"message":null}', "application/json"),
        (422, "invalid_request", b'{"message":5}', "application/json"),
        (422, "invalid_request", b'{"message":["a"]}', "application/json"),
        (422, "invalid_request", b'{"message":"a","conversation":7}', "application/json"),
        (415, "unsupported_media_type", b'{"message":"a"}', "text/plain"),
        (415, "unsupported_media_type", b"message=a", "application/x-www-form-urlencoded"),
        (413, "too_large", b" " * (2 * 1024 * 1024 + 1), "application/json"),
    ],
)
def test_bad_requests_are_told_in_the_one_shape(
    site: Site, status: int, code: str, content: bytes, media: str
) -> None:
    response = site.http.post("/api/chat", content=content, headers={"content-type": media})
    assert response.status_code == status
    assert set(response.json()) == {"error"}
    assert set(response.json()["error"]) == {"code", "message", "detail"}
    assert response.json()["error"]["code"] == code
    assert site.rasa.received == []


def test_a_body_that_does_not_say_how_long_it_is_is_limited_too(site: Site) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(40):
            yield b" " * 65536

    response = site.http.post("/api/chat", content=chunks(), headers={"content-type": "application/json"})
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "too_large"


def test_an_error_never_repeats_what_was_sent(site: Site, nasty: str) -> None:
    for body in ({"message": [nasty]}, {nasty: nasty}, {"message": "a", "conversation": {"x": nasty}}):
        assert "script" not in site.http.post("/api/chat", json=body).text


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Raw(b"[]"), "dialogue_silent"),
        (Raw(b"<html>"), "dialogue_garbled"),
        (Raw(b"{}"), "dialogue_garbled"),
        (Raw(b"null"), "dialogue_garbled"),
        (Raw(b'[{"text":"chao"}]'), "dialogue_garbled"),
        (Raw(b'[{"custom":{"status":"answered"}}]'), "dialogue_garbled"),
        (Raw(b'[{"custom":{"status":"sure","text":"a","suggestions":[],"citations":[],"attachments":[],'
             b'"confidence":1}}]'), "dialogue_garbled"),
        (Raw(b'[{"custom":{"status":"answered","text":5,"suggestions":[],"citations":[],"attachments":[],'
             b'"confidence":1}}]'), "dialogue_garbled"),
        (Raw(b"{}", status=500), "dialogue_unreachable"),
    ],
)  # fmt: skip
def test_a_failing_rasa_is_an_honest_503(site: Site, reply: Raw, code: str) -> None:
    site.rasa.script = lambda _: reply
    response = site.http.post("/api/chat", json={"message": "một"})
    assert response.status_code == 503
    assert response.json()["error"]["code"] == code
    assert response.json()["error"]["message"].endswith(("phút.", "nhé."))


def test_the_custom_part_is_found_behind_a_plain_text(site: Site, answer: Answer) -> None:
    body = json.dumps([{"text": "chờ chút"}, {"custom": answer.to_json()}]).encode()
    site.rasa.script = lambda _: Raw(body)
    assert site.http.post("/api/chat", json={"message": "một"}).json()["text"] == answer.text


def test_answers_of_each_status_pass(site: Site) -> None:
    for status in Status:
        answer = Answer(status, "Được.")

        def script(_: Received, answer: Answer = answer) -> Answer:
            return answer

        site.rasa.script = script
        assert site.http.post("/api/chat", json={"message": "một"}).json()["status"] == status
