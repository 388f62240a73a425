"""``POST /<channel>/webhook``: updates that a platform brings.

A call is verified before its body is read. What is acknowledged is stored; what cannot be read is
acknowledged too, since the platform would bring it again and again and hold back what comes after it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request

from bot.channels.protocol import Channel, UnreadableUpdate
from bot.delivery.intake import Intake
from bot.errors import BadJsonError, NotFoundError, UnverifiedError
from bot.metrics import Metrics

_log = logging.getLogger(__name__)


def router(channels: Mapping[str, Channel], intake: Intake, metrics: Metrics) -> APIRouter:
    """The webhooks of the channels that are on."""
    routes = APIRouter(include_in_schema=False)

    @routes.post("/{name}/webhook")
    async def webhook(name: str, request: Request) -> dict[str, bool]:
        channel = channels.get(name)
        if channel is None:
            raise NotFoundError()
        if not channel.verify(request.headers):
            metrics.update(name, "forged")
            raise UnverifiedError()
        update = _decoded(await request.body())
        try:
            message = channel.read(update)
        except UnreadableUpdate as error:
            _log.warning("%s: unreadable update: %s", name, error)
            metrics.update(name, "unreadable")
            return {"ok": True}
        if message is None:
            metrics.update(name, "ignored")
        else:
            await intake.receive(message)
        return {"ok": True}

    return routes


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BadJsonError() from None
