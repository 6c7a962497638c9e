"""The modules a window needs, one at a time, those that another one imports before it: so that whoever types meanwhile
waits for one module and not for all."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.machinery import ModuleSpec
from typing import Final

_OURS: Final = f"{__name__.partition('.')[0]}."


def modules_ahead(names: Iterable[str]) -> Iterator[str]:
    """Those of ``names`` and below them that nobody has loaded, in the order in which to import them. What a module
    imports is read from its code, which does not run. Where a package imports modules of its own, they come with it."""
    begun: set[str] = set()
    for name in names:
        yield from _with_imports(name, begun, ())


def _with_imports(name: str, begun: set[str], within: tuple[str, ...]) -> Iterator[str]:
    """``within``: modules whose imports are looked at, of which this is one."""
    if name in begun or name in sys.modules:
        return
    begun.add(name)
    for other in (name.rpartition(".")[0], *_imports(name)):
        if other.startswith(_OURS):
            yield from _with_imports(other, begun, (*within, name))
    if not any(name.startswith(f"{package}.") for package in within):
        yield name


def _imports(name: str) -> Iterable[str]:
    """What its code names and has a dot can only be a module: other names of Python have none."""
    spec = _spec(name)
    read = getattr(spec.loader, "get_code", None) if spec is not None else None
    code = read(name) if read is not None else None
    return code.co_names if code is not None else ()


@cache
def _spec(name: str) -> ModuleSpec | None:
    """Where the module lies. ``importlib.util.find_spec`` would load the package around it, and so all that imports."""
    package = name.rpartition(".")[0]
    around = _spec(package) if package else None
    path = around.submodule_search_locations if around is not None else None
    if package and path is None:
        return None
    found = (finder.find_spec(name, path) for finder in sys.meta_path)
    return next((spec for spec in found if spec is not None), None)
