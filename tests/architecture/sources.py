"""The project's own files as the architecture tests read them: parsed once, named from the root."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from desktop.runtime.processes.without_collector import without_collector
from tests.support.frozen_modules import freeze_loaded

ROOT = Path(__file__).resolve().parents[2]
ERRORS = frozenset({"AppError", "UserInputError", "RuleError", "WorldError", "TrustError"})
_LEFT_OUT = frozenset({"__pycache__", "_resources"})
_PARTS = ("desktop", "tests", "packaging", "resources", "docs", ".ci")


@dataclass(frozen=True)
class Module:
    """One Python file. ``name`` is its path from the root, with forward slashes."""

    name: str
    text: str
    tree: ast.Module

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All there is in ``tree``; many tests go through it, and to find it takes longer than what they look for."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def literals(self) -> tuple[tuple[int, str], ...]:
        """(line, value) of each string that is not documentation, parts of f-strings left out."""
        left_out = docstrings(self) | {
            id(part)
            for node in self.nodes
            if isinstance(node, ast.JoinedStr)
            for part in ast.walk(node)
            if part is not node
        }
        return tuple(
            (node.lineno, node.value)
            for node in self.nodes
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in left_out
        )


def expect_none(found: Iterable[str]) -> None:
    """Fail with every finding on a line of its own."""
    listed = sorted(found)
    assert not listed, "\n" + "\n".join(listed)


def expect_no_more(times: Counter[str], allowed: Mapping[str, int], instead: str) -> None:
    """Fail where a file does it more often than is allowed, and where what is allowed could be less."""
    expect_none(
        f"{name}: {times[name]}, allowed {allowed.get(name, 0)}: {instead}"
        for name in times
        if times[name] > allowed.get(name, 0)
    )
    expect_none(
        f"{name}: {times[name]}, allowed {most}: write the smaller number there"
        for name, most in allowed.items()
        if times[name] < most
    )


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Every Python file below ``folders``. To look for garbage among millions of nodes would take twice the
    time that it takes to read them, and more in whatever test comes after."""
    with without_collector():
        found = tuple(
            _module(file)
            for folder in folders
            for file in sorted((ROOT / folder).rglob("*.py"))
            if not _LEFT_OUT & set(file.parts)
        )
    freeze_loaded()
    return found


@cache
def _module(file: Path) -> Module:
    text = file.read_text("utf-8")
    return Module(file.relative_to(ROOT).as_posix(), text, ast.parse(text))


def text_files() -> Iterator[tuple[str, str]]:
    """(name, content) of every text file of the project."""
    tops = [file for file in ROOT.iterdir() if file.is_file() and file.name != ".git"]
    below = [file for part in _PARTS for file in (ROOT / part).rglob("*") if file.is_file()]
    for file in sorted(tops + below):
        if _LEFT_OUT & set(file.parts):
            continue
        try:
            yield file.relative_to(ROOT).as_posix(), file.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def docstrings(module: Module) -> frozenset[int]:
    """Ids of the string nodes that are documentation, attribute docstrings included."""
    return frozenset(
        id(node.value)
        for node in module.nodes
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def formatted_starts(module: Module) -> Iterator[tuple[int, str]]:
    """(line, fixed beginning) of each f-string."""
    for node in module.nodes:
        if isinstance(node, ast.JoinedStr) and node.values:
            first = node.values[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, first.value


def constants(module: Module) -> dict[str, str]:
    """Module-level names that stand for one string."""
    found = {}
    for node in module.tree.body:
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign):
            targets = [node.target]
        value = getattr(node, "value", None)
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            found.update(
                {target.id: value.value for target in targets if isinstance(target, ast.Name)}
            )
    return found


def called_name(call: ast.Call) -> str:
    """The last part of what is called: ``text`` for ``words.text(…)``."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def possible_texts(node: ast.expr, names: dict[str, str]) -> tuple[str, ...]:
    """The strings an expression may be, as far as they can be read off it."""
    match node:
        case ast.Constant(value=str(text)):
            return (text,)
        case ast.Name(id=name) if name in names:
            return (names[name],)
        case ast.IfExp(body=one, orelse=other):
            return possible_texts(one, names) + possible_texts(other, names)
        case _:
            return ()


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a code or key with its parameters; ``open_ended`` if it also passes ``**more``."""

    place: str
    name: str
    params: frozenset[str]
    open_ended: bool


def uses(calls: frozenset[str], position: int, *folders: str) -> Iterator[Use]:
    """Calls of ``calls`` whose argument at ``position`` can be read as strings."""
    for module in modules(*folders):
        names = constants(module)
        for node in module.nodes:
            if not isinstance(node, ast.Call) or called_name(node) not in calls:
                continue
            params = frozenset(word.arg for word in node.keywords if word.arg)
            open_ended = any(word.arg is None for word in node.keywords)
            for argument in node.args[position : position + 1]:
                for text in possible_texts(argument, names):
                    yield Use(f"{module.name}:{node.lineno}", text, params, open_ended)
