"""What nothing in the program uses, tests left out: ``python packaging/dead_code.py``; fails where there is anything.

Found by vulture. Left out are members of enumerations and fields of records, which are read by their value and by
``dataclasses.fields``, and what stands in ``[tool.vulture]`` of ``pyproject.toml``: what a library calls by its name.

Vulture takes a name for used wherever anything else of that name is. So what stands at the top of a module is looked
for once more, there and in what imports it (:func:`unreached`).
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = "desktop"
WHOLE = "*"
"""Instead of a name of a module: any of them."""


def data_lines(tree: ast.Module) -> Iterator[int]:
    """The lines of members of enumerations and of fields of records."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef):
            continue
        bases = {ast.unparse(base) for base in node.bases}
        decorators = {ast.unparse(item).partition("(")[0] for item in node.decorator_list}
        is_data = (
            bool(bases & {"Enum", "StrEnum", "IntEnum", "NamedTuple"}) or "dataclass" in decorators
        )
        for item in node.body if is_data else ():
            if isinstance(item, ast.Assign | ast.AnnAssign):
                yield item.lineno


def unreached(root: Path) -> Iterator[str]:
    """``file:line name`` of what stands at the top of a module that does not read it, and that neither the program nor
    a script of ``packaging/`` asks for."""
    program = {_dotted(path, root): path for path in sorted((root / PROGRAM).rglob("*.py"))}
    trees = {name: ast.parse(path.read_text("utf-8")) for name, path in program.items()}
    scripts = (ast.parse(path.read_text("utf-8")) for path in root.glob("packaging/**/*.py"))
    asked: defaultdict[str, set[str]] = defaultdict(set)
    for tree in (*trees.values(), *scripts):
        for module, name in _asked(tree, trees):
            asked[module].add(name)
    for module, tree in trees.items():
        read = asked[module] | _read_in(tree)
        place = program[module].relative_to(root).as_posix()
        for line, name in _at_the_top(tree) if WHOLE not in read else ():
            if name not in read and not name.startswith("__"):
                yield f"{place}:{line} {name}"


def _dotted(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def _read_in(tree: ast.Module) -> set[str]:
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return {node.id for node in names if isinstance(node.ctx, ast.Load)}


def _asked(tree: ast.Module, program: Mapping[str, ast.Module]) -> Iterator[tuple[str, str]]:
    """(module, name) of what is asked of modules of the program; :data:`WHOLE` of one that is handed on as it is, or
    named in a text, by which it may be opened."""
    own: dict[str, str] = {}
    names_read: dict[ast.expr, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names):
                own |= {item.asname or item.name: f"{module}.{item.name}" for item in names}
                yield from ((module, item.name) for item in names)
            case ast.Constant(value=str(module)):
                yield module, WHOLE
            case ast.Attribute(value=module, attr=name):
                names_read[module] = name
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and own.get(node.id) in program:
            yield own[node.id], names_read.get(node, WHOLE)


def _at_the_top(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Functions, classes and values; a table is known to its metadata, and asked for by its name in SQL."""
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.Assign(value=ast.Call(func=ast.Name(id="Table"))):
                pass
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield node.lineno, name


def unused(root: Path) -> list[str]:
    """``file:line name``, in order."""
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["vulture"]
    finder = Vulture(ignore_names=settings["ignore_names"])
    finder.scavenge([str(root / PROGRAM)])
    found = []
    for item in finder.get_unused_code():
        tree = ast.parse(Path(item.filename).read_text("utf-8"))
        if item.first_lineno not in set(data_lines(tree)):
            place = Path(item.filename).relative_to(root).as_posix()
            found.append(f"{place}:{item.first_lineno} {item.name}")
    ignored = settings["ignore_names"]
    found += [
        line
        for line in unreached(root)
        if not any(fnmatchcase(line.partition(" ")[2], name) for name in ignored)
    ]
    return sorted(set(found))


if __name__ == "__main__":
    dead = unused(ROOT)
    sys.stdout.writelines(f"{line}\n" for line in dead)
    sys.exit(bool(dead))
