"""Holds a built program to the floor: how old a system may be, and what it has to bring (``floor.toml``).

Usage: ``floor.py FOLDER [--all]``. Every ELF file of FOLDER is read. A symbol of a family nobody named, of a version
newer than the floor, a library that neither lies in the folder nor stands in the list, or a search path that leads out
of the folder is a fault. Faults of files that came from a wheel make the exit status 1; with ``--all`` those of every
file do, which holds where the rest was made in the build root.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

from elftools.elf.dynamic import DynamicSection
from elftools.elf.elffile import ELFFile
from elftools.elf.gnuversions import GNUVerNeedSection

POLICY: Final = Path(__file__).with_name("floor.toml")
CONTENTS: Final = "contents.json"
_NUMBERED: Final = re.compile(r"(.+?)_(\d+(?:\.\d+)*)")
_LOADER: Final = "/lib64/ld-linux-x86-64.so.2"


@dataclass(frozen=True, slots=True)
class Wants:
    """What one ELF file asks for: ``versions`` as (library, version), ``libraries`` and ``paths`` to look for them."""

    file: str
    versions: tuple[tuple[str, str], ...]
    libraries: tuple[str, ...]
    paths: tuple[str, ...]
    loader: str


@dataclass(slots=True)
class Policy:
    """``floor.toml``, and which of its exceptions were met."""

    newest: dict[str, str]
    served: dict[str, str]
    others: dict[str, str]
    above: list[dict[str, str]]
    system: dict[str, str]
    met: Counter[int] = field(default_factory=Counter)

    @classmethod
    def load(cls, path: Path = POLICY) -> Policy:
        """Raises as TOML and the file do."""
        document: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        system = {
            library: part["package"] for part in document["system"] for library in part["libraries"]
        }
        return cls(
            document["newest"],
            document["served"],
            document["others"],
            document.get("above", []),
            system,
        )

    def depends(self) -> tuple[str, ...]:
        """The packages of Debian that bring the system's libraries, as ``Depends`` names them."""
        named = (package for packages in self.system.values() for package in packages.split(", "))
        return tuple(sorted({package for package in named if package}))

    def fault_of(self, file: str, version: str) -> str:
        """Why the system may not be asked for ``version``; empty if it may."""
        if version in self.others:
            return ""
        found = _NUMBERED.fullmatch(version)
        family, number = (found[1], found[2]) if found else (version, "")
        if family in self.others and number:
            return "" if _order(number) <= _order(self.others[family]) else f"{version} is too new"
        if family not in self.newest or not number:
            return f"{version} is of a family that floor.toml does not know"
        if _order(number) > _order(self.newest[family]):
            return f"{version} is newer than {self.newest[family]}"
        if _order(number) > _order(self.served[family]) and not self._is_excused(file, version):
            return f"{version} is newer than {self.served[family]} and has no reason in floor.toml"
        return ""

    def _is_excused(self, file: str, version: str) -> bool:
        for place, excuse in enumerate(self.above):
            if excuse["version"] == version and fnmatch(file, excuse["file"]):
                self.met[place] += 1
                return True
        return False

    def stale(self) -> list[str]:
        """Exceptions nothing needed."""
        return [
            f"floor.toml excuses {excuse['file']} {excuse['version']}, which nothing asks for"
            for place, excuse in enumerate(self.above)
            if not self.met[place]
        ]


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))


