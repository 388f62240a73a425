"""Tables of messages, of the parcels that answer them, of menus and of senders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STATUSES = ("answered", "clarify", "unknown", "out_of_scope", "smalltalk", "feedback")
_OPEN = sa.text("ended IS NULL")


def upgrade() -> None:
    """Create all tables."""
    _messages()
    _parcels()
    _menus()
    _offers()
    op.create_table(
        "mail_senders",
        _text("conversation"),
        _text("name"),
        _time("used"),
        sa.PrimaryKeyConstraint("conversation", name="pk_mail_senders"),
        sa.UniqueConstraint("name", name="uq_mail_senders_name"),
    )
    op.create_index("ix_mail_senders_used", "mail_senders", ["used"])


def downgrade() -> None:
    """Drop all tables."""
    for table in ("mail_senders", "mail_offers", "mail_menus", "mail_parcels", "mail_messages"):
        op.drop_table(table)


def _messages() -> None:
    op.create_table(
        "mail_messages",
        sa.Column("id", _ID, nullable=False),
        _text("key"),
        _text("channel"),
        _text("conversation", nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        _text("content", nullable=True),
        _time("created"),
        _time("ended", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mail_messages"),
        sa.UniqueConstraint("key", name="uq_mail_messages_key"),
    )
    _open_index("mail_messages", "conversation", "position", "id")
    op.create_index("ix_mail_messages_ended", "mail_messages", ["ended"])


def _parcels() -> None:
    op.create_table(
        "mail_parcels",
        sa.Column("id", _ID, nullable=False),
        _text("key"),
        _text("channel"),
        _text("conversation", nullable=True),
        _text("place", nullable=True),
        _text("content", nullable=True),
        _choice("state", "waiting", "sending", "sent", "dead"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False),
        _time("created"),
        _time("not_before"),
        _time("ended", nullable=True),
        _text("reason"),
        sa.PrimaryKeyConstraint("id", name="pk_mail_parcels"),
    )
    _open_index("mail_parcels", "conversation", "id")
    op.create_index("ix_mail_parcels_ended", "mail_parcels", ["ended", "channel", "state", "repeats"])


def _menus() -> None:
    op.create_table(
        "mail_menus",
        sa.Column("id", _ID, nullable=False),
        _text("conversation"),
        _choice("status", *_STATUSES),
        _time("created"),
        sa.PrimaryKeyConstraint("id", name="pk_mail_menus"),
    )
    op.create_index("ix_mail_menus_conversation_id", "mail_menus", ["conversation", "id"])
    op.create_index("ix_mail_menus_created", "mail_menus", ["created"])


def _offers() -> None:
    op.create_table(
        "mail_offers",
        _text("id"),
        sa.Column("menu", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("title"),
        _text("message"),
        sa.PrimaryKeyConstraint("id", name="pk_mail_offers"),
        sa.ForeignKeyConstraint(["menu"], ["mail_menus.id"], name="fk_mail_offers_menu", ondelete="CASCADE"),
    )
    op.create_index("ix_mail_offers_menu_number", "mail_offers", ["menu", "number"])


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _time(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _choice(name: str, *values: str) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=16)
    return sa.Column(name, kind, nullable=False)


def _open_index(table: str, *columns: str) -> None:
    name = f"ix_{table}_open"
    op.create_index(name, table, list(columns), sqlite_where=_OPEN, postgresql_where=_OPEN)
