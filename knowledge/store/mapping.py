"""Records to rows and back, one pair of functions for each kind; nothing is lost either way."""

from __future__ import annotations

from knowledge import records as r
from knowledge.store import models as m
from knowledge.store.columns import searchable
from knowledge.store.values import Ingestion


def document_row(document: r.Document) -> m.DocumentRow:
    """The row of a document, its approval flattened."""
    approval = document.approval
    return m.DocumentRow(
        id=document.id,
        cite=document.cite,
        number=document.number,
        title=document.title,
        kind=document.kind,
        issuer=document.issuer,
        signed_on=document.signed_on,
        signer=document.signer,
        province=document.province,
        period_start=document.period.start,
        period_end=document.period.end,
        official=document.official,
        file=document.file,
        sha256=document.sha256,
        approval_title=approval and approval.title,
        approval_issuer=approval and approval.issuer,
        approval_signed_on=approval and approval.signed_on,
        approval_signer=approval and approval.signer,
        note=document.note,
    )


def document(row: m.DocumentRow) -> r.Document:
    """The record of a row."""
    return r.Document(
        id=row.id,
        cite=row.cite,
        number=row.number,
        title=row.title,
        kind=row.kind,
        issuer=row.issuer,
        signed_on=row.signed_on,
        signer=row.signer,
        province=row.province,
        period=r.Period(row.period_start, row.period_end),
        official=row.official,
        file=row.file,
        sha256=row.sha256,
        approval=_approval(row),
        note=row.note,
    )


def _approval(row: m.DocumentRow) -> r.Approval | None:
    title, issuer, signer = row.approval_title, row.approval_issuer, row.approval_signer
    if title is None or issuer is None or signer is None or row.approval_signed_on is None:
        return None
    return r.Approval(title, issuer, row.approval_signed_on, signer)


def clause_row(clause: r.Clause) -> m.ClauseRow:
    """The row of a clause with its references."""
    return m.ClauseRow(
        document_id=clause.document_id,
        path=clause.path,
        position=clause.order,
        label=clause.label,
        trail=list(clause.trail),
        text=clause.text,
        note=clause.note,
        references=[m.ReferenceRow(position=n, target=path) for n, path in enumerate(clause.references)],
    )


def clause(row: m.ClauseRow) -> r.Clause:
    """The record of a row."""
    return r.Clause(
        document_id=row.document_id,
        path=row.path,
        label=row.label,
        trail=tuple(row.trail),
        text=row.text,
        order=row.position,
        references=tuple(reference.target for reference in row.references),
        note=row.note,
    )


def indicator_row(indicator: r.Indicator) -> m.IndicatorRow:
    """The row of an indicator with its targets, assignments and legal bases."""
    return m.IndicatorRow(
        id=indicator.id,
        document_id=indicator.document_id,
        annex=indicator.annex,
        group=indicator.group,
        row=indicator.row,
        position=indicator.order,
        pillar=indicator.pillar,
        name=indicator.name,
        searchable=searchable(indicator.name),
        period_start=indicator.period.start,
        period_end=indicator.period.end,
        target_raw=indicator.target_raw,
        lead_raw=indicator.lead_raw,
        coordinator_raw=indicator.coordinator_raw,
        basis_raw=indicator.basis_raw,
        note_raw=indicator.note_raw,
        series=indicator.series,
        targets=[_target_row(n, target) for n, target in enumerate(indicator.targets)],
        assignments=[
            _assignment_row(n, each, indicator.period) for n, each in enumerate(indicator.assignments)
        ],
        bases=[
            m.LegalBasisRow(position=n, number=basis.number, issued_on=basis.issued_on, raw=basis.raw)
            for n, basis in enumerate(indicator.bases)
        ],
    )


def _assignment_row(position: int, given: r.Assignment, period: r.Period) -> m.IndicatorAssignmentRow:
    return m.IndicatorAssignmentRow(
        position=position,
        agency_id=given.agency_id,
        role=given.role,
        period_start=period.start,
        period_end=period.end,
        raw=given.raw,
    )


def _target_row(position: int, target: r.Target) -> m.TargetRow:
    return m.TargetRow(
        position=position,
        comparator=target.comparator,
        value=target.value,
        upper=target.upper,
        unit=target.unit,
        part=target.part,
        raw=target.raw,
    )


def indicator(row: m.IndicatorRow) -> r.Indicator:
    """The record of a row."""
    return r.Indicator(
        id=row.id,
        document_id=row.document_id,
        annex=row.annex,
        group=row.group,
        row=row.row,
        order=row.position,
        pillar=row.pillar,
        name=row.name,
        period=r.Period(row.period_start, row.period_end),
        target_raw=row.target_raw,
        lead_raw=row.lead_raw,
        coordinator_raw=row.coordinator_raw,
        basis_raw=row.basis_raw,
        note_raw=row.note_raw,
        targets=tuple(r.Target(t.comparator, t.value, t.upper, t.unit, t.part, t.raw) for t in row.targets),
        assignments=tuple(r.Assignment(a.agency_id, a.role, a.raw) for a in row.assignments),
        bases=tuple(r.LegalBasis(basis.number, basis.issued_on, basis.raw) for basis in row.bases),
        series=row.series,
    )


