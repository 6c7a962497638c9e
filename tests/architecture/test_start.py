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


def test_the_sign_in_window_waits_for_nothing_of_the_desk() -> None:
    code = f"import sys\nimport desktop.app.windows.window\nprint(*set({LATER!r}) & sys.modules.keys())"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
