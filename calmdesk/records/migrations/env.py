"""Alembic's way in: it runs on the connection it is handed, inside that one's transaction."""

from alembic import context

from calmdesk.records.models import SQLModel

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
context.run_migrations()
