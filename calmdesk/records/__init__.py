"""The case record. Its rooms of verbs are named here, and here only.

`from calmdesk.records import calls` gives a type checker the real module and the running program a
name: `calls.answer` can then be handed to the desk without anybody on the UI's side importing
SQLModel, and the desk's own thread resolves it.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from calmdesk.records import (
        actions,
        browse,
        calls,
        case_times,
        coaching,
        customer_details,
        customers,
        debriefs,
        duplicates,
        examples,
        figures,
        follow_through,
        following,
        learning,
        needs,
        one_person,
        people,
        phone_calls,
        pictures,
        post,
        register,
        reviews,
        rolling,
        saved_filters,
        search,
        sharing,
        tending,
    )

__all__ = [
    "actions",
    "browse",
    "calls",
    "case_times",
    "coaching",
    "customer_details",
    "customers",
    "debriefs",
    "duplicates",
    "examples",
    "figures",
    "follow_through",
    "following",
    "learning",
    "needs",
    "one_person",
    "people",
    "phone_calls",
    "pictures",
    "post",
    "register",
    "reviews",
    "rolling",
    "saved_filters",
    "search",
    "sharing",
    "tending",
]


class _Verb:
    """A verb by name; the module behind it is imported when it is first called."""

    def __init__(self, room: str, name: str) -> None:
        self.room = room
        self.__name__ = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from importlib import import_module

        return getattr(import_module(f"calmdesk.records.{self.room}"), self.__name__)(
            *args, **kwargs
        )


class _Room:
    """A module of verbs, by name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, verb: str) -> _Verb:
        return _Verb(self._name, verb)


def __getattr__(name: str) -> Any:
    if name in __all__:
        return _Room(name)
    raise AttributeError(name)
