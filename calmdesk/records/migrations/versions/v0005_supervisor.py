"""What a supervisor works with: glances and daily counts beside the record, alarms, reviews, saved
filters, customers found to be one, and other calmdesks that are read."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

PLACE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "day_cause",
        sa.Column("since", PLACE, autoincrement=False, nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("since", "cause"),
    )
    op.create_table(
        "day_factor",
        sa.Column("since", PLACE, autoincrement=False, nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("since", "cause"),
    )
    op.create_table(
        "day_figure",
        sa.Column("since", PLACE, autoincrement=False, nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("since", "figure"),
    )
    op.create_table(
        "rolled_day",
        sa.Column("since", PLACE, autoincrement=False, nullable=False),
        sa.Column("until", PLACE, nullable=False),
        sa.PrimaryKeyConstraint("since"),
    )
    op.create_table(
        "search_todo",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_table(
        "source",
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("as_of", sa.DateTime(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("born", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("device"),
    )
    op.create_table(
        "customer_merge",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kept_id", sa.String(), nullable=False),
        sa.Column("gone_id", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("moved", sa.String(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gone_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_customer_merge_gone_id", "customer_merge", ["gone_id"], unique=False)
    op.create_index("ix_customer_merge_kept_id", "customer_merge", ["kept_id"], unique=False)

    op.create_table(
        "customer_name",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_customer_name_customer_id", "customer_name", ["customer_id"], unique=False)
    op.create_index("ix_customer_name_name", "customer_name", ["name"], unique=False)

    op.create_table(
        "not_same",
        sa.Column("one_id", sa.String(), nullable=False),
        sa.Column("other_id", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["one_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("one_id", "other_id"),
    )
    op.create_table(
        "saved_filter",
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.PrimaryKeyConstraint("agent_id", "name"),
    )
    op.create_table(
        "glance",
        sa.Column("place", PLACE, autoincrement=False, nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("complaint", sa.Boolean(), nullable=False),
        sa.Column("heat_start", sa.Integer(), nullable=False),
        sa.Column("heat_end", sa.Integer(), nullable=False),
        sa.Column("hot", sa.Boolean(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("repeat", sa.Boolean(), nullable=False),
        sa.Column("first_contact", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("listened", sa.Integer(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.Column("promises_open", sa.Integer(), nullable=False),
        sa.Column("promises_kept", sa.Integer(), nullable=False),
        sa.Column("promises_late", sa.Integer(), nullable=False),
        sa.Column("promises_missed", sa.Integer(), nullable=False),
        sa.Column("broken", sa.Boolean(), nullable=False),
        sa.Column("worsened", sa.Boolean(), nullable=False),
        sa.Column("promise_due_at", sa.DateTime(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("risk", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.PrimaryKeyConstraint("place"),
        sa.UniqueConstraint("case_id"),
    )
    op.create_index("ix_glance_agent_id", "glance", ["agent_id"], unique=False)
    op.create_index("ix_glance_broken", "glance", ["broken"], unique=False)
    op.create_index("ix_glance_category", "glance", ["category"], unique=False)
    op.create_index("ix_glance_cause", "glance", ["cause"], unique=False)
    op.create_index("ix_glance_cost", "glance", ["cost"], unique=False)
    op.create_index("ix_glance_customer_id", "glance", ["customer_id"], unique=False)
    op.create_index("ix_glance_heat_end", "glance", ["heat_end"], unique=False)
    op.create_index("ix_glance_hot", "glance", ["hot"], unique=False)
    op.create_index("ix_glance_outcome", "glance", ["outcome"], unique=False)
    op.create_index("ix_glance_promise_due_at", "glance", ["promise_due_at"], unique=False)
    op.create_index("ix_glance_promises_open", "glance", ["promises_open"], unique=False)
    op.create_index("ix_glance_repeat", "glance", ["repeat"], unique=False)
    op.create_index("ix_glance_reviewed", "glance", ["reviewed"], unique=False)
    op.create_index("ix_glance_risk", "glance", ["risk"], unique=False)
    op.create_index("ix_glance_running", "glance", ["running"], unique=False)
    op.create_index("ix_glance_status", "glance", ["status"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("of_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("result_fair", sa.String(), nullable=False),
        sa.Column("way_fair", sa.String(), nullable=False),
        sa.Column("respectful", sa.String(), nullable=False),
        sa.Column("went_well", sa.String(), nullable=False),
        sa.Column("try_next", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["of_id"],
            ["agent.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_review_case_id", "review", ["case_id"], unique=False)
    op.create_index("ix_review_of", "review", ["of_id", "read_at", "at"], unique=False)

    op.create_table(
        "seen_need",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.PrimaryKeyConstraint("case_id", "why"),
    )
    op.create_table(
        "alarm",
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("seen_by", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
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
        sa.PrimaryKeyConstraint("contact_id", "kind"),
    )
    op.create_index("ix_alarm_case_id", "alarm", ["case_id"], unique=False)
    op.create_index("ix_alarm_unseen", "alarm", ["kind", "seen_by", "at"], unique=False)
    op.create_index("ix_alarm_seen", "alarm", ["seen_by", "seen_at"], unique=False)

    with op.batch_alter_table("customer") as table:
        table.add_column(sa.Column("merged_into", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_customer_company", "customer", ["company"], unique=False)

    # every chain so far was begun in this very file: what others write came later
    op.execute(
        "INSERT INTO meta (key, value) SELECT DISTINCT 'chain ' || device, device FROM event"
    )
