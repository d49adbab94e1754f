"""The keys that work here and now, on the last line: one widget, read from the bindings."""

from textual import events
from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.widget import Widget


class KeyLine(Widget):
    """Shows every shown binding of the screen, whole ones only; a click presses the key."""

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
        self._spots = []
        lines: list[list[Content]] = [[]]
        used = 0
        for active in self._shown():
            key = self.app.get_key_display(active.binding)
            words = active.binding.description
            width = len(key) + len(words) + 3
            if used + width - 2 > self.content_size.width and lines[-1]:
                lines.append([])
                used = 0
            self._spots.append((len(lines) - 1, used, used + width - 2, active.binding.action))
            style = "dim" if not active.enabled else ""
            lines[-1].append(
                Content.assemble((key, f"bold $primary {style}"), " ", (words, style), "  ")
            )
            used += width
        return Content("\n").join(Content("").join(line) for line in lines)

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
