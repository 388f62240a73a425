"""Reads this site's own pictures and files, without a socket: channels send them as uploads."""

from __future__ import annotations

import re
import secrets
from urllib.parse import unquote

import httpx
from starlette.types import ASGIApp

from bot.channels.protocol import Blob, Fetch

# In place of a network address. It is made by chance, since a forwarded header may claim to be anybody.
CLIENT = f"inside-{secrets.token_hex(16)}"
_NAME = re.compile(r"filename\*=UTF-8''([^;]+)")


def fetcher(app: ASGIApp) -> Fetch:
    """A `Fetch` over the application itself."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(CLIENT, 0))

    async def fetch(url: str) -> Blob:
        if not url.startswith("/"):
            raise OSError("not an address of this site")
        async with httpx.AsyncClient(transport=transport, base_url="http://inside") as http:
            response = await http.get(url)
        if not response.is_success:
            raise OSError(f"the site answered {response.status_code}")
        media = response.headers.get("content-type", "").partition(";")[0]
        return Blob(_name(response, url), media, response.content)

    return fetch


def _name(response: httpx.Response, url: str) -> str:
    given = _NAME.search(response.headers.get("content-disposition", ""))
    return unquote(given[1]) if given else url.partition("?")[0].rpartition("/")[2]
