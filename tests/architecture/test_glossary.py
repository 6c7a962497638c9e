"""Names in the code keep to ``docs/glossary.md``: those it gives exist, words it retired are gone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath

from tests.architecture.sources import ROOT, Module, modules

_ROW = re.compile(r"^\|[^|]*\|[^|]*\|(?P<names>[^|]*)\|(?P<retired>[^|]*)\|$", re.MULTILINE)
_NAME = re.compile(r"`([A-Za-z_]+)`")
_PART = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+")


@cache
def named() -> dict[str, list[str]]:
    """Each name of a file, class, function, attribute, parameter or variable, with the files it stands in."""
    found: dict[str, list[str]] = {}
    for module in modules("desktop"):
        path = PurePosixPath(module.name)
        for name in (path.stem, path.parent.name, *_names(module)):
            found.setdefault(name, []).append(module.name)
    return found


def _names(module: Module) -> Iterator[str]:
    for node in module.nodes:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name
            case ast.arg():
                yield node.arg
            case ast.Name(id="seen", ctx=ast.Store()):
                pass  # what a loop met already, as in any Python program
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name


def _column(name: str) -> list[str]:
    page = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    return [word for row in _ROW.finditer(page) for word in _NAME.findall(row[name])]


def test_every_name_of_the_glossary_is_there() -> None:
    names = _column("names")
    assert len(names) > 40
    assert [name for name in names if name not in named()] == []


def test_no_name_has_a_retired_word() -> None:
    retired = set(_column("retired"))
    assert len(retired) > 10
    found = {
        f"{name} in {where}"
        for name, places in named().items()
        if not name.isupper() and retired & {part.lower() for part in _PART.findall(name)}
        for where in places
    }
    assert sorted(found) == []


def test_a_class_name_stands_for_one_thing() -> None:
    places: dict[str, int] = {}
    for module in modules("desktop"):
        for node in module.nodes:
            if isinstance(node, ast.ClassDef):
                places[node.name] = places.get(node.name, 0) + 1
    assert sorted(name for name, count in places.items() if count > 1) == []
