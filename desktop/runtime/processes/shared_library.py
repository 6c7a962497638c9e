"""Libraries of the system that a program was refused for: what the loader says of them names nobody."""

from __future__ import annotations

import re
from typing import Final

_MISSING: Final = re.compile(
    r"\b(lib[A-Za-z0-9_+.-]+?\.so(?:\.[0-9]+)*): cannot open shared object file"
)
_TOO_OLD: Final = re.compile(r"version `((?:GLIBC|GLIBCXX|CXXABI)_[0-9.]+)' not found")
_ODD_NAMES: Final = {"libglib-2.0.so.0": "libglib2.0-0"}
_NAME: Final = re.compile(r"(lib.+)\.so\.([0-9.]+)")


def library_in(error: BaseException) -> str:
    """The file (``libEGL.so.1``) or version (``GLIBC_2.34``) that ``error`` alone, without its causes, says is missing;
    empty where it says no such thing."""
    if not isinstance(error, ImportError | OSError):
        return ""
    found = _MISSING.search(str(error)) or _TOO_OLD.search(str(error))
    return found.group(1) if found else ""


def missing_library(error: BaseException) -> str:
    """The same for ``error`` and whatever led to it."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        name = library_in(current)
        if name:
            return name
        current = current.__cause__ or current.__context__
    return ""


def package_of(library: str) -> str:
    """What Debian and its kin (Ubuntu, UOS, Kylin) call the package that holds ``library``: its name and the number
    behind ``.so``, a hyphen between two digits. Empty for a version of the C library."""
    found = _NAME.fullmatch(library)
    if library in _ODD_NAMES or found is None:
        return _ODD_NAMES.get(library, "")
    name, number = found.group(1).lower().replace("_", "-"), found.group(2)
    return f"{name}-{number}" if name[-1].isdigit() else f"{name}{number}"
