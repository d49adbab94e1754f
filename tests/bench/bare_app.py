"""The baseline: a Textual app of four widgets that does nothing but take lines."""

from textual.app import App, ComposeResult
from textual.widgets import Input, Static


class BareApp(App[None]):
    """A title, a sentence, a line to type in and a line of help."""

    CSS = """
    #title { height: 1; }
    #words { height: 1fr; }
    Input { height: 1; border: none; }
    #help { height: 1; }
    """

    def compose(self) -> ComposeResult:
        yield Static("bare", id="title")
        yield Static("A bare app is waiting.", id="words")
        yield Input(placeholder="what they say")
        yield Static("ctrl+q quit", id="help")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.input.value = ""


if __name__ == "__main__":
    BareApp().run()
