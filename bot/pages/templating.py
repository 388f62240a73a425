"""Jinja2 with autoescape always on, and the addresses that templates may link to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.citing import day, safe_link
from bot.pages.text import blocks, years
from bot.rendering.sources import evidence
from knowledge.anchors import document_url, guide_url

BOT = Path(__file__).resolve().parent.parent
STATIC = BOT / "static"


def render(
    name: str, values: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """A template as a response. Raises jinja2's errors when the template or a value is missing."""
    page = environment().get_template(name).render(values)
    return HTMLResponse(page, status, dict(headers) if headers else None)


@cache
def environment() -> Environment:
    """The templates of the gateway."""
    env = Environment(
        loader=FileSystemLoader(BOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        day=day,
        link=safe_link,
        blocks=blocks,
        evidence=evidence,
        years=years,
        document_url=document_url,
        guide_url=guide_url,
    )
    env.globals["asset"] = asset
    return env


@cache
def asset(name: str) -> str:
    """Address of a static file; it changes with the content, so that browsers may keep it for long."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"
