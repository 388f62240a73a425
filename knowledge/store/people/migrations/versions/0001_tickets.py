"""Tables of tickets and of the answers to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TOPICS = (
    "public_service",
    "connection",
    "online_safety",
    "health",
    "education",
    "farming",
    "assistant",
    "other",
)


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "tickets",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        _choice("status", "new", "answered", "closed"),
        _choice("topic", *_TOPICS),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("consented", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_tickets"),
    )
    op.create_index("ix_tickets_created", "tickets", ["created"])
    op.create_table(
        "ticket_replies",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", "position", name="pk_ticket_replies"),
        sa.ForeignKeyConstraint(
            ["code"], ["tickets.code"], name="fk_ticket_replies_code", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("ticket_replies")
    op.drop_table("tickets")


def _choice(name: str, *values: str) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=16)
    return sa.Column(name, kind, nullable=False)
