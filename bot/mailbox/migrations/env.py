"""Alembic's entry for the tables of the mailbox, on the connection that `migrate` hands over."""

from __future__ import annotations

from alembic import context

from bot.mailbox.models import MailBase

context.configure(
    connection=context.config.attributes["connection"],
    version_table=context.config.attributes["version_table"],
    target_metadata=MailBase.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
