"""Records for tests: short makers with sensible defaults, and hypothesis strategies for any record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from knowledge.records import (
    Agency,
    Approval,
    Assignment,
    Clause,
    Comparator,
    Document,
    Indicator,
    LegalBasis,
    ParsedDocument,
    Period,
    Pillar,
    Role,
    Target,
    Task,
    Unplaced,
)


def document(
    document_id: str = "206-qd-ubnd", start: int = 2024, end: int | None = None, **changes: Any
) -> Document:
    """A document with an approval."""
    made = Document(
        id=document_id,
        cite=document_id.upper(),
        number="206/QĐ-UBND",
        title="Chỉ tiêu, nhiệm vụ chuyển đổi số trọng tâm",
        kind="Quyết định",
        issuer="Ủy ban nhân dân tỉnh Vĩnh Long",
        signed_on=date(2024, 1, 31),
        signer=None,
        province="Vĩnh Long",
        period=Period(start, end or start),
        official=True,
        file=f"{document_id}.txt",
        sha256="0" * 64,
        approval=Approval("Quyết định phê duyệt", "Chủ tịch", date(2023, 7, 19), "Nguyễn Thị Quyên Thanh"),
    )
    return replace(made, **changes)


def clause(document_id: str, path: str, order: int, **changes: Any) -> Clause:
    """A clause under one heading."""
    return replace(Clause(document_id, path, "c)", ("II. NHIỆM VỤ",), "Nội dung.", order), **changes)


def indicator(document_id: str, row: str | None, order: int, **changes: Any) -> Indicator:
    """An indicator of 2024 with a lead, a coordinator, a target and a legal basis."""
    made = Indicator(
        id=f"{document_id}:{row or '-'}",
        document_id=document_id,
        annex="Phụ lục 2",
        group="II. KINH TẾ SỐ",
        row=row,
        order=order,
        pillar=Pillar.ECONOMY,
        name="Tỷ lệ doanh nghiệp sử dụng nền tảng số",
        period=Period(2024, 2024),
        target_raw=">35%",
        lead_raw="Sở Công Thương",
        coordinator_raw="",
        basis_raw=None,
        note_raw=None,
        targets=(Target(Comparator.OVER, Decimal(35), None, "%", "", ">35%"),),
        assignments=(assignment("so-ct"), assignment("so-tttt", Role.COORDINATOR)),
        bases=(LegalBasis("07-NQ/TU", date(2021, 11, 1), "Nghị quyết 07-NQ/TU"),),
    )
    return replace(made, **changes)


def assignment(agency_id: str, role: Role = Role.LEAD) -> Assignment:
    """One agency's part."""
    return Assignment(agency_id, role, agency_id.upper())


def task(document_id: str, row: str, order: int, form: str = "", **changes: Any) -> Task:
    """A task with years, or a planned document when it has a form."""
    made = Task(
        id=f"{document_id}:{row}",
        document_id=document_id,
        annex="PL3",
        group="A.I",
        group_title="Phát triển nền tảng",
        row=row,
        order=order,
        name="Xây dựng kho dữ liệu",
        period=None if form else Period(2021, 2025),
        period_raw="" if form else "2021-2025",
        lead_raw="Sở TT&TT",
        coordinator_raw="",
        form=form,
        assignments=(assignment("so-tttt"),),
    )
    return replace(made, **changes)


def parsed(
    of: Document, *records: Clause | Indicator | Task, unplaced: tuple[Unplaced, ...] = ()
) -> ParsedDocument:
    """A parsed document of mixed records."""
    return ParsedDocument(
        document=of,
        clauses=tuple(r for r in records if isinstance(r, Clause)),
        indicators=tuple(r for r in records if isinstance(r, Indicator)),
        tasks=tuple(r for r in records if isinstance(r, Task)),
        unplaced=unplaced,
    )


