"""Alembic's entry for the tables of people's words, on the connection that `migrate` hands over."""

from __future__ import annotations

from alembic import context

from knowledge.store.people.models import PeopleBase

context.configure(
    connection=context.config.attributes["connection"],
    version_table=context.config.attributes["version_table"],
    target_metadata=PeopleBase.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
