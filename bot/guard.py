"""What every request passes, whatever it asks for: bounds, headers, counting, last resort."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import inside
from bot.errors import GatewayError, LimitError, SlowBodyError, TooLargeError
from bot.failures import respond
from bot.limits import Limit, network
from bot.metrics import Metrics
from trolyso.logs import HEADER, REQUEST, request_id

MAX_BODY = 2 * 1024 * 1024  # 100,000 Vietnamese characters, each escaped as \\uXXXX twice over, still pass
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
}
# What machines ask, and what a page loads beside itself; platforms bring the messages of many people.
UNCOUNTED = ("/healthz", "/readyz", "/metrics", "/static/", "/telegram/webhook", "/zalo/webhook")
# Where the rest of a body stays unread, so that nothing else can be asked on the connection.
_LAST = (SlowBodyError.status, TooLargeError.status)
_log = logging.getLogger(__name__)


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(
        self, app: ASGIApp, metrics: Metrics, per_address: Limit, body_timeout: float = 30.0
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._per_address = per_address
        self._body_timeout = body_timeout

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        REQUEST.set(request_id(Headers(scope=scope).get(HEADER)))
        exchange = _Exchange(scope, receive, send, self._metrics, self._body_timeout)
        caller = _caller(scope)
        if caller and not self._per_address.admit(caller):
            await exchange.run(_refusing(self._per_address.wait(caller)))
        else:
            await exchange.run(self._app)


class _Exchange:
    """One request and its response."""

    def __init__(
        self, scope: Scope, receive: Receive, send: Send, metrics: Metrics, body_timeout: float
    ) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._metrics = metrics
        self._status = 0
        self._read = 0
        self._is_read = False
        self._deadline = asyncio.get_running_loop().time() + body_timeout

    async def run(self, app: ASGIApp) -> None:
        began = time.perf_counter()
        try:
            if _announced(self._scope) > MAX_BODY:
                await self._refuse(TooLargeError())
            else:
                await app(self._scope, self.receive, self.send)
        except Exception:
            _log.exception("unexpected error at %s", self._route())
            if self._status:
                raise  # the response is half out: only closing the connection tells the caller
            await self._refuse(GatewayError())
        finally:
            self._metrics.request(self._method(), self._route(), self._status, time.perf_counter() - began)

    async def receive(self) -> Message:
        message = await self._in_time()
        self._is_read = not message.get("more_body", False)
        self._read += len(message.get("body", b""))
        if self._read > MAX_BODY:
            raise HTTPException(TooLargeError.status)
        return message

    async def _in_time(self) -> Message:
        """What comes next; only a body that an answer waits for has to be in time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(None if self._is_read or self._status else self._deadline):
                return await self._receive()
        if self._status:
            return await self._receive()
        raise HTTPException(SlowBodyError.status)

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers[HEADER] = REQUEST.get()
            if self._status in _LAST:
                headers["connection"] = "close"
        await self._send(message)

    async def _refuse(self, error: GatewayError) -> None:
        response = JSONResponse(error.body(), error.status)
        await response(self._scope, self._receive, self.send)

    def _route(self) -> str:
        return str(getattr(self._scope.get("route"), "path", "other"))

    def _method(self) -> str:
        known = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
        method = str(self._scope["method"])
        return method if method in known else "other"


def _caller(scope: Scope) -> str:
    """The network address that a request counts for, empty when it counts for none.

    Behind a proxy on the same machine uvicorn has put the person's address here.
    """
    client = scope.get("client")
    if client is None or client[0] == inside.CLIENT or str(scope["path"]).startswith(UNCOUNTED):
        return ""
    return network(client[0])


def _refusing(seconds: int) -> ASGIApp:
    async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
        error = LimitError(seconds)
        await respond(Request(scope), error, error.headers())(scope, receive, send)

    return refuse


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isdecimal() else 0
