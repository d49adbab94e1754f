"""Put standard input on the clipboard with the native tool: a program of its own, run by `handing`.

It ends with 0 only when the same words can be read back: pyperclip does not notice a tool that
failed. A tool may wait for ever on a display that is gone; what runs by itself can be ended.
"""

import sys


def take(text: str) -> bool:
    """Whether the clipboard holds the text now, and still will when this program has ended."""
    import pyperclip

    copy, paste = pyperclip.determine_clipboard()
    if copy.__name__ == "copy_qt":  # Qt's goes with the program that filled it
        return False
    try:
        copy(text)
        held: str = paste()
    except (pyperclip.PyperclipException, OSError):
        return False
    return held.split() == text.split()


if __name__ == "__main__":
    sys.exit(0 if take(sys.stdin.buffer.read().decode("utf-8")) else 1)
