"""Alembic's entry: runs the migrations on the connection that `knowledge.store.migrate` hands over."""

from __future__ import annotations

from alembic import context

from knowledge.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