def elf_files(folder: Path) -> Iterator[Path]:
    """Every file below ``folder`` that is ELF, links left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as stream:
                if stream.read(4) == b"\x7fELF":
                    yield path


def wants_of(folder: Path, path: Path) -> Wants:
    """What the file at ``path`` asks for."""
    name = path.relative_to(folder).as_posix()
    with path.open("rb") as stream:
        elf = ELFFile(stream)
        needs = [part for part in elf.iter_sections() if isinstance(part, GNUVerNeedSection)]
        dynamic = [part for part in elf.iter_sections() if isinstance(part, DynamicSection)]
        tags: list[Any] = [tag for part in dynamic for tag in part.iter_tags()]
        loaders: list[Any] = [part for part in elf.iter_segments() if part["p_type"] == "PT_INTERP"]
        return Wants(
            name,
            tuple(
                (str(needed.name), str(version.name))
                for part in needs
                for needed, versions in part.iter_versions()
                for version in versions
            ),
            tuple(str(tag.needed) for tag in tags if tag.entry.d_tag == "DT_NEEDED"),
            tuple(path for tag in tags for path in _search_paths(tag)),
            "".join(str(part.get_interp_name()) for part in loaders),
        )


def _search_paths(tag: Any) -> list[str]:
    kind = {"DT_RPATH": "rpath", "DT_RUNPATH": "runpath"}.get(tag.entry.d_tag)
    return str(getattr(tag, kind)).split(":") if kind else []


def faults_of(wants: Wants, held: frozenset[str], policy: Policy) -> list[str]:
    """What is wrong with one file; ``held``: names of the libraries in the folder."""
    faults = [
        fault
        for library, version in wants.versions
        if library not in held and (fault := policy.fault_of(wants.file, version))
    ]
    faults += [
        f"needs {library}, which is not in the folder and not in floor.toml"
        for library in wants.libraries
        if library not in held and library not in policy.system
    ]
    faults += [
        f"brings {Path(wants.file).name}, which is the system's"
        for name in (Path(wants.file).name,)
        if name in policy.system
    ]
    faults += [
        f"looks for libraries in {path or 'the empty path'}"
        for path in wants.paths
        if not _stays(wants.file, path)
    ]
    if wants.loader not in ("", _LOADER):
        faults.append(f"is started by {wants.loader}")
    return faults


def _stays(file: str, path: str) -> bool:
    """Whether a search path begins where the file is and ends in the folder."""
    if path != "$ORIGIN" and not path.startswith("$ORIGIN/"):
        return False
    ends = os.path.normpath(path.replace("$ORIGIN", f"/top/{Path(file).parent.as_posix()}", 1))
    return ends == "/top" or ends.startswith("/top/")


def from_wheels(folder: Path) -> frozenset[str]:
    """Files that lie in the folder as a wheel brought them."""
    found = list(folder.rglob(CONTENTS))
    if not found:
        return frozenset()
    document: dict[str, Any] = json.loads(found[0].read_text("utf-8"))
    kinds = {part["name"]: part["kind"] for part in document["parts"]}
    return frozenset(
        name for name, facts in document["files"].items() if kinds[facts["part"]] == "wheel"
    )


def check(folder: Path, policy: Policy) -> dict[str, list[str]]:
    """File → what is wrong with it, for every ELF file of the folder."""
    every = [wants_of(folder, path) for path in elf_files(folder)]
    held = frozenset(path.name for path in folder.rglob("*.so*")) - policy.system.keys()
    found = {wants.file: faults_of(wants, held, policy) for wants in every}
    return {file: faults for file, faults in found.items() if faults}


def main(arguments: list[str]) -> int:
    """0 if the folder holds to the floor, 1 if not, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="floor.py", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true", help="files that came from no wheel too")
    args = parser.parse_args(arguments)
    policy = Policy.load()
    faults = check(args.folder, policy)
    wheels = from_wheels(args.folder)
    bad = 0
    for file, sentences in faults.items():
        counts = args.all or file in wheels
        bad += counts
        for sentence in sentences:
            print(f"{'FAULT' if counts else 'not held here'}: {file} {sentence}")
    stale = policy.stale() if args.all else []
    for sentence in stale:
        print(f"FAULT: {sentence}")
    count = sum(1 for _ in elf_files(args.folder))
    if not count:
        print("FAULT: there is no ELF file")
    print(f"floor: {count} files, {len(wheels)} from wheels, {bad} below the floor")
    return 1 if bad or stale or not count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
