"""The screens, one file each. They ask the desk, hold no data of their own, and know no app."""
