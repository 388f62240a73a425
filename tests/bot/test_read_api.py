"""The read API, the probes and the listing of the API."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import probes
from bot.errors import SearchUnavailableError
from bot.finder import finder
from tests.bot.site import Site
from trolyso.settings import Settings


def test_lists_have_the_one_shape(site: Site) -> None:
    for path in ("/api/documents", "/api/indicators"):
        body = site.http.get(path, params={"limit": 1, "offset": 1}).json()
        assert set(body) == {"items", "total", "limit", "offset"}
        assert (body["limit"], body["offset"]) == (1, 1)
        assert len(body["items"]) == 1
        assert body["total"] > 1


def test_an_offset_behind_the_end_is_an_empty_stretch(site: Site) -> None:
    body = site.http.get("/api/indicators", params={"offset": 1000}).json()
    assert (body["items"], body["total"]) == ([], 3)


def test_a_document_comes_with_its_clauses_and_their_addresses(site: Site) -> None:
    body = site.http.get("/api/documents/206-qd-ubnd").json()
    assert body["cite"] == "206/QĐ-UBND"
    assert body["signed_on"] == "2024-01-31"
    assert [clause["path"] for clause in body["clauses"]] == ["II", "II.1", "II.1.a", "II.1.b", "QĐ.Điều 1"]
    assert body["clauses"][2]["url"] == "/van-ban/206-qd-ubnd#II.1.a"
    assert site.http.get(body["clauses"][4]["url"]).status_code == 200


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ({}, ["80", "111", None]),
        ({"pillar": "society"}, ["111", None]),
        ({"document": "206/QĐ-UBND", "role": "lead", "agency": "sở công thương"}, ["80", "111", None]),
        ({"agency": "so ct", "q": "tien mat 80"}, ["80"]),
        ({"year": 2024, "q": "111"}, ["111"]),
        ({"year": 2023}, []),
        ({"document": "article-001"}, []),
        ({"q": "'; DROP TABLE indicators; --"}, []),
        ({"q": "%"}, None),
    ],
)
def test_conditions_hold_all_at_once(
    site: Site, query: dict[str, str], rows: list[str | None] | None
) -> None:
    response = site.http.get("/api/indicators", params=query)
    assert response.status_code == 200
    if rows is not None:
        assert [item["row"] for item in response.json()["items"]] == rows


def test_an_indicator_keeps_what_is_printed_and_says_where(site: Site) -> None:
    item = site.http.get("/api/indicators", params={"q": "80"}).json()["items"][0]
    assert item["target_raw"] == ">50%"
    assert item["targets"][0]["comparator"] == ">"
    assert item["url"] == "/van-ban/206-qd-ubnd#stt-80"


def test_ready_says_what_is_missing(site: Site) -> None:
    assert site.http.get("/healthz").json() == {"status": "ok"}
    assert site.http.get("/readyz").status_code == 200
    site.rasa.status_code = 409
    response = site.http.get("/readyz")
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "not_ready"
    assert response.json()["error"]["detail"]["rasa"] == "Rasa chưa nạp mô hình"


def test_who_just_answered_is_busy_and_not_away(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "_PATIENCE", 0.1)
    monkeypatch.setattr(probes, "_LATELY", 0.0)
    monkeypatch.setattr(site.rasa, "status_delay", 0.5)
    response = site.http.get("/readyz")
    assert response.status_code == 503
    assert response.json()["error"]["detail"]["rasa"] == "Rasa không trả lời"
    monkeypatch.setattr(probes, "_LATELY", 10.0)
    assert site.http.post("/api/chat", json={"message": "một"}).status_code == 200
    assert site.http.get("/readyz").status_code == 200


def test_answers_and_failures_are_counted(site: Site) -> None:
    site.http.post("/api/chat", json={"message": "một"})
    site.http.get("/van-ban/206-qd-ubnd")
    page = site.http.get("/metrics")
    assert page.headers["content-type"].startswith("text/plain")
    assert 'trolyso_answers_total{status="answered"}' in page.text
    assert 'route="/van-ban/{document_id}"' in page.text
    assert "206-qd-ubnd" not in page.text


def test_the_api_listing_names_every_operation(site: Site) -> None:
    schema = site.http.get("/openapi.json").json()
    page = site.http.get("/docs").text
    assert {"/api/chat", "/api/documents", "/api/indicators"} <= set(schema["paths"])
    assert all(path in page for path in schema["paths"])
    assert "Câu hỏi, văn bản thường." in page
    assert "Lỗi có thể gặp: 400, 408, 413, 415, 422, 429, 500, 503" in page


def test_a_search_says_why(site: Site) -> None:
    body = site.http.get("/api/search", params={"q": "thanh toan khong dung tien mat 80", "limit": 2}).json()
    assert set(body) == {"items", "total", "limit", "offset"}
    first = body["items"][0]
    assert (first["id"], first["kind"]) == ("206-qd-ubnd:80", "indicator")
    assert first["url"] == "/van-ban/206-qd-ubnd#stt-80"
    assert set(first["parts"]) == {"dense", "accented", "folded", "coverage", "fused", "gap"}
    assert 0 <= body["items"][1]["score"] <= first["score"] <= 1


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ({"q": "kinh tế số", "kind": "document"}, {"document"}),
        ({"q": "kinh tế số", "kind": "clause"}, {"clause"}),
        ({"q": "xây dựng nền tảng", "year": "2021"}, {"task"}),
        ({"q": "/", "kind": "clause"}, set()),
    ],
)
def test_a_search_keeps_to_its_filters(site: Site, query: dict[str, str], kinds: set[str]) -> None:
    items = site.http.get("/api/search", params=query).json()["items"]
    assert {item["kind"] for item in items} == kinds
    assert all(site.http.get(item["url"]).status_code == 200 for item in items)


def test_a_search_without_words_is_not_a_request(site: Site) -> None:
    assert site.http.get("/api/search").json()["error"]["detail"] == [
        {"field": "query.q", "problem": "missing"}
    ]


def test_without_an_index_search_and_readiness_say_so(tmp_path: Path) -> None:
    found = finder(Settings(home=tmp_path, encoder=str(tmp_path / "none")))
    assert found.problem() == "chưa dựng chỉ mục"
    with pytest.raises(SearchUnavailableError):
        found.find("kinh tế số", None, None, 5)
