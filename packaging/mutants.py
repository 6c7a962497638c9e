"""Small faults that are put into the program, one at a time, to see whether a test notices."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random  # noqa: TID251 - reproducible by its seed, and no id of ours

_COMPARED: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}
_JOINED: dict[type[ast.boolop], tuple[str, str]] = {ast.And: ("and", "or"), ast.Or: ("or", "and")}
_COUNTED: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "//"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "*"),
}
_LOG = "_log"


@dataclass(frozen=True, slots=True, order=True)
class Mutant:
    """``before`` at the octets ``start`` to ``end`` of a file becomes ``after``."""

    path: str
    line: int
    start: int
    end: int
    before: str
    after: str

    def applied(self, source: bytes) -> bytes:
        """The file with the fault in it."""
        return source[: self.start] + self.after.encode() + source[self.end :]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {_one_line(self.before)}  ->  {_one_line(self.after)}"


def mutants(path: str, source: bytes) -> list[Mutant]:
    """Every fault that this file can be given and still be read by Python, in the order of their places."""
    return sorted(set(_Finder(path, source).found()))


def sample(every: Iterable[Mutant], count: int, seed: int) -> list[Mutant]:
    """The same ``count`` of them whenever files and seed are the same."""
    ordered = sorted(every)
    return sorted(Random(seed).sample(ordered, min(count, len(ordered))))  # noqa: S311 - see above


def of_package(root: Path, package: str) -> list[Mutant]:
    """Those of all files below ``desktop/<package>``."""
    return [
        mutant
        for file in sorted((root / "desktop" / package).rglob("*.py"))
        for mutant in mutants(file.relative_to(root).as_posix(), file.read_bytes())
    ]


def _one_line(code: str) -> str:
    flat = re.sub(r"\s+", " ", code)
    return flat if len(flat) <= 100 else f"{flat[:97]}..."


class _Finder:
    def __init__(self, path: str, source: bytes) -> None:
        self._path = path
        self._source = source
        self._tree = ast.parse(source)
        self._lines = [0]
        for line in source.split(b"\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)

    def found(self) -> Iterator[Mutant]:
        for node in self._walk(self._tree):
            for start, end, after in self._changes(node):
                before = self._source[start:end].decode()
                line = self._source.count(b"\n", 0, start) + 1
                yield Mutant(self._path, line, start, end, before, after)

    def _walk(self, node: ast.AST) -> Iterator[ast.AST]:
        """Code that runs as a program: no annotations, decorators, docstrings, nor the insides of f-strings, whose
        places Python 3.11 does not know."""
        yield node
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns", "decorator_list"}:
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr):
                    yield from self._walk(child)

    def _changes(self, node: ast.AST) -> Iterator[tuple[int, int, str]]:
        if isinstance(node, ast.Compare):
            yield from self._compared(node)
        elif isinstance(node, ast.BoolOp):
            for left, right in zip(node.values, node.values[1:], strict=False):
                yield from self._between(left, right, *_JOINED[type(node.op)])
        elif isinstance(node, ast.BinOp) and type(node.op) in _COUNTED:
            yield from self._between(node.left, node.right, *_COUNTED[type(node.op)])
        elif isinstance(node, ast.Constant):
            yield from self._constant(node)
        elif isinstance(node, ast.stmt):
            yield from self._statement(node)
        for test in _conditions(node):
            yield (*self._span(test), f"not ({self._text(test)})")

    def _statement(self, node: ast.stmt) -> Iterator[tuple[int, int, str]]:
        if isinstance(node, ast.Return) and not _is_none(node.value):
            yield (*self._span(node), "return None")
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and not _logs(node):
            yield (*self._span(node), "pass")

    def _compared(self, node: ast.Compare) -> Iterator[tuple[int, int, str]]:
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            yield from self._between(left, right, *_COMPARED[type(operator)])
            left = right

    def _constant(self, node: ast.Constant) -> Iterator[tuple[int, int, str]]:
        if isinstance(node.value, bool):
            yield (*self._span(node), str(not node.value))
        elif isinstance(node.value, int):
            yield (*self._span(node), str(node.value + 1))

    def _between(
        self, left: ast.expr, right: ast.expr, before: str, after: str
    ) -> Iterator[tuple[int, int, str]]:
        """The operator between two operands, brackets and comments left alone."""
        start, end = self._span(left)[1], self._span(right)[0]
        word = re.escape(before).replace(r"\ ", r"\s+")
        edge = r"\b" if before.isalpha() or " " in before else ""
        found = re.search(f"{edge}{word}{edge}", self._source[start:end].decode())
        if found is not None and "#" not in self._source[start:end].decode()[: found.start()]:
            text = self._source[start:end].decode()
            head = len(text[: found.start()].encode())
            yield start + head, start + head + len(found[0].encode()), after

    def _span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        if node.end_lineno is None or node.end_col_offset is None:
            raise ValueError("a parsed node has an end")
        return (
            self._lines[node.lineno - 1] + node.col_offset,
            self._lines[node.end_lineno - 1] + node.end_col_offset,
        )

    def _text(self, node: ast.expr) -> str:
        start, end = self._span(node)
        return self._source[start:end].decode()


def _conditions(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.If | ast.IfExp):
        return [node.test]
    return node.ifs if isinstance(node, ast.comprehension) else []


def _is_none(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _logs(node: ast.Expr) -> bool:
    """A line in the log is for people who look for a fault; no test reads it."""
    return ast.unparse(node).startswith(f"{_LOG}.")
