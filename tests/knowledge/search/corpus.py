"""A small corpus of real rows and clauses for the search tests."""

from __future__ import annotations

from datetime import date

from knowledge.records import (
    Assignment,
    Clause,
    Document,
    Indicator,
    ParsedDocument,
    Period,
    Pillar,
    Role,
    Task,
)

PLAN = Document(
    id="54-kh-stttt",
    cite="54/KH-STTTT",
    number="54/KH-STTTT",
    title="Kế hoạch triển khai thực hiện phát triển kinh tế số và xã hội số năm 2023",
    kind="Kế hoạch",
    issuer="Sở Thông tin và Truyền thông tỉnh Vĩnh Long",
    signed_on=date(2023, 7, 11),
    signer="Đoàn Hồng Hạnh",
    province="Vĩnh Long",
    period=Period(2023, 2023),
    official=True,
    file="plan.txt",
    sha256="0",
)
NAMES = {
    "3": "Tỷ lệ sản phẩm OCOP được đưa trên các sàn thương mại điện tử nội địa",
    "18": "Tỷ lệ dân số tham gia mua sắm trực tuyến",
    "33": "Tỷ lệ hộ gia đình được phủ hạ tầng mạng băng rộng cáp quang",
    "34": "Tỷ lệ hộ gia đình có khả năng truy cập Internet cáp quang băng rộng",
    "37": "Tỷ lệ dân số sử dụng điện thoại thông minh",
    "45": "Tỷ lệ hộ gia đình có địa chỉ số",
    "52": "Thanh toán học phí trong trường phổ thông không dùng tiền mặt",
}
CLAUSES = {
    "I.1.3": "Tỷ lệ sản phẩm OCOP được đưa trên các sàn thương mại điện tử nội địa: 50%.",
    "I.2.13": "Tỷ lệ hộ gia đình có địa chỉ số: 100% (hộ gia đình xã nông thôn mới nâng cao)",
    "II.1.6.b": "Triển khai các chương trình tập huấn hướng dẫn cho các Tổ công nghệ số cộng đồng "
    "để thúc đẩy chuyển đổi số, đưa người dân lên môi trường số",
    "II.2.1.c": "Tổ chức triển khai nền tảng truy xuất nguồn gốc nông sản cho phép kiểm tra nguồn gốc, "
    "xuất xứ và các thông tin của sản phẩm",
}


def indicator(row: str, name: str, document_id: str = PLAN.id, year: int = 2023) -> Indicator:
    """A row as the parser gives it, led by one agency."""
    return Indicator(
        id=f"{document_id}:{row}",
        document_id=document_id,
        annex="Phụ lục",
        group="",
        row=row,
        order=int(row),
        pillar=Pillar.SOCIETY,
        name=name,
        period=Period(year, year),
        target_raw="50%",
        lead_raw="Sở Công Thương",
        coordinator_raw=None,
        basis_raw=None,
        note_raw=None,
        targets=(),
        assignments=(Assignment("so-ct", Role.LEAD, "Sở Công Thương"),),
        bases=(),
    )


def clause(path: str, text: str) -> Clause:
    """A clause under one heading."""
    return Clause(PLAN.id, path, "-", ("II. NỘI DUNG THỰC HIỆN", "1. Nền móng"), text, 1)


def task(row: str, name: str, form: str = "", period: Period | None = None) -> Task:
    """A row of an annex of tasks."""
    return Task(
        id=f"{PLAN.id}:PL3.{row}",
        document_id=PLAN.id,
        annex="PL3",
        group="A",
        group_title="Hạ tầng",
        row=row,
        order=1,
        name=name,
        period=period,
        period_raw="",
        lead_raw="",
        coordinator_raw="",
        form=form,
        assignments=(),
    )


def plan() -> ParsedDocument:
    """The plan with its rows, two tasks and its clauses."""
    return ParsedDocument(
        PLAN,
        tuple(clause(path, text) for path, text in CLAUSES.items()),
        tuple(indicator(row, name) for row, name in NAMES.items()),
        (
            task("1", "Triển khai Wifi công cộng phục vụ du khách, người dân", period=Period(2021, 2025)),
            task("2", "Kiến trúc Chính quyền điện tử (phiên bản 2.0)", form="Quyết định"),
        ),
    )
