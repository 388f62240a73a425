"""``/tai-ve/chi-tieu.xlsx``: a list of the chat as a workbook, made from the store when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import IO, Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from bot.errors import InvalidRequestError
from bot.sheets import NAME, write_workbook
from knowledge.records import Agency, Pillar, Role
from knowledge.selection import Bound, Cell, Selected, Selection, SelectionError, Shape, Wanted, select
from knowledge.store import Store

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_IN_MEMORY = 2 * 1024 * 1024
_PIECE = 64 * 1024
_KEY = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"

Key = Annotated[str, Field(pattern=_KEY)]


class ListQuery(BaseModel):
    """The limits of a list; what is not named here is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: Key = Field(description="Mã văn bản, ví dụ 206-qd-ubnd")
    older: Key | None = Field(None, description="Mã văn bản cũ hơn để so sánh")
    agency: tuple[Key, ...] = Field(default_factory=tuple, max_length=12, description="Mã cơ quan")
    role: Role | None = Field(None, description="Vai trò: chủ trì hoặc phối hợp")
    joint: bool = Field(False, description="Các cơ quan cùng có tên trong một dòng")
    pillar: Pillar | None = Field(None, description="Trụ cột")
    horizon: int | None = Field(None, ge=1900, le=2200, description="Mục tiêu đến năm")
    bound: tuple[Annotated[str, Field(max_length=40)], ...] = Field(
        default_factory=tuple, max_length=4, description="Giới hạn giá trị, ví dụ over:80:%"
    )
    shape: tuple[Shape, ...] = Field(default_factory=tuple, max_length=8, description="Kiểu mục tiêu")
    blank: tuple[Cell, ...] = Field(default_factory=tuple, max_length=4, description="Cột để trống")
    change: tuple[Wanted, ...] = Field(
        default_factory=tuple, max_length=11, description="Thay đổi so với older"
    )
    basis: str = Field("", max_length=60, description="Số văn bản căn cứ")
    words: str = Field("", max_length=200, description="Các chữ có trong tên")
    tasks: bool = Field(False, description="Kèm nhiệm vụ trong phụ lục nhiệm vụ")

    def selection(self) -> Selection:
        """The selection that is asked for. Raises `InvalidRequestError`."""
        try:
            bounds = tuple(map(Bound.read, self.bound))
        except ValueError:
            raise InvalidRequestError([{"field": "query.bound", "problem": "malformed"}]) from None
        return Selection(
            document=self.document,
            older=self.older,
            agencies=self.agency,
            role=self.role,
            joint=self.joint,
            pillar=self.pillar,
            horizon=self.horizon,
            bounds=bounds,
            shapes=self.shape,
            blanks=self.blank,
            changes=self.change,
            basis=self.basis,
            words=self.words,
            tasks=self.tasks,
        )


def router(store: Store) -> APIRouter:
    """The routes of downloads."""
    routes = APIRouter(tags=["Tải về"])

    @routes.get(
        "/tai-ve/chi-tieu.xlsx",
        summary="Danh sách chỉ tiêu dưới dạng bảng tính",
        response_class=StreamingResponse,
        responses={200: {"content": {MEDIA: {}}}},
    )
    def indicators(query: Annotated[ListQuery, Query()]) -> StreamingResponse:
        found = _select(store, query.selection())
        agencies = {agency.id: agency for agency in store.agencies()}
        return StreamingResponse(
            _pieces(_written(found, agencies)),
            media_type=MEDIA,
            headers={"content-disposition": _disposition(found), "cache-control": "no-store"},
        )

    return routes


def _select(store: Store, selection: Selection) -> Selected:
    known = {agency.id for agency in store.agencies()}
    if not known.issuperset(selection.agencies):
        raise InvalidRequestError([{"field": "query.agency", "problem": "unknown"}])
    try:
        return select(store, selection)
    except SelectionError as error:
        raise InvalidRequestError([{"field": f"query.{error.field}", "problem": error.problem}]) from None


def _written(found: Selected, agencies: dict[str, Agency]) -> IO[bytes]:
    """The whole workbook, in a file when it is long: an error must come before the first byte is sent."""
    file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed when its last piece is sent
    try:
        write_workbook(file, found, agencies, date.today())
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def _disposition(found: Selected) -> str:
    """A Vietnamese file name, and a plain one for old clients."""
    plans = " so với ".join(
        str(plan.period.end) if plan.period.start == plan.period.end else plan.cite.replace("/", "-")
        for plan in (found.document, found.older)
        if plan
    )
    name = quote(f"Danh sách chỉ tiêu {plans}.xlsx")
    return f"attachment; filename={NAME}; filename*=UTF-8''{name}"
