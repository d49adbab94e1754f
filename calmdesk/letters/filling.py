"""A letter's template, found, filled in, and told where it is wrong.

A template is a firm's own file: it runs in Jinja's sandbox, and a name that is not there is a
mistake, never an empty place.
"""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import (
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from calmdesk.errors import LetterError
from calmdesk.guide.playbook.reading import unknown
from calmdesk.letters.verbatim import marked, plain, unmarked

_NO_SUCH = re.compile(r"No (filter|test) named '(\w+)'")
_ENDS = ".!?…:;"


def fill(name: str, folders: Iterable[Path], values: Mapping[str, Any]) -> tuple[str, Path]:
    """A letter as Markdown, and the file whose words it has. `values` hold texts, and lists and
    tables of them.

    Raises LetterError with file, line and the nearest known name.
    """
    environment = _environment(folders, values)
    file = Path(name)
    try:
        template = environment.get_template(name)
        file = Path(template.filename or name)
        return unmarked(template.render(_marked(values))), file
    except TemplateSyntaxError as error:
        what = _in_words(error, environment)
        raise _wrong(Path(error.filename or file), error.lineno, what) from error
    except TemplateNotFound as error:
        raise _wrong(file, _line(error)[1], f"there is no template {error.name!r}") from error
    except UnicodeDecodeError as error:
        raise _wrong(file, 0, "a file of it is no text in UTF-8") from error
    except OSError as error:
        what = f"it cannot be read ({error.strerror or error})"
        raise _wrong(Path(error.filename or file), 0, what) from error
    except Exception as error:  # a template can fail in every way that a program can
        at, line = _line(error)
        raise _wrong(at or file, line, _in_words(error, environment)) from error


def _environment(folders: Iterable[Path], values: Mapping[str, Any]) -> Any:
    """The sandbox that templates run in, with three filters of ours."""

    class Unknown(StrictUndefined):
        """A name that is not there; using it in any way says which one is meant."""

        @property
        def _undefined_message(self) -> str:
            if self._undefined_hint:  # the sandbox says why it is shut
                return str(self._undefined_hint)
            name = str(self._undefined_name)
            within = self._undefined_obj
            names = tuple(within) if isinstance(within, dict) else tuple(values)
            return unknown(name, name, names)

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(list(folders), encoding="utf-8-sig"),
        undefined=Unknown,
        finalize=_one_text,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # it knows HTML alone; `verbatim` keeps every value a text
    )
    environment.filters.update(stopped=stopped, after=after, lines=lines)
    return environment


def stopped(text: str) -> str:
    """`{{ ask | stopped }}`: with a full stop, where it does not end with a sign already."""
    return text if not text or plain(text).rstrip()[-1:] in _ENDS else f"{text}."


def after(text: str, words: str) -> str:
    """`{{ email | after("E-mail: ") }}`: behind some words; '' when there is nothing."""
    return f"{words}{text}" if text else ""


def lines(texts: Iterable[str]) -> str:
    """`{{ [agent, firm] | lines }}`: those that are there, each on a line of its own."""
    return "\\\n".join(text for text in texts if text)


def _marked(value: Any) -> Any:
    """The values with every text in them marked; one of blanks alone is as if not there."""
    if isinstance(value, str):
        return marked(value) if value.strip() else ""
    if isinstance(value, Mapping):
        return {name: _marked(each) for name, each in value.items()}
    return [_marked(each) for each in value] if isinstance(value, list | tuple) else value


def _one_text(value: Any) -> Any:
    """What `{{ }}` may show: a text or a number. A list or a table would come out as a program
    writes it."""
    if isinstance(value, str | int | float | StrictUndefined):
        return value
    raise TypeError("a list or a table cannot be written as it is; take its values one by one")


def _in_words(error: Exception, environment: Any) -> str:
    """What is wrong with a template, and the nearest name for one that is not there."""
    if isinstance(error, RecursionError):
        return "it takes itself in without an end"
    message = str(error.message) if isinstance(error, TemplateError) else str(error)
    found = _NO_SUCH.search(message)
    if not found:
        return _plain_words(message or type(error).__name__)
    known = environment.filters if found[1] == "filter" else environment.tests
    near = get_close_matches(found[2], known, n=1)
    meant = f"; did you mean {near[0]}" if near else ""
    return f"there is no {found[1]} {found[2]}{meant}"


def _plain_words(message: str) -> str:
    """A message of Jinja's or Python's, as the end of a sentence of ours."""
    message = plain(" ".join(message.split())).rstrip(".")
    return message[:1].lower() + message[1:]


def _line(error: Exception) -> tuple[Path | None, int]:
    """The template and the line that an error came from; Jinja puts them into the traceback."""
    at: tuple[Path | None, int] = (None, 0)
    for frame, line in walk_tb(error.__traceback__):
        if frame.f_code.co_filename.endswith(".j2"):
            at = Path(frame.f_code.co_filename), line
    return at


def _wrong(file: Path, line: int, what: str) -> LetterError:
    at = f", line {line}" if line else ""
    return LetterError(f"In the letter {file}{at}: {what}.")
