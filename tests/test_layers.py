"""Who may import whom: the law of the house, read from the source."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "calmdesk"
LEAVES = ("clock", "paths", "settings", "working_hours", "words", "errors")


def imports(file: Path) -> set[str]:
    """Modules that a file imports at run time, wherever in it; what only types need is left out."""
    found: set[str] = set()

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for other in node.orelse:
                visit(other)
            return
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(file.read_text(encoding="utf-8")))
    return found


def files(*rooms: str) -> list[Path]:
    """The files of some rooms or single modules."""
    return [
        file
        for room in rooms
        for file in (
            sorted((HOUSE / room).rglob("*.py"))
            if (HOUSE / room).is_dir()
            else [HOUSE / f"{room}.py"]
        )
    ]


LAWS = {
    "leaves, guide and phone": (
        files(*LEAVES, "guide", "phone"),
        (
            "textual",
            "sqlmodel",
            "sqlalchemy",
            "rich",
            "typer",
            "calmdesk.records",
            "calmdesk.screens",
            "calmdesk.widgets",
            "calmdesk.app",
        ),
    ),
    "records": (
        files("records"),
        ("textual", "rich", "typer", "calmdesk.screens", "calmdesk.widgets", "calmdesk.app"),
    ),
    "letters, reports and exchange": (
        files("letters", "reports", "exchange"),
        (
            "textual",
            "sqlmodel",
            "sqlalchemy",
            "rich",
            "typer",
            "calmdesk.records",
            "calmdesk.screens",
            "calmdesk.widgets",
            "calmdesk.app",
        ),
    ),
    "widgets": (
        files("widgets"),
        ("sqlmodel", "sqlalchemy", "calmdesk.records", "calmdesk.screens", "calmdesk.app"),
    ),
    "screens": (files("screens"), ("sqlmodel", "sqlalchemy", "calmdesk.app")),
    "app": (
        files("app", "practice", "palette", "keys", "theme", "terminal"),
        ("sqlmodel", "sqlalchemy", "typer"),
    ),
    "cli": (
        files("cli", *(file.stem for file in sorted(HOUSE.glob("commands*.py")))),
        ("sqlmodel", "sqlalchemy"),
    ),
}


@pytest.mark.parametrize("law", LAWS)
def test_nobody_imports_what_is_above_them(law: str) -> None:
    rooms, forbidden = LAWS[law]
    assert rooms
    broken = [
        f"{file.relative_to(HOUSE)} imports {module}"
        for file in rooms
        for module in imports(file)
        if any(module == name or module.startswith(f"{name}.") for name in forbidden)
    ]
    assert broken == []


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = [
        file.name
        for file in HOUSE.rglob("*.py")
        if "datetime.now(" in file.read_text(encoding="utf-8")
    ]
    assert sorted(asking) == ["clock.py", "store.py"], "the store stamps only its own first row"


LATE = (
    *("holidays", "icalendar", "jinja2", "markdown_it", "numpy", "onnxruntime", "phonenumbers"),
    *("pyperclip", "python_calamine", "rapidfuzz", "re2", "regex", "snowballstemmer", "tomlkit"),
    "xlsxwriter",
)
"""What is needed long after the first paint."""


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("calmdesk", ("textual", "sqlmodel", "typer")),
        (
            "calmdesk.app",
            ("sqlmodel", "sqlalchemy", "typer", "alembic", "dateparser", "tomlkit", "holidays"),
        ),
        (
            "calmdesk.phone.hook",
            ("textual", "typer", "sqlmodel", "asyncio", "pathlib", "dataclasses", "re", *LATE),
        ),
        ("calmdesk.phone.machine, calmdesk.phone.baresip", ("textual", "sqlmodel", *LATE)),
        ("calmdesk.cli", ("textual", "sqlmodel", "sqlalchemy", "typer")),
        ("calmdesk.screens.call", ("sqlmodel", "sqlalchemy", "dateparser", *LATE)),
        ("calmdesk.guide.language", LATE),
        ("calmdesk.letters.writing, calmdesk.letters.handing", LATE),
        ("calmdesk.reports.saying, calmdesk.reports.web", LATE),
        ("calmdesk.exchange.understanding, calmdesk.exchange.own, calmdesk.exchange.sheets", LATE),
        ("calmdesk.commands", ("textual", "sqlmodel", "calmdesk.reports", *LATE)),
    ],
)
def test_starting_up_loads_nothing_heavy(module: str, heavy: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
