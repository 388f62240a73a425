"""The read API over the guides for citizens."""

from __future__ import annotations

from dataclasses import dataclass, fields

from fastapi import APIRouter

from bot.errors import NotFoundError
from bot.read_api import Limit, Offset
from bot.read_models import Listing
from knowledge.anchors import guide_url
from knowledge.parsing.guides import SLUG
from knowledge.records import Guide
from knowledge.store import Store


@dataclass(frozen=True)
class GuideOut(Guide):
    """A guide and where to read it."""

    url: str = ""


def router(store: Store) -> APIRouter:
    """The routes of the guides."""
    routes = APIRouter(prefix="/api", tags=["Hướng dẫn"])

    @routes.get("/guides", summary="Danh sách hướng dẫn cho người dân")
    def guides(limit: Limit = 50, offset: Offset = 0) -> Listing[GuideOut]:
        found = store.guides()
        items = [_out(guide) for guide in found[offset : offset + limit]]
        return Listing(items=items, total=len(found), limit=limit, offset=offset)

    @routes.get("/guides/{slug}", summary="Một hướng dẫn")
    def guide(slug: str) -> GuideOut:
        found = store.guide(slug) if SLUG.fullmatch(slug) else None
        if found is None:
            raise NotFoundError()
        return _out(found)

    return routes


def _out(guide: Guide) -> GuideOut:
    values = {field.name: getattr(guide, field.name) for field in fields(guide)}
    return GuideOut(**values, url=guide_url(guide))
