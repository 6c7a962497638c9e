"""What tests replace by its dotted name, and what docstrings refer to, is there: a module that moves takes its name
along."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import ROOT, Module, called_name, expect_none, modules

NAME = re.compile(r"desktop(\.\w+)+")
PLACE = re.compile(r"[a-z_]+(\.[a-z_]+)+")
WATCHED = {
    "note": ("desktop/ui", "desktop/ui/sync"),
    "note_trust": ("desktop/ui/shared/trust",),
}
"""How a bench of tests is told which service of a window to watch, and where it looks for it."""
OF_THE_LOG = "desktop.test"
REFERENCE = re.compile(r":(?:mod|func|class|meth|data|attr):`~?(desktop(?:\.\w+)+)`")


def is_there(name: str, start: str = "") -> bool:
    """Whether a dotted name leads to a module, or to something within one."""
    place, rest = ROOT / start, name.split(".")
    while rest and (place / rest[0]).is_dir():
        place /= rest.pop(0)
    if not rest:
        return True
    if (module := place / f"{rest[0]}.py").is_file():
        return len(rest) == 1 or rest[1] in module.read_text("utf-8")
    package = place / "__init__.py"
    return package.is_file() and rest[0] in package.read_text("utf-8")


def named(module: Module) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """(line, name, folders one of which it is to be found from)."""
    for node in module.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if NAME.fullmatch(node.value) and node.value != OF_THE_LOG:
                yield node.lineno, node.value, ("",)
        elif isinstance(node, ast.Call) and node.args and called_name(node) in WATCHED:
            name = node.args[0]
            if isinstance(name, ast.Constant) and PLACE.fullmatch(str(name.value)):
                yield node.lineno, str(name.value), WATCHED[called_name(node)]


def test_every_place_that_tests_name_is_there() -> None:
    expect_none(
        f"{module.name}:{line} {name}"
        for module in modules("tests")
        for line, name, folders in named(module)
        if not any(is_there(name, folder) for folder in folders)
    )


def test_every_place_that_docstrings_refer_to_is_there() -> None:
    expect_none(
        f"{module.name} {name}"
        for module in (*modules("desktop"), *modules("tests"))
        for name in REFERENCE.findall(module.text)
        if not is_there(name)
    )


def test_a_place_is_found_as_a_module_or_in_one() -> None:
    assert is_there("desktop.journal.entry")
    assert is_there("desktop.journal.entry.seal")
    assert not is_there("journal.gone.seal", "desktop")
    assert not is_there("journal.entry.gone_from_here", "desktop")
    assert is_there("intake.wizard.IntakeScreen", "desktop/ui")
