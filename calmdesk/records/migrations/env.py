"""Alembic's way in: it runs on the connection it is handed, inside that one's transaction."""

from alembic import context
from sqlmodel import SQLModel

from calmdesk.records import models as _models

assert _models.Case.metadata is SQLModel.metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
context.run_migrations()
