"""The read API over the records: documents, clauses, indicators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from bot.errors import InvalidRequestError, NotFoundError
from bot.incoming import tidy
from bot.read_models import (
    DocumentDetail,
    DocumentOut,
    IndicatorOut,
    Listing,
    document_detail,
    document_out,
    indicator_out,
)
from knowledge.records import Document, Pillar, Role
from knowledge.store import IndicatorFilter, Store
from vietnamese.text import fold

LONGEST_PAGE = 200
_FARTHEST = 1_000_000  # keeps the number inside what any database takes

Limit = Annotated[int, Query(ge=1, le=LONGEST_PAGE, description="Số mục mỗi lần")]
Offset = Annotated[int, Query(ge=0, le=_FARTHEST, description="Bỏ qua bao nhiêu mục đầu")]
Year = Annotated[int | None, Query(ge=1900, le=2200, description="Năm nằm trong giai đoạn của chỉ tiêu")]
Words = Annotated[str | None, Query(max_length=300)]


def router(store: Store) -> APIRouter:
    """The routes of the read API, but for the search."""
    routes = APIRouter(prefix="/api", tags=["Tra cứu"])

    @routes.get("/documents", summary="Danh sách văn bản, kế hoạch mới nhất trước")
    def documents(limit: Limit = 50, offset: Offset = 0) -> Listing[DocumentOut]:
        found = store.documents()
        items = [document_out(document) for document in found[offset : offset + limit]]
        return Listing(items=items, total=len(found), limit=limit, offset=offset)

    @routes.get("/documents/{document}", summary="Một văn bản cùng toàn bộ các khoản, điểm")
    def document(document: str) -> DocumentDetail:
        found = _document(store, document)
        if found is None:
            raise NotFoundError()
        return document_detail(found, store.clauses(found.id))

    @routes.get("/indicators", summary="Các chỉ tiêu thỏa mọi điều kiện, theo thứ tự phụ lục")
    def indicators(
        document: Annotated[Words, Query(description="Mã hoặc số hiệu văn bản")] = None,
        year: Year = None,
        agency: Annotated[Words, Query(description="Mã, tên hoặc tên khác của cơ quan")] = None,
        role: Annotated[Role | None, Query(description="Vai trò: chủ trì hoặc phối hợp")] = None,
        pillar: Annotated[Pillar | None, Query(description="Trụ cột")] = None,
        q: Annotated[Words, Query(description="Các chữ có trong tên chỉ tiêu, có hoặc không dấu")] = None,
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Listing[IndicatorOut]:
        wanted = IndicatorFilter(
            document_ids=_document_ids(store, document),
            year=year,
            agency_ids=_agency_ids(store, agency),
            role=role,
            pillar=pillar,
            text=tidy(q or "") or None,
        )
        page = store.indicators(wanted, limit, offset)
        items = [indicator_out(indicator) for indicator in page.items]
        return Listing(items=items, total=page.total, limit=page.limit, offset=page.offset)

    return routes


def _document(store: Store, name: str) -> Document | None:
    """The document with this id or number."""
    plain = fold(tidy(name))
    return next((found for found in store.documents() if plain in (fold(found.id), fold(found.cite))), None)


def _document_ids(store: Store, name: str | None) -> tuple[str, ...]:
    if not name:
        return ()
    found = _document(store, name)
    if found is None:
        raise InvalidRequestError([{"field": "query.document", "problem": "unknown"}])
    return (found.id,)


def _agency_ids(store: Store, name: str | None) -> tuple[str, ...]:
    if not name:
        return ()
    plain = fold(tidy(name))
    found = tuple(
        agency.id
        for agency in store.agencies()
        if plain in map(fold, (agency.id, agency.name, *agency.aliases))
    )
    if not found:
        raise InvalidRequestError([{"field": "query.agency", "problem": "unknown"}])
    return found
