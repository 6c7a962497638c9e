"""Tests of windows work them by page objects: what begins with an underscore is the window's own affair.

Some reach in still. Each file has an allowance that may only get smaller.
"""

from __future__ import annotations

import ast
from collections import Counter

from tests.architecture.sources import expect_no_more, modules

PAGES = "tests/ui/pages/"
ALLOWED = {
    "tests/app/test_program.py": 2,
    "tests/app/test_restore_drill.py": 1,
    "tests/app/test_window_traces.py": 2,
    "tests/ui/board/test_board_screen.py": 1,
    "tests/ui/flow/test_pane.py": 1,
    "tests/ui/paper/test_paper_dialog.py": 1,
    "tests/ui/shared/test_code_camera.py": 1,
}
"""File → how many times."""


def reaches_in(node: ast.AST) -> bool:
    """A private member of anything but the test's own classes; what ends a process (``os._exit``) is none."""
    if not isinstance(node, ast.Attribute):
        return False
    own = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls", "os"}
    return node.attr.startswith("_") and not node.attr.startswith("__") and not own


def found() -> Counter[str]:
    """File → how many times it reaches in."""
    return Counter(
        module.name
        for module in modules("tests")
        if module.name.startswith(("tests/ui/", "tests/app/")) and not module.name.startswith(PAGES)
        for node in module.nodes
        if reaches_in(node)
    )


def test_tests_of_windows_reach_into_none_more_often_than_they_did() -> None:
    expect_no_more(found(), ALLOWED, "work it by a page object")


def test_what_is_private_is_distinguished_from_what_is_ones_own() -> None:
    source = "window._x\nself._x\ncls._x\nos._exit\nwindow.__class__\nwindow.x\na.b._c.d\n"
    reached = [ast.unparse(node) for node in ast.walk(ast.parse(source)) if reaches_in(node)]
    assert sorted(reached) == ["a.b._c", "window._x"]
