"""Which colleague is meant by a half-typed name."""

from collections.abc import Sequence


def meant(typed: str, names: Sequence[str]) -> list[str]:
    """The names that fit: one that is typed whole, else those of which a word begins so; none for
    ''. `li` fits Ana Lindqvist and Lian Moss."""
    wanted = " ".join(typed.casefold().split())
    if not wanted:
        return []
    whole = [name for name in names if name.casefold() == wanted]
    return whole or [name for name in names if f" {wanted}" in f" {name.casefold()}"]
