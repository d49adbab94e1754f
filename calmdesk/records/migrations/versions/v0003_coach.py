"""What an agent chose among the phrases, known issues, and the line that is the agent's own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    with op.batch_alter_table("agent") as agent:
        agent.add_column(sa.Column("own_line", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "phrase_choice",
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("phrase_id", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.PrimaryKeyConstraint("agent_id", "phrase_id"),
    )
    op.create_table(
        "known_issue",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("until_at", sa.DateTime(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_known_issue_until", "known_issue", ["until_at", "id"], unique=False)
