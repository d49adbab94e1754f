"""What becomes of a promise, a case between its calls, letters, and causes mended."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("check_at", sa.DateTime(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=True),
        sa.Column("after", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_action_cause", "action", ["cause"], unique=False)

    op.create_table(
        "consult",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("whom", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_consult_case_id", "consult", ["case_id"], unique=False)

    op.create_table(
        "factor",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.PrimaryKeyConstraint("case_id", "cause"),
    )
    op.create_table(
        "handover",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("from_id", sa.String(), nullable=False),
        sa.Column("to_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("brief", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["from_id"],
            ["agent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["to_id"],
            ["agent.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_handover_case_id", "handover", ["case_id"], unique=False)
    op.create_index("ix_handover_inbox", "handover", ["to_id", "taken_at", "at"], unique=False)

    op.create_table(
        "letter",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("released_to", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_letter_agent_id", "letter", ["agent_id"], unique=False)
    op.create_index("ix_letter_case_id", "letter", ["case_id"], unique=False)

    op.create_table(
        "waiting",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_waiting_case_id", "waiting", ["case_id"], unique=False)

    op.create_table(
        "attempt",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=True),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_attempt_case_id", "attempt", ["case_id"], unique=False)
    op.create_index("ix_attempt_line_id", "attempt", ["line_id"], unique=False)

    op.create_table(
        "debrief",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("escalated", sa.String(), nullable=False),
        sa.Column("better", sa.String(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("with_whom", sa.String(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_debrief_agent_id", "debrief", ["agent_id"], unique=False)

    op.create_table(
        "pledge",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("action_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["action.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
        ),
        sa.PrimaryKeyConstraint("case_id", "action_id"),
    )
    with op.batch_alter_table("agent") as table:
        table.add_column(sa.Column("left_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("case") as table:
        table.add_column(sa.Column("deadline_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("told_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("told_how", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("cause", sa.String(), nullable=False, server_default=""))
        table.add_column(
            sa.Column("example", sa.Boolean(), nullable=False, server_default=sa.text("0"))
        )

    with op.batch_alter_table("contact") as table:
        table.add_column(sa.Column("about", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("observed", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("self_check", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table("customer") as table:
        table.add_column(sa.Column("zone", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table("event") as table:
        table.alter_column("case_id", existing_type=sa.VARCHAR(), nullable=True)

    with op.batch_alter_table("follow_up") as table:
        table.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="held"))
        table.add_column(sa.Column("result", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("settled_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("reason", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("deferred_until", sa.DateTime(), nullable=True))
        table.alter_column("contact_id", existing_type=sa.VARCHAR(), nullable=True)

    with op.batch_alter_table("note") as table:
        table.alter_column("contact_id", existing_type=sa.VARCHAR(), nullable=True)

    with op.batch_alter_table("offer") as table:
        table.add_column(sa.Column("received", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("received_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("promise") as table:
        table.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="promise"))
        table.add_column(
            sa.Column(
                "first_due_at",
                sa.DateTime(),
                nullable=False,
                server_default="9999-12-31 00:00:00.000000",
            )
        )
        table.add_column(
            sa.Column("missed_once", sa.Boolean(), nullable=False, server_default=sa.text("0"))
        )
        table.add_column(sa.Column("settled_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("reason", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("deferred_until", sa.DateTime(), nullable=True))
        table.alter_column("contact_id", existing_type=sa.VARCHAR(), nullable=True)
    op.create_index("ix_case_cause", "case", ["cause", "opened_at"], unique=False)
    op.create_index("ix_contact_day", "contact", ["agent_id", "answered_at"], unique=False)
    op.create_index("ix_follow_up_settled", "follow_up", ["settled_at", "due_at"], unique=False)
    op.create_index("ix_moment_contact_id", "moment", ["contact_id"], unique=False)
    op.create_index("ix_promise_settled", "promise", ["settled_at", "due_at"], unique=False)
    op.execute("UPDATE promise SET first_due_at = due_at, missed_once = (state = 'missed')")
    op.execute(
        "UPDATE \"case\" SET told_at = closed_at, told_how = 'in the call' WHERE closed_at IS NOT NULL"
    )
