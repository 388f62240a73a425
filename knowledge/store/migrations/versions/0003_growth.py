"""For a million indicators: the order of the plans, years within a pillar and beside each assignment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ORDER = "ix_documents_period_start_official_id"
_YEARS = ("period_start", "period_end")
_ASSIGNMENTS = "indicator_assignments"
_OF_AGENCY = {
    "ix_indicator_assignments_agency_years": ("agency_id", *_YEARS, "role", "indicator_id"),
    "ix_indicator_assignments_agency_role_years": ("agency_id", "role", *_YEARS, "indicator_id"),
}
_OF_AGENCY_BEFORE = "ix_indicator_assignments_agency_id_role_indicator_id"
_COPY = """
UPDATE indicator_assignments
SET period_start = (SELECT period_start FROM indicators WHERE indicators.id = indicator_id),
    period_end = (SELECT period_end FROM indicators WHERE indicators.id = indicator_id)
"""
# The columns of each index of the indicators, before and now.
_REPLACED = (
    (("document_id", "position"), ("document_id", "position", "id")),
    (_YEARS, (*_YEARS, "document_id")),
    (("pillar",), ("pillar", *_YEARS, "document_id")),
)


def upgrade() -> None:
    """Create the index of the documents, and longer ones of the indicators in place of those held."""
    order = [sa.text("period_start DESC"), sa.text("official DESC"), sa.text("id")]
    op.create_index(_ORDER, "documents", order)
    for before, now in _REPLACED:
        _replace(before, now)
    for name in _YEARS:
        op.add_column(_ASSIGNMENTS, sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    op.execute(_COPY)
    with op.batch_alter_table(_ASSIGNMENTS) as table:
        for name in _YEARS:
            table.alter_column(name, existing_type=sa.Integer, server_default=None)
    op.drop_index(_OF_AGENCY_BEFORE, _ASSIGNMENTS)
    for name, columns in _OF_AGENCY.items():
        op.create_index(name, _ASSIGNMENTS, list(columns))


def downgrade() -> None:
    """Create the former ones again."""
    for name in _OF_AGENCY:
        op.drop_index(name, _ASSIGNMENTS)
    op.create_index(_OF_AGENCY_BEFORE, _ASSIGNMENTS, ["agency_id", "role", "indicator_id"])
    with op.batch_alter_table(_ASSIGNMENTS) as table:
        for name in _YEARS:
            table.drop_column(name)
    for before, now in _REPLACED:
        _replace(now, before)
    op.drop_index(_ORDER, "documents")


def _replace(former: tuple[str, ...], new: tuple[str, ...]) -> None:
    op.drop_index(f"ix_indicators_{'_'.join(former)}", "indicators")
    op.create_index(f"ix_indicators_{'_'.join(new)}", "indicators", list(new))