def task_row(task: r.Task) -> m.TaskRow:
    """The row of a task or planned document with its assignments."""
    return m.TaskRow(
        id=task.id,
        document_id=task.document_id,
        annex=task.annex,
        group=task.group,
        group_title=task.group_title,
        row=task.row,
        position=task.order,
        name=task.name,
        period_start=task.period and task.period.start,
        period_end=task.period and task.period.end,
        period_raw=task.period_raw,
        lead_raw=task.lead_raw,
        coordinator_raw=task.coordinator_raw,
        form=task.form,
        assignments=[
            m.TaskAssignmentRow(position=n, agency_id=a.agency_id, role=a.role, raw=a.raw)
            for n, a in enumerate(task.assignments)
        ],
    )


def task(row: m.TaskRow) -> r.Task:
    """The record of a row."""
    start, end = row.period_start, row.period_end
    return r.Task(
        id=row.id,
        document_id=row.document_id,
        annex=row.annex,
        group=row.group,
        group_title=row.group_title,
        row=row.row,
        order=row.position,
        name=row.name,
        period=None if start is None or end is None else r.Period(start, end),
        period_raw=row.period_raw,
        lead_raw=row.lead_raw,
        coordinator_raw=row.coordinator_raw,
        form=row.form,
        assignments=tuple(r.Assignment(a.agency_id, a.role, a.raw) for a in row.assignments),
    )


def agency_row(position: int, agency: r.Agency) -> m.AgencyRow:
    """The row of an agency, `position` in its registry."""
    return m.AgencyRow(
        id=agency.id,
        position=position,
        name=agency.name,
        level=agency.level,
        successor=agency.successor,
        evidence=agency.evidence,
        aliases=[m.AliasRow(position=n, alias=alias) for n, alias in enumerate(agency.aliases)],
    )


def agency(row: m.AgencyRow) -> r.Agency:
    """The record of a row."""
    aliases = tuple(alias.alias for alias in row.aliases)
    return r.Agency(row.id, row.name, aliases, row.level, row.successor, row.evidence)


def guide_row(guide: r.Guide) -> m.GuideRow:
    """The row of a guide."""
    return m.GuideRow(
        slug=guide.slug,
        title=guide.title,
        summary=guide.summary,
        topics=list(guide.topics),
        reviewed_on=guide.reviewed_on,
        links=[[link.name, link.url] for link in guide.links],
        plan=list(guide.plan),
        plan_question=guide.plan_question,
        related=list(guide.related),
        when=list(guide.when),
        steps=list(guide.steps),
        prepare=list(guide.prepare),
        check=list(guide.check),
        avoid=list(guide.avoid),
    )


def guide(row: m.GuideRow) -> r.Guide:
    """The record of a row."""
    return r.Guide(
        slug=row.slug,
        title=row.title,
        summary=row.summary,
        topics=tuple(row.topics),
        reviewed_on=row.reviewed_on,
        links=tuple(r.GuideLink(name, url) for name, url in row.links),
        plan=tuple(row.plan),
        plan_question=row.plan_question,
        related=tuple(row.related),
        when=tuple(row.when),
        steps=tuple(row.steps),
        prepare=tuple(row.prepare),
        check=tuple(row.check),
        avoid=tuple(row.avoid),
    )


def ingestion_row(ingestion: Ingestion) -> m.IngestionRow:
    """The row of an ingestion with what it could not place."""
    return m.IngestionRow(
        document_id=ingestion.document_id,
        file=ingestion.file,
        sha256=ingestion.sha256,
        fingerprint=ingestion.fingerprint,
        at=ingestion.at,
        clauses=ingestion.clauses,
        indicators=ingestion.indicators,
        tasks=ingestion.tasks,
        planned=ingestion.planned,
        unplaced=[
            m.UnplacedRow(position=n, line=piece.line, text=piece.text, reason=piece.reason)
            for n, piece in enumerate(ingestion.unplaced)
        ],
    )


def ingestion(row: m.IngestionRow) -> Ingestion:
    """The value of a row."""
    return Ingestion(
        document_id=row.document_id,
        file=row.file,
        sha256=row.sha256,
        fingerprint=row.fingerprint,
        at=row.at,
        clauses=row.clauses,
        indicators=row.indicators,
        tasks=row.tasks,
        planned=row.planned,
        unplaced=tuple(r.Unplaced(piece.line, piece.text, piece.reason) for piece in row.unplaced),
    )
