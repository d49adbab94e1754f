"""A short note to a colleague whose answer is needed: context, one question, thanks (S52, S59)."""


def consult_note(customer: str, ref: str, ask: str, promised: str, question: str) -> str:
    """The note as plain text. `promised` is the time by which the customer hears from us, in local
    words; what is '' is left out, and never guessed."""
    about = f"I am helping {_plain(customer)}" if _plain(customer) else "I am helping a customer"
    context = [f"{about}, case {_plain(ref)}." if _plain(ref) else f"{about}."]
    if _plain(ask):
        context.append(f"They ask: {_sentence(ask)}")
    if _plain(promised):
        context.append(f"I told them that they hear from me by {_plain(promised)}.")
    parts = [" ".join(context)]
    if _plain(question):
        asked = _plain(question)
        parts.append(f"My question: {asked if asked[-1] in '?.!' else f'{asked}?'}")
    parts.append("Your answer lets me keep my word to them, even if it is a no. Thank you.")
    return "\n\n".join(parts)


def _plain(words: str) -> str:
    return " ".join(words.split())


def _sentence(words: str) -> str:
    return f"{_plain(words).rstrip('.')}."
