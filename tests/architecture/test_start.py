"""What the sign-in window loads: everything more is a wait before the officer may type."""

from __future__ import annotations

import subprocess
import sys

LATER = (
    "sqlalchemy",
    "psycopg",
    "typst",
    "desktop.app.adapters",
    "desktop.services.session",
    "desktop.services.ports",
    "desktop.domain.cases.case",
    "desktop.storage",
    "desktop.ui.board",
    "desktop.ui.settings",
)
"""What opening the desk loads, while the officer types the password."""

ON_DEMAND = ("typst", "xlsxwriter", "python_calamine", "segno", "numpy", "PIL", "onnxruntime")
"""What prints, saves workbooks and reads files: an officer who looks at the board has use for none of it."""


def test_the_sign_in_window_waits_for_nothing_of_the_desk() -> None:
    assert loaded("desktop.app.windows.window", LATER) == []


def test_the_desk_opens_without_libraries_that_print_or_read_files() -> None:
    """They would fill memory of a PC that has little, whether or not anybody prints."""
    assert loaded("desktop.app.adapters, desktop.app.windows.screens", ON_DEMAND) == []


def loaded(modules: str, names: tuple[str, ...]) -> list[str]:
    """Those of ``names`` that a new process has after it imported ``modules``."""
    code = f"import sys\nimport {modules}\nprint(*set({names!r}) & sys.modules.keys())"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return ran.stdout.split()
