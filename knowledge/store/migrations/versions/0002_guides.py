"""The table of the guides for citizens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_LISTS = ("topics", "links", "plan", "related", "when", "steps", "prepare", "check", "avoid")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "guides",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("slug", "title", "summary")),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("plan_question", sa.String(), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in _LISTS),
        sa.PrimaryKeyConstraint("slug", name="pk_guides"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("guides")
