"""Indexes for a store of a million indicators: the order of the plans, and years within a pillar."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ORDER = "ix_documents_period_start_official_id"
_YEARS = ("period_start", "period_end")
# The columns of each index of the indicators, before and now.
_REPLACED = (
    (("document_id", "position"), ("document_id", "position", "id")),
    (_YEARS, (*_YEARS, "document_id")),
    (("pillar",), ("pillar", *_YEARS, "document_id")),
)


def upgrade() -> None:
    """Create the index of the documents, and longer ones of the indicators in place of those held."""
    columns = [sa.text("period_start DESC"), sa.text("official DESC"), sa.text("id")]
    op.create_index(_ORDER, "documents", columns)
    for before, now in _REPLACED:
        _replace(before, now)


def downgrade() -> None:
    """Create the former ones again."""
    for before, now in _REPLACED:
        _replace(now, before)
    op.drop_index(_ORDER, "documents")


def _replace(former: tuple[str, ...], new: tuple[str, ...]) -> None:
    op.drop_index(f"ix_indicators_{'_'.join(former)}", "indicators")
    op.create_index(f"ix_indicators_{'_'.join(new)}", "indicators", list(new))
