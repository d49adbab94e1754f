"""`calmdesk check`: any text, read by the language guard before it leaves the house."""

import sys
from pathlib import Path
from typing import Annotated, TextIO

import typer

from calmdesk import commands_own, paths
from calmdesk.errors import CalmdeskError
from calmdesk.guide.language import CATEGORIES, Finding
from calmdesk.words import json_text, one_line


def check(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(help="A text file; - or nothing reads what is piped.")
    ] = "-",
    as_json: Annotated[bool, typer.Option("--json", help="Every finding, as JSON.")] = False,
) -> None:
    """Find wording that makes an upset customer angrier. Ends with 1 when something is found."""
    places: paths.Places = context.obj
    text = _read(file)
    book = commands_own.words(places, commands_own.settings(places).language)
    findings = book.guard.review(text)
    if as_json:
        found = [_as_json(text, finding) for finding in findings]
        typer.echo(json_text(found))
    else:
        for finding in findings:
            typer.echo(_as_line(file, text, finding))
    if findings:
        raise typer.Exit(1)


def _read(file: str) -> str:
    """The text of a file, or of standard input. Raises CalmdeskError with one clear sentence."""
    name = "what was piped" if file == "-" else file
    try:
        data = _piped(sys.stdin) if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise CalmdeskError(f"{file} cannot be read ({error.strerror or error}).") from error
    except UnicodeDecodeError as error:
        raise CalmdeskError(f"{name} is not text in UTF-8.") from error


def _piped(stream: TextIO) -> bytes:
    if stream.isatty():
        raise CalmdeskError("Name a file, or pipe a text: calmdesk check letter.txt")
    return stream.buffer.read()


def _place(text: str, at: int) -> tuple[int, int]:
    """Line and column of a character, both from 1."""
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def _as_line(file: str, text: str, finding: Finding) -> str:
    """`letter.txt:3:12: makes it small: "only two days": why; rather: ...`, as editors read it."""
    line, column = _place(text, finding.start)
    said = one_line(text[finding.start : finding.end])
    rather = {None: "", "": "; leave it out"}.get(finding.rewrite, f"; rather: {finding.rewrite}")
    why = finding.why.rstrip(".")
    return (
        f'{one_line(file)}:{line}:{column}: {CATEGORIES[finding.category]}: "{said}": {why}{rather}'
    )


def _as_json(text: str, finding: Finding) -> dict[str, object]:
    line, column = _place(text, finding.start)
    return {
        "line": line,
        "column": column,
        "start": finding.start,
        "end": finding.end,
        "text": text[finding.start : finding.end],
        "category": finding.category,
        "why": finding.why,
        "rewrite": finding.rewrite,
    }
