"""`/api/search`: the hits with their scores and the parts of these, to see why."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from bot.finder import Finder
from bot.incoming import tidy
from bot.read_models import Listing
from knowledge.anchors import passage_url
from knowledge.search.engine import Hit
from knowledge.search.passages import Kind

_LONGEST = 50


class PartsOut(BaseModel):
    """Why a hit stands where it stands; see `knowledge.search.calibrate.Scores`."""

    dense: float
    accented: float
    folded: float
    coverage: float
    fused: float
    gap: float


class HitOut(BaseModel):
    """A passage that was found."""

    id: str
    kind: Kind
    document: str
    title: str
    text: str
    url: str
    score: float = Field(description="Xác suất đây là đoạn cần tìm, từ 0 đến 1")
    parts: PartsOut
    same: list[str] = Field(description="Mã những đoạn khác nói cùng một điều")


def router(finder: Finder) -> APIRouter:
    """The route of the search."""
    routes = APIRouter(prefix="/api", tags=["Tra cứu"])

    @routes.get("/search", summary="Tìm đoạn văn bản, kèm điểm và lý do")
    def search(
        q: Annotated[str, Query(max_length=2000, description="Điều cần tìm, có hoặc không dấu")],
        kind: Annotated[Kind | None, Query(description="Loại đoạn")] = None,
        year: Annotated[int | None, Query(ge=1900, le=2200, description="Năm")] = None,
        limit: Annotated[int, Query(ge=1, le=_LONGEST, description="Số đoạn nhiều nhất")] = 10,
    ) -> Listing[HitOut]:
        typed = tidy(q)
        hits = finder.find(typed, kind, year, limit) if typed else []
        return Listing(items=[_out(hit) for hit in hits], total=len(hits), limit=limit, offset=0)

    return routes


def _out(hit: Hit) -> HitOut:
    passage = hit.passage
    return HitOut(
        id=passage.id,
        kind=passage.kind,
        document=passage.document_id,
        title=passage.title,
        text=passage.text,
        url=passage_url(passage),
        score=hit.score,
        parts=PartsOut(**asdict(hit.parts)),
        same=list(hit.same),
    )
