"""The emulated server holds to the rules of the real one."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.fake import Call, Cut, FakeTelegram, Said, flood, unlucky
from bot.channels.telegram.fake.markup import ApiFailure, parse_html, units
from bot.channels.telegram.fake.world import LAN

KEYS = {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]}


def call(api: str, fake: FakeTelegram, method: str, **values: Any) -> dict[str, Any]:
    answer = httpx.post(f"{api}/bot{fake.world.token}/{method}", json=values, trust_env=False)
    found: dict[str, Any] = answer.json()
    assert found["ok"] is (answer.status_code == 200)
    assert found.get("error_code", 200) == answer.status_code
    return found


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "🌾" * 2049}, "message is too long"),
        ({"text": "x", "parse_mode": "Wiki"}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": 5}, "chat not found"),
        ({"text": "x", "chat_id": "abc"}, "chat not found"),
        ({"text": "x", "reply_markup": KEYS}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "message_thread_id": 4}, "message thread not found"),
        ({"text": "x", "reply_parameters": {"message_id": 4}}, "message to be replied not found"),
    ],
)
def test_what_breaks_a_rule_is_refused(
    values: dict[str, Any], problem: str, api: str, fake: FakeTelegram
) -> None:
    answer = call(api, fake, "sendMessage", **{"chat_id": LAN["id"], **values})
    assert problem in answer["description"]
    assert (fake.world.sent, fake.calls) == ([], [])
    assert len(fake.attempts) == 1


def test_length_counts_after_the_markup_is_read(api: str, fake: FakeTelegram) -> None:
    text = "<b>" + "&lt;" * 4096 + "</b>"
    assert call(api, fake, "sendMessage", chat_id=LAN["id"], text=text, parse_mode="HTML")["ok"]


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("ồ<b><i>x</b></i>", 'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("5 < 7", "Unclosed start tag at byte offset 2"),
        ("5 < 7 > 2", 'Unsupported start tag "" at byte offset 2'),
        ("<table>x</table>", 'Unsupported start tag "table"'),
        ("a <", "Unclosed start tag at byte offset 2"),
    ],
)
def test_wrong_markup_is_refused_with_its_place(html: str, problem: str) -> None:
    with pytest.raises(ApiFailure) as caught:
        parse_html(html)
    assert problem in caught.value.description


def test_markup_becomes_entities() -> None:
    found = parse_html(
        'Ồ 🌾 <b>đậm <i>nghiêng</i></b> <a href="https://x.vn/?a=1&amp;b=2">đây</a> &lt;&#33;&nbsp;'
        "<pre>a | b</pre><blockquote expandable>thêm</blockquote>"
    )
    assert found.text == "Ồ 🌾 đậm nghiêng đây <!&nbsp;a | bthêm"
    kinds = [(entity["type"], entity["offset"], entity["length"]) for entity in found.entities]
    assert kinds == [
        ("bold", 5, 11),
        ("italic", 9, 7),
        ("text_link", 17, 3),
        ("pre", 29, 5),
        ("expandable_blockquote", 34, 4),
    ]
    assert found.entities[2]["url"] == "https://x.vn/?a=1&b=2"


@given(st.text())
def test_escaped_text_is_read_back(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(escaped).text == text
    assert units(text) == sum(2 if ord(char) > 0xFFFF else 1 for char in text)


@given(st.text(alphabet="<>/ab &;=\"'", max_size=30))
def test_any_markup_is_read_or_refused(html: str) -> None:
    with suppress(ApiFailure):
        assert len(parse_html(html).text) <= len(html)


def test_tokens_and_methods_are_checked(api: str, fake: FakeTelegram) -> None:
    wrong = httpx.get(f"{api}/bot1:x/getMe", trust_env=False)
    assert (wrong.status_code, wrong.json()["description"]) == (401, "Unauthorized")
    assert httpx.get(f"{api}/elsewhere", trust_env=False).status_code == 404
    assert call(api, fake, "getMoon")["error_code"] == 404
    assert call(api, fake, "GETME")["result"]["is_bot"] is True


def test_updates_are_not_given_while_a_webhook_is_set(api: str, fake: FakeTelegram) -> None:
    assert call(api, fake, "setWebhook", url="https://x.vn/hook", secret_token="s-1")["ok"]
    assert call(api, fake, "getUpdates")["error_code"] == 409
    fake.world.write("một")
    info = call(api, fake, "getWebhookInfo")["result"]
    assert (info["url"], info["pending_update_count"]) == ("https://x.vn/hook", 1)
    assert call(api, fake, "deleteWebhook", drop_pending_updates=True)["ok"]
    assert call(api, fake, "getUpdates")["result"] == []


@pytest.mark.parametrize(
    ("url", "secret"), [("http://x.vn/hook", ""), ("ftp://x.vn", ""), ("https://x.vn", "có dấu")]
)
def test_a_webhook_must_be_safe(url: str, secret: str, api: str, fake: FakeTelegram) -> None:
    assert call(api, fake, "setWebhook", url=url, secret_token=secret)["error_code"] == 400


def test_an_offset_confirms_what_is_before_it(api: str, fake: FakeTelegram) -> None:
    numbers = [fake.world.write(f"{number}")["update_id"] for number in range(5)]
    assert [u["update_id"] for u in call(api, fake, "getUpdates", limit=2)["result"]] == numbers[:2]
    assert [u["update_id"] for u in call(api, fake, "getUpdates", offset=numbers[3])["result"]] == numbers[3:]
    assert [u["update_id"] for u in call(api, fake, "getUpdates")["result"]] == numbers[3:]
    assert [u["update_id"] for u in call(api, fake, "getUpdates", offset=-1)["result"]] == numbers[4:]


def test_a_message_that_does_not_change_is_refused(api: str, fake: FakeTelegram) -> None:
    sent = call(api, fake, "sendMessage", chat_id=LAN["id"], text="một")["result"]
    place = {"chat_id": LAN["id"], "message_id": sent["message_id"]}
    assert "message is not modified" in call(api, fake, "editMessageText", text="một", **place)["description"]
    assert call(api, fake, "editMessageText", text="hai", **place)["result"]["text"] == "hai"
    missing = call(api, fake, "editMessageText", text="hai", chat_id=LAN["id"], message_id=1)
    assert "message to edit not found" in missing["description"]
    own = fake.world.write("của Lan")["message"]["message_id"]
    other = call(api, fake, "editMessageText", text="hai", chat_id=LAN["id"], message_id=own)
    assert "can't be edited" in other["description"]


def test_bad_luck_comes_in_the_share_that_was_asked_for() -> None:
    decide = unlucky(0.1, [flood(1), Cut()], seed=3)
    sends = [decide(Call("sendMessage", {}, {})) for _ in range(1000)]
    met = [trouble for trouble in sends if trouble is not None]
    assert 60 < len(met) < 140
    assert {type(trouble) for trouble in met} == {Said, Cut}
    assert decide(Call("getUpdates", {}, {})) is None


def test_a_tap_is_answered_once(api: str, fake: FakeTelegram) -> None:
    keys = {"inline_keyboard": [[{"text": "Chọn", "callback_data": "x"}]]}
    call(api, fake, "sendMessage", chat_id=LAN["id"], text="một", reply_markup=keys)
    query = fake.world.tap("Chọn")["callback_query"]["id"]
    assert call(api, fake, "answerCallbackQuery", callback_query_id=query)["ok"]
    assert "too old" in call(api, fake, "answerCallbackQuery", callback_query_id=query)["description"]
