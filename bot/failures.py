"""How each failure becomes a response: JSON for programs, a page for people."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from bot.errors import BadJsonError, GatewayError, InvalidRequestError, ServiceError, for_status
from bot.pages.templating import render
from knowledge.store import StoreError

_log = logging.getLogger(__name__)

PROGRAM_PATHS = (
    *("/api/", "/healthz", "/readyz", "/metrics", "/openapi.json", "/static/"),
    *("/telegram/", "/zalo/"),
)


def install(app: FastAPI) -> None:
    """Make every error of `app` leave in the canonical shape."""
    app.add_exception_handler(GatewayError, _gateway_error)
    app.add_exception_handler(StoreError, _store_error)
    app.add_exception_handler(HTTPException, _http_exception)
    app.add_exception_handler(RequestValidationError, _validation_error)


def respond(request: Request, error: GatewayError, headers: dict[str, str] | None = None) -> Response:
    """The error as JSON, or as a Vietnamese page when a browser asked for a page."""
    if wants_page(request):
        return render("error.html", {"error": error}, error.status, headers)
    return JSONResponse(error.body(), error.status, headers=headers)


def wants_page(request: Request) -> bool:
    """True when a person's browser asks for something that is a page."""
    if request.url.path.startswith(PROGRAM_PATHS):
        return False
    return "text/html" in request.headers.get("accept", "")


async def _gateway_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, GatewayError)
    return respond(request, error, error.headers())


async def _store_error(request: Request, error: Exception) -> Response:
    # By kind: a database's own words may hold a value of the statement.
    _log.error("the database failed: %s", type(error).__name__)
    return respond(request, ServiceError())


async def _http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    # The framework reports an undecodable JSON body as a bare 400.
    known = BadJsonError() if error.status_code == BadJsonError.status else for_status(error.status_code)
    return respond(request, known, dict(error.headers or {}))


async def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(item.get("type") == "json_invalid" for item in found):
        return respond(request, BadJsonError())
    return respond(request, InvalidRequestError([_field(item) for item in found]))


def _field(item: dict[str, Any]) -> dict[str, str]:
    """Which field, and what is wrong with it, without the value that was sent."""
    place = item.get("loc") or ("body",)
    return {
        "field": ".".join(str(part) for part in place if isinstance(part, str)),
        "problem": str(item.get("type")),
    }
