"""calmdesk's tests: real SQLite files, the real app through the pilot, the real program in a
pseudo-terminal."""
