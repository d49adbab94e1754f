"""The line in which is typed what to look for."""

from calmdesk.widgets.field import Field

MOST = 2_000
"""Characters that it takes; of a longer text the beginning tells enough."""


class SearchLine(Field):
    """A field in which nothing is a command: any text at all is looked for."""

    async def entered(self) -> None:
        await self.action_submit()

    def insert_text_at_cursor(self, text: str) -> None:
        super().insert_text_at_cursor(text[: max(0, MOST - len(self.value))])
