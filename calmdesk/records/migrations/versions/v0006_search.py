"""What the search finds by: SQLite's own, kept in `records.full_text`; and every case to do.
Customers are looked up by how their names begin, whatever its capitals; calls by when they came."""

from alembic import op

revision = "0006"
down_revision = "0005"

_TABLES = (
    """
    CREATE TABLE search_text (
        place INTEGER PRIMARY KEY, case_id TEXT NOT NULL UNIQUE, who TEXT NOT NULL,
        ref TEXT NOT NULL, numbers TEXT NOT NULL, about TEXT NOT NULL, agreed TEXT NOT NULL,
        said TEXT NOT NULL, letters TEXT NOT NULL
    )
    """,
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        who, ref, numbers, about, agreed, said, letters,
        content='search_text', content_rowid='place', columnsize=0, tokenize='ascii'
    )
    """,
    "CREATE TABLE search_word (term TEXT PRIMARY KEY, cases INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE search_slip (slip TEXT, term TEXT, PRIMARY KEY (slip, term)) WITHOUT ROWID",
    "CREATE TABLE search_number (begins TEXT, term TEXT, PRIMARY KEY (begins, term)) WITHOUT ROWID",
)


_INDEXES = (
    "CREATE INDEX ix_customer_lower_name ON customer (lower(name))",
    "CREATE INDEX ix_factor_cause ON factor (cause)",
    "CREATE INDEX ix_letter_state ON letter (state, agent_id)",
    "CREATE INDEX ix_customer_name_lower_name ON customer_name (lower(name))",
    "CREATE INDEX ix_contact_answered ON contact (answered_at, direction, state)",
)


def upgrade() -> None:
    for statement in (*_TABLES, *_INDEXES):
        op.execute(statement)
    op.execute("INSERT OR IGNORE INTO search_todo SELECT id FROM \"case\" WHERE joined_to = ''")