# Strategies. PostgreSQL keeps neither zero bytes nor lone surrogates in text; the reader refuses both.

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
years = st.integers(1990, 2100)
periods = st.builds(Period, years, years)
decimals = st.decimals(-(10**15), 10**15, allow_nan=False, places=6) | st.sampled_from(
    [Decimal("0.10"), Decimal("1E+3")]
)
assignments = st.lists(st.builds(Assignment, texts, st.sampled_from(Role), texts), max_size=3).map(tuple)
targets = st.builds(
    Target, st.sampled_from(Comparator), st.none() | decimals, st.none() | decimals, texts, texts, texts
)
bases = st.builds(LegalBasis, texts, st.none() | st.dates(), texts)
approvals = st.builds(Approval, texts, texts, st.dates(), texts)


def _clauses(document_id: str) -> st.SearchStrategy[tuple[Clause, ...]]:
    made = st.builds(
        Clause,
        st.just(document_id),
        texts,
        texts,
        st.lists(texts, max_size=3).map(tuple),
        texts,
        st.integers(0, 99),
        st.lists(texts, max_size=3).map(tuple),
        texts,
    )
    return st.lists(made, max_size=3, unique_by=(lambda c: c.path, lambda c: c.order)).map(_in_order)


def _indicators(document_id: str) -> st.SearchStrategy[tuple[Indicator, ...]]:
    made = st.builds(
        Indicator,
        id=texts,
        document_id=st.just(document_id),
        order=st.integers(0, 99),
        period=periods,
        annex=texts,
        group=texts,
        row=st.none() | texts,
        pillar=st.none() | st.sampled_from(Pillar),
        name=texts,
        target_raw=st.none() | texts,
        lead_raw=st.none() | texts,
        coordinator_raw=st.none() | texts,
        basis_raw=st.none() | texts,
        note_raw=st.none() | texts,
        series=st.none() | texts,
        targets=st.lists(targets, max_size=3).map(tuple),
        assignments=assignments,
        bases=st.lists(bases, max_size=2).map(tuple),
    )
    return st.lists(made, max_size=3, unique_by=(lambda i: i.id, lambda i: i.order)).map(_in_order)


def _tasks(document_id: str) -> st.SearchStrategy[tuple[Task, ...]]:
    made = st.builds(
        Task,
        id=texts,
        document_id=st.just(document_id),
        order=st.integers(0, 99),
        period=st.none() | periods,
        annex=texts,
        group=texts,
        group_title=texts,
        row=texts,
        name=texts,
        period_raw=texts,
        lead_raw=texts,
        coordinator_raw=texts,
        form=texts,
        assignments=assignments,
    )
    return st.lists(made, max_size=3, unique_by=(lambda t: t.id, lambda t: t.order)).map(_in_order)


def _in_order(records: list[Any]) -> tuple[Any, ...]:
    return tuple(sorted(records, key=lambda record: record.order))


@st.composite
def any_parsed(draw: st.DrawFn) -> ParsedDocument:
    """A document of one fixed id with any records, all in order."""
    of = draw(
        st.builds(
            Document,
            id=st.just("54-kh-stttt"),
            cite=texts,
            number=st.none() | texts,
            title=texts,
            kind=texts,
            issuer=texts,
            signed_on=st.none() | st.dates(),
            signer=st.none() | texts,
            province=st.none() | texts,
            period=periods,
            official=st.booleans(),
            file=texts,
            sha256=texts,
            approval=st.none() | approvals,
            note=texts,
        )
    )
    unplaced = st.lists(st.builds(Unplaced, st.integers(0, 9999), texts, texts), max_size=2).map(tuple)
    return ParsedDocument(
        of, draw(_clauses(of.id)), draw(_indicators(of.id)), draw(_tasks(of.id)), draw(unplaced)
    )


agency_lists = st.lists(
    st.builds(Agency, texts, texts, st.lists(texts, max_size=3).map(tuple), texts, st.none() | texts, texts),
    max_size=4,
    unique_by=lambda agency: agency.id,
)
