"""How a database of an older calmdesk becomes one of this: Alembic, in one transaction.

Foreign keys are off meanwhile (the engine handed in sees to it): with them on, a batch change of
`case` drops the old table and takes every event with it by cascade.
"""

from sqlalchemy import Engine

SCHEMA = 7
"""Version that this calmdesk writes; each revision counts one."""


def upgrade(engine: Engine, location: str) -> None:
    """Bring a database to `SCHEMA`; when any step fails, the file stays as it was."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", location)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the upgrade left {len(broken)} rows without their parent")
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
