"""What leaves the house in writing. calmdesk sends nothing; the agent takes a file or the clipboard.

A letter is a Jinja template that comes out as Markdown: one file a kind, one folder a language.
Files of the same name in the settings folder's `letters/` stand in for the ones that ship.

    facts               the plain values that a letter can speak of
    writing             the kinds of letters, and `write`: facts in, a Letter out
    filling verbatim    a template filled in; a stranger's words come out of it as they went in
    forms               the letter as text, Markdown and a page to print; `render` for an edited one
    plain_text edited   Markdown to plain text, and back
    handing clipboard   out of the program: a file, or the clipboard

    page.html.j2        the page of every letter
    en/                 the letters in English; `opening` and `card` stand in most of them
"""
