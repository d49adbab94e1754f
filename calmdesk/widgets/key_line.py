"""The keys that work here and now, on the last line: one widget, read from the bindings."""

from collections.abc import Mapping, Sequence

from textual import events
from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.widget import Widget


class KeyLine(Widget):
    """Shows every shown binding of the screen, whole ones only; a click presses the key. Where they
    are too many, the last of those that stand there is the key to all of them."""

    DEFAULT_CSS = """
    KeyLine { height: auto; max-height: 2; padding: 0 1; background: $panel; color: $foreground; }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._spots: list[tuple[int, int, int, str]] = []
        """Line, first and last column, and the action behind what stands there."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh(layout=True))

    def render(self) -> Content:
        shown = self._shown()
        rows = self._rows(shown)
        most = self._most
        if len(rows) > most and (every := self._every()) is not None:
            while len(rows) > most:
                shown.pop()
                rows = self._rows([*shown, every])
        self._spots = []
        lines = []
        for place, row in enumerate(rows):
            line = Content("")
            for active in row:
                words = self._words(active)
                first, line = line.cell_length, line + words
                spot = (place, first, line.cell_length, active.binding.action)
                self._spots.append(spot)
                line += Content("  ")
            lines.append(line)
        return Content("\n").join(lines)

    def _rows(self, shown: Sequence[ActiveBinding]) -> list[list[ActiveBinding]]:
        """They in as many rows as they take."""
        rows: list[list[ActiveBinding]] = [[]]
        used = 0
        for active in shown:
            width = self._words(active).cell_length
            if rows[-1] and used + width > self.content_size.width:
                rows.append([])
                used = 0
            rows[-1].append(active)
            used += width + 2
        return rows

    def _words(self, active: ActiveBinding) -> Content:
        """A key and what it does: whoever has it may say that in `key_words`, by the action, where it
        depends on what is marked."""
        binding = active.binding
        key = self.app.get_key_display(binding)
        own: Mapping[str, str] = getattr(active.node, "key_words", {})
        does = own.get(binding.action, binding.description)
        style = "dim" if not active.enabled else ""
        return Content.assemble((key, f"bold $primary {style}"), " ", (does, style))

    @property
    def _most(self) -> int:
        """How many rows there may be."""
        most = self.styles.max_height
        return int(most.value) if most is not None else 2

    def _every(self) -> ActiveBinding | None:
        """The key that lists all of them, where it works."""
        active = self.screen.active_bindings.values()
        return next((it for it in active if it.binding.action == "keys"), None)

    def _shown(self) -> list[ActiveBinding]:
        """One entry a binding, however many keys it has: those of the place, then the app's."""
        seen: dict[str, ActiveBinding] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and binding.description and binding.action not in seen:
                seen[binding.action] = active
        last = [binding.action for binding in self.app.BINDINGS if isinstance(binding, Binding)]
        own = [active for action, active in seen.items() if action not in last]
        return own + [seen[action] for action in last if action in seen]

    async def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for line, first, last, action in self._spots:
            if offset.y == line and first <= offset.x < last:
                await self.app.run_action(action, self.screen)
                return
