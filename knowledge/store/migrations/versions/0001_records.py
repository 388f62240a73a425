"""Tables of the records and of their ingestion."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TABLES = (
    "documents",
    "clauses",
    "clause_references",
    "indicators",
    "targets",
    "legal_bases",
    "indicator_assignments",
    "tasks",
    "task_assignments",
    "agencies",
    "agency_aliases",
    "ingestions",
    "unplaced",
)


def upgrade() -> None:
    """Create all tables."""
    _documents()
    _clauses()
    _indicators()
    _indicator_children()
    _tasks()
    _agencies()
    _ingestions()


def downgrade() -> None:
    """Drop all tables."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _day(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=True)


def _decimal(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String().with_variant(sa.Numeric(), "postgresql"), nullable=True)


def _choice(name: str, *values: str, null: bool = False) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=16)
    return sa.Column(name, kind, nullable=null)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _below(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="CASCADE")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _documents() -> None:
    op.create_table(
        "documents",
        _text("id"),
        _text("cite"),
        _text("number", null=True),
        _text("title"),
        _text("kind"),
        _text("issuer"),
        _day("signed_on"),
        _text("signer", null=True),
        _text("province", null=True),
        _number("period_start"),
        _number("period_end"),
        sa.Column("official", sa.Boolean(), nullable=False),
        _text("file"),
        _text("sha256"),
        _text("approval_title", null=True),
        _text("approval_issuer", null=True),
        _day("approval_signed_on"),
        _text("approval_signer", null=True),
        _text("note"),
        _key("documents", "id"),
    )


def _clauses() -> None:
    op.create_table(
        "clauses",
        _text("document_id"),
        _text("path"),
        _number("position"),
        _text("label"),
        sa.Column("trail", sa.JSON(), nullable=False),
        _text("text"),
        _text("note"),
        _key("clauses", "document_id", "path"),
        _below("clauses", "document_id", "documents"),
    )
    _index("clauses", "document_id", "position")
    op.create_table(
        "clause_references",
        _text("document_id"),
        _text("path"),
        _number("position"),
        _text("target"),
        _key("clause_references", "document_id", "path", "position"),
        sa.ForeignKeyConstraint(
            ["document_id", "path"],
            ["clauses.document_id", "clauses.path"],
            name="fk_clause_references_document_id_path",
            ondelete="CASCADE",
        ),
    )


def _indicators() -> None:
    op.create_table(
        "indicators",
        _text("id"),
        _text("document_id"),
        _text("annex"),
        _text("group_name"),
        _text("row_label", null=True),
        _number("position"),
        _choice("pillar", "government", "economy", "society", null=True),
        _text("name"),
        _text("searchable"),
        _number("period_start"),
        _number("period_end"),
        *(_text(f"{cell}_raw", null=True) for cell in ("target", "lead", "coordinator", "basis", "note")),
        _text("series", null=True),
        _key("indicators", "id"),
        _below("indicators", "document_id", "documents"),
    )
    _index("indicators", "document_id", "position")
    _index("indicators", "period_start", "period_end")
    _index("indicators", "series", "period_start")
    _index("indicators", "row_label")
    _index("indicators", "pillar")


def _indicator_children() -> None:
    op.create_table(
        "targets",
        _text("indicator_id"),
        _number("position"),
        _choice("comparator", "=", ">", ">=", "..", "text"),
        _decimal("value"),
        _decimal("upper"),
        _text("unit"),
        _text("part"),
        _text("raw"),
        _key("targets", "indicator_id", "position"),
        _below("targets", "indicator_id", "indicators"),
    )
    _index("targets", "comparator", "indicator_id")
    op.create_table(
        "legal_bases",
        _text("indicator_id"),
        _number("position"),
        _text("number"),
        _day("issued_on"),
        _text("raw"),
        _key("legal_bases", "indicator_id", "position"),
        _below("legal_bases", "indicator_id", "indicators"),
    )
    _assignments("indicator")
    _index("indicator_assignments", "role", "indicator_id")


def _assignments(owner: str) -> None:
    table = f"{owner}_assignments"
    op.create_table(
        table,
        _text(f"{owner}_id"),
        _number("position"),
        _text("agency_id"),
        _choice("role", "lead", "coordinator"),
        _text("raw"),
        _key(table, f"{owner}_id", "position"),
        _below(table, f"{owner}_id", f"{owner}s"),
    )
    _index(table, "agency_id", "role", f"{owner}_id")


def _tasks() -> None:
    op.create_table(
        "tasks",
        _text("id"),
        _text("document_id"),
        _text("annex"),
        _text("group_name"),
        _text("group_title"),
        _text("row_label"),
        _number("position"),
        _text("name"),
        _number("period_start", null=True),
        _number("period_end", null=True),
        _text("period_raw"),
        _text("lead_raw"),
        _text("coordinator_raw"),
        _text("form"),
        _key("tasks", "id"),
        _below("tasks", "document_id", "documents"),
    )
    _index("tasks", "document_id", "position")
    _assignments("task")


def _agencies() -> None:
    op.create_table(
        "agencies",
        _text("id"),
        _number("position"),
        _text("name"),
        _text("level"),
        _text("successor", null=True),
        _text("evidence"),
        _key("agencies", "id"),
    )
    op.create_table(
        "agency_aliases",
        _text("agency_id"),
        _number("position"),
        _text("alias"),
        _key("agency_aliases", "agency_id", "position"),
        _below("agency_aliases", "agency_id", "agencies"),
    )


def _ingestions() -> None:
    op.create_table(
        "ingestions",
        _number("id"),
        _text("document_id"),
        _text("file"),
        _text("sha256"),
        _text("fingerprint"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _number("clauses"),
        _number("indicators"),
        _number("tasks"),
        _number("planned"),
        _key("ingestions", "id"),
    )
    _index("ingestions", "document_id", "id")
    op.create_table(
        "unplaced",
        _number("ingestion_id"),
        _number("position"),
        _number("line"),
        _text("text"),
        _text("reason"),
        _key("unplaced", "ingestion_id", "position"),
        _below("unplaced", "ingestion_id", "ingestions"),
    )
