"""What nothing in the program uses, tests left out: ``python packaging/dead_code.py``; fails where there is anything.

Found by vulture. Left out are members of enumerations and fields of records, which are read by their value and by
``dataclasses.fields``, and what stands in ``[tool.vulture]`` of ``pyproject.toml``: what a library calls by its name.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = "desktop"


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
    return sorted(found)


if __name__ == "__main__":
    dead = unused(ROOT)
    sys.stdout.writelines(f"{line}\n" for line in dead)
    sys.exit(bool(dead))
