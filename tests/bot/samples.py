"""A small official document, an article without a province, and an answer about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from knowledge.records import (
    Approval,
    Assignment,
    Clause,
    Comparator,
    Document,
    Indicator,
    ParsedDocument,
    Period,
    Pillar,
    Role,
    Target,
    Task,
)
from trolyso.answer import Answer, Citation, Status, Suggestion

NASTY = "<script>alert('x')</script><b onmouseover=1>&amp;"

ANSWER = Answer(
    status=Status.ANSWERED,
    text="Năm 2024, chỉ tiêu là 50%.\n\n- Chủ trì: Sở Công Thương\n- Phối hợp: (để trống)",
    suggestions=(Suggestion("So với năm 2023", "so với năm 2023 thì sao?"),),
    citations=(
        Citation(
            document="206/QĐ-UBND",
            title="Phụ lục 2",
            date="2024-01-31",
            row="80",
            section=None,
            quote="Tỷ lệ thanh toán không dùng tiền mặt",
            url="/van-ban/206-qd-ubnd#stt-80",
        ),
    ),
    confidence=0.94,
)


def _document(document_id: str, cite: str, province: str | None) -> Document:
    return Document(
        id=document_id,
        cite=cite,
        number=cite if province else None,
        title=f"Văn bản {cite}",
        kind="Quyết định" if province else "Bài báo",
        issuer="UBND tỉnh Vĩnh Long" if province else "Không ghi cơ quan",
        signed_on=date(2024, 1, 31) if province else None,
        signer=None,
        province=province,
        period=Period(2024, 2024),
        official=province is not None,
        file="x.txt",
        sha256="0" * 64,
        approval=Approval("Phê duyệt", "Chủ tịch", date(2024, 1, 30), "Nguyễn A") if province else None,
        note="" if province else "Bài báo không ghi số văn bản.",
    )


def _clause(path: str, label: str, trail: tuple[str, ...], text: str, order: int) -> Clause:
    return Clause("206-qd-ubnd", path, label, trail, text, order)


def _indicator(row: str | None, order: int, pillar: Pillar, coordinator: str) -> Indicator:
    key = row or "-"
    return Indicator(
        id=f"206-qd-ubnd:{key}",
        document_id="206-qd-ubnd",
        annex="Phụ lục 2",
        group="II" if pillar is Pillar.ECONOMY else "III",
        row=row,
        order=order,
        pillar=pillar,
        name=f"Tỷ lệ thanh toán không dùng tiền mặt {key}",
        period=Period(2024, 2024),
        target_raw=">50%",
        lead_raw="Sở Công Thương",
        coordinator_raw=coordinator,
        basis_raw=None,
        note_raw="",
        targets=(Target(Comparator.OVER, Decimal(50), None, "%", "", ">50%"),),
        assignments=(Assignment("so-cong-thuong", Role.LEAD, "Sở Công Thương"),),
        bases=(),
    )


def official() -> ParsedDocument:
    """A decision with headings, points, an approval and two annexes."""
    top, under = "II. NHIỆM VỤ", "1. Kinh tế số"
    return ParsedDocument(
        document=_document("206-qd-ubnd", "206/QĐ-UBND", "Vĩnh Long"),
        clauses=(
            _clause("II", "II.", (), "NHIỆM VỤ", 1),
            _clause("II.1", "1.", (top,), "Kinh tế số\nĐoạn dưới tiêu đề.", 2),
            replace(_clause("II.1.a", "a)", (top, under), "Thúc đẩy thanh toán;", 3), references=("II.1.b",)),
            replace(_clause("II.1.b", "b)", (top, under), NASTY, 4), note="Bản gốc mất tiêu đề."),
            _clause("QĐ.Điều 1", "Điều 1.", (), "Phê duyệt kế hoạch.", 5),
        ),
        indicators=(
            _indicator("80", 1, Pillar.ECONOMY, "Sở Y tế"),
            _indicator("111", 2, Pillar.SOCIETY, ""),
            _indicator(None, 3, Pillar.SOCIETY, "Sở Y tế"),
        ),
        tasks=(_task(),),
    )


def _task() -> Task:
    return Task(
        id="206-qd-ubnd:PL3.D.4",
        document_id="206-qd-ubnd",
        annex="Phụ lục 3",
        group="D",
        group_title="Nhiệm vụ",
        row="4",
        order=1,
        name="Xây dựng nền tảng",
        period=Period(2021, 2025),
        period_raw="2021-2025",
        lead_raw="Sở Công Thương",
        coordinator_raw="",
        form="",
        assignments=(),
    )


def article() -> ParsedDocument:
    """An article that names no province."""
    clause = Clause("article-001", "p1", "", (), "Tỷ trọng kinh tế số đạt 20% GRDP.", 1)
    return ParsedDocument(_document("article-001", "article-001", None), (clause,), (), ())
