"""An agency's indicators in a role lie in the order of their ids: they are counted without sorting."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

_TABLE = "indicator_assignments"
_BEFORE = "ix_indicator_assignments_agency_role_years"
_NOW = "ix_indicator_assignments_agency_role_indicator"
_YEARS = ("period_start", "period_end")


def upgrade() -> None:
    """Create the index that counts in place of the one that sorts by years."""
    # Stores of before that index came to 0003 lack it.
    op.drop_index(_BEFORE, _TABLE, if_exists=True)
    op.create_index(_NOW, _TABLE, ["agency_id", "role", "indicator_id", *_YEARS])


def downgrade() -> None:
    """Create the former one again."""
    op.drop_index(_NOW, _TABLE)
    op.create_index(_BEFORE, _TABLE, ["agency_id", "role", *_YEARS, "indicator_id"])
