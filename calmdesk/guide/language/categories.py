"""What wording can do wrong."""

CATEGORIES = {
    "hollow_apology": "an apology that is none",
    "blames_customer": "makes them wrong",
    "belittles": "makes it small",
    "blames_colleague": "names a culprit",
    "excuse": "an excuse",
    "over_promise": "promises too much",
    "brush_off": "sends them away",
    "interrupts": "cuts them off",
}
"""Category to what it is called on the screen; the order is that of the model's answers."""
