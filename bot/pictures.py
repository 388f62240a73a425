"""``/bieu-do/<indicator or series>.png``: the chart that a comparison shows."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, Header, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from bot.charts import Side, draw
from bot.citing import day
from bot.errors import NotFoundError
from knowledge.records import Document, Indicator
from knowledge.store import Store

Year = Annotated[int, Field(ge=1900, le=2200)]
_KEPT = "public, max-age=3600"
_LONGEST_ID = 120


class ChartQuery(BaseModel):
    """Which plans stand in the chart; what is not named here is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    year: tuple[Year, ...] = Field(
        default_factory=tuple, max_length=12, description="Các năm; bỏ trống: tất cả"
    )


def router(store: Store) -> APIRouter:
    """The routes of charts."""
    routes = APIRouter(tags=["Biểu đồ"])

    @routes.get(
        "/bieu-do/{indicator}.png",
        summary="Biểu đồ một chỉ tiêu qua các năm",
        response_class=Response,
        responses={200: {"content": {"image/png": {}}}, 304: {"description": "Ảnh đã có vẫn đúng."}},
    )
    def chart(
        indicator: str, query: Annotated[ChartQuery, Query()], if_none_match: Annotated[str, Header()] = ""
    ) -> Response:
        picture = draw(_sides(store, indicator, query.year))
        if picture is None:
            raise NotFoundError()
        tag = f'"{hashlib.sha256(picture).hexdigest()[:20]}"'
        headers = {"etag": tag, "cache-control": _KEPT}
        if tag in if_none_match:
            return Response(status_code=304, headers=headers)
        return Response(picture, media_type="image/png", headers=headers)

    return routes


def _sides(store: Store, name: str, years: tuple[int, ...]) -> tuple[Side, ...]:
    """The plans of the series that an indicator belongs to, oldest first. Raises `NotFoundError`."""
    found = store.indicator(name) if len(name) <= _LONGEST_ID else None
    if found is None:
        raise NotFoundError()
    twins = store.series(found.series) if found.series else (found,)
    documents = {document.id: document for document in store.documents()}
    return tuple(
        Side(twin, _source(documents[twin.document_id], twin))
        for twin in twins
        if not years or twin.period.end in years
    )


def _source(document: Document, indicator: Indicator) -> str:
    signed = f" ngày {day(document.signed_on)}" if document.signed_on else ""
    row = f"STT {indicator.row}" if indicator.row else "dòng không đánh số"
    return f"{document.cite}{signed}, {row}"
