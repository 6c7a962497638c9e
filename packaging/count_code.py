"""How large the program is and how it hangs together: ``python packaging/count_code.py [FOLDER]``, one figure a
line; with ``--names`` what is to be looked at below it.

Counted by the syntax tree, so that the formatter's settings do not matter; re-exports in ``__init__`` and tests are no
importers.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SMALL: Final = 60
"""Lines; a module of fewer that one other alone imports is looked at, whether it belongs into that one."""


def trees(root: Path) -> dict[str, ast.Module]:
    """Dotted name of each module below ``root``/desktop, with its tree."""
    found = {}
    for path in sorted((root / "desktop").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts)] = ast.parse(path.read_text("utf-8"))
    return found


def imports(tree: ast.Module) -> Iterator[str]:
    """What a module imports, by dotted name; of ``from a import b`` both ``a`` and ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _lines(root: Path, module: str) -> int:
    file = root.joinpath(*module.split(".")).with_suffix(".py")
    return file.read_text("utf-8").count("\n")


def figures(root: Path) -> dict[str, int | list[str]]:
    """The figures by what they count; of what is to be looked at, the names."""
    modules = trees(root)
    importers: Counter[str] = Counter()
    for name, tree in modules.items():
        if not name.endswith("__init__"):
            importers.update(set(imports(tree)) & modules.keys())
    nodes = [node for tree in modules.values() for node in ast.walk(tree)]
    classes = Counter(node.name for node in nodes if isinstance(node, ast.ClassDef))
    folders = Counter(name.rpartition(".")[0] for name in modules)
    single = [name for name in modules if importers[name] == 1]
    return {
        "statements": sum(isinstance(node, ast.stmt) for node in nodes),
        "files": len(modules),
        "modules of windows with one importer": [
            name for name in single if name.startswith("desktop.ui.")
        ],
        "small modules elsewhere with one importer": [
            name
            for name in single
            if not name.startswith("desktop.ui.")
            and not name.endswith("__init__")
            and _lines(root, name) < SMALL
        ],
        "class names used twice or more": [name for name, count in classes.items() if count > 1],
        "folders of more than 20 files": [name for name, count in folders.items() if count > 20],
    }


def main() -> None:
    """Print them."""
    parser = argparse.ArgumentParser(
        description="How large the program is, and how it hangs together."
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path(), help="a tree of the project"
    )
    parser.add_argument("--names", action="store_true", help="below a figure, what it counts")
    asked = parser.parse_args()
    for what, found in figures(asked.folder).items():
        count = found if isinstance(found, int) else len(found)
        sys.stdout.write(f"{count:>7,}  {what}\n")
        if asked.names and not isinstance(found, int):
            sys.stdout.writelines(f"{'':9}{name}\n" for name in found)


if __name__ == "__main__":
    main()
