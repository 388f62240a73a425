"""`/healthz` (the process lives), `/readyz` (it can answer) and `/metrics`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from bot.errors import NotReadyError
from bot.metrics import CONTENT_TYPE, Metrics
from trolyso.settings import Settings

_PATIENCE = 2.0
_LATELY = 10.0

# Answers None when the part is ready, else what is missing, in Vietnamese.
Check = Callable[[], str | None]


def router(
    metrics: Metrics, settings: Settings, checks: dict[str, Check], silence: Callable[[], float]
) -> APIRouter:
    """The probes; `checks` are the parts inside this process, by name.

    `silence`: seconds since the other processes last answered a person.
    """
    routes = APIRouter(tags=["Vận hành"])

    @routes.get("/healthz", summary="Tiến trình còn chạy")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @routes.get("/readyz", summary="Sẵn sàng trả lời: kho, chỉ mục, Rasa, máy chủ hành động")
    async def readyz() -> dict[str, str]:
        missing = await _missing(settings, checks, silence() < _LATELY)
        if missing:
            raise NotReadyError(missing)
        return {"status": "ready"}

    @routes.get(
        "/metrics",
        summary="Số đo cho Prometheus",
        response_class=Response,
        responses={200: {"content": {"text/plain": {}}}},
    )
    async def page() -> Response:
        return Response(metrics.page(), headers={"content-type": CONTENT_TYPE})

    return routes


async def _missing(settings: Settings, checks: dict[str, Check], lately: bool) -> dict[str, str]:
    names = (*checks, "rasa", "actions")
    async with httpx.AsyncClient(timeout=_PATIENCE, trust_env=False) as http:
        found = await asyncio.gather(
            *(run_in_threadpool(_guarded, check) for check in checks.values()),
            _remote(http, f"{settings.rasa_url}/", "Rasa", lately),
            _remote(http, f"{settings.actions_url}/health", "Máy chủ hành động", lately),
        )
    return {name: problem for name, problem in zip(names, found, strict=True) if problem}


def _guarded(check: Check) -> str | None:
    try:
        return check()
    except Exception as error:  # noqa: BLE001 - a probe reports whatever is wrong, by kind: messages may hold paths
        return f"lỗi {type(error).__name__}"


async def _remote(http: httpx.AsyncClient, url: str, name: str, lately: bool) -> str | None:
    """What is wrong with a process; one that is slow to tell but answered a person `lately` is only busy."""
    try:
        response = await http.get(url)
    except httpx.ReadTimeout:
        return None if lately else f"{name} không trả lời"
    except httpx.HTTPError:
        return f"{name} chưa chạy"
    if response.status_code == httpx.codes.CONFLICT:
        return f"{name} chưa nạp mô hình"
    return None if response.is_success else f"{name} báo lỗi {response.status_code}"
