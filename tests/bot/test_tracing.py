"""One id for a message on its way, and what its stages took."""

from __future__ import annotations

import json

import pytest

from bot.fakes import Raw, Received
from tests.bot.site import Site
from trolyso.answer import Answer, Status, Trace


def test_the_id_of_a_proxy_goes_on_to_rasa_and_back(site: Site) -> None:
    given = "7f3c2a10-0d5e-4f6a-9b1c"
    response = site.http.post("/api/chat", json={"message": "ai?"}, headers={"X-Request-Id": given})
    assert response.headers["x-request-id"] == given
    assert site.rasa.received[0].request == given


@pytest.mark.parametrize("path", ["/", "/healthz", "/no-such-page", "/static/chat.css"])
def test_every_response_has_an_id(site: Site, path: str) -> None:
    found = {site.http.get(path).headers["x-request-id"] for _ in range(3)}
    assert len(found) == 3


def test_an_id_that_would_forge_a_log_line_is_not_taken(site: Site) -> None:
    response = site.http.get("/healthz", headers={"X-Request-Id": '{"level": "ERROR"}'})
    assert response.headers["x-request-id"] != '{"level": "ERROR"}'


def test_the_stages_and_the_index_are_counted(site: Site) -> None:
    def traced(_: Received) -> Raw:
        payload = Trace(0.25, "gen-7", refused=True).beside(Answer(Status.ANSWERED, "Sở Công Thương."))
        return Raw(json.dumps([{"recipient_id": "x", "custom": payload}]).encode())

    site.rasa.script = traced
    body = site.http.post("/api/chat", json={"message": "ai?"}).json()
    assert "trace" not in body
    page = site.http.get("/metrics").text
    assert 'trolyso_index{edition="gen-7"} 1.0' in page
    assert "trolyso_index_refused 1.0" in page
    assert 'trolyso_stage_seconds_sum{stage="actions"} 0.25' in page
    for stage in ("queue", "rasa"):
        assert f'trolyso_stage_seconds_count{{stage="{stage}"}}' in page
