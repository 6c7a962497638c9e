"""Says what a built program is made of: ``contents.json`` in its folder, and the licence texts of its parts.

Usage: ``contents.py FOLDER SOURCES`` after a build, by the Python that built, with the ``sources.json`` of
``fanzha.spec``; ``contents.py FOLDER --sizes`` prints how much each part takes.

``parts``: name, version, kind (``wheel``, ``compiled`` from its sources, ``python``, ``system`` for a package of the
build root, ``own``), licence and purl of each. ``files``: path → size, SHA-256 and part. ``modules``: how many Python
modules of a part the program file holds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

OWN, PYTHON = "fanzha-desk", "python"
NAME: Final = "contents.json"
LICENCES: Final = "licences"
_COMPILED: Final = "compiled-from-source"
"""In the ``….dist-info`` of a wheel whose library packaging/compile made anew."""
_TEXTS: Final = re.compile(r"(licen[cs]e|copying|notice|copyright|authors)", re.IGNORECASE)
_SHORT: Final = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A package the program is made of."""

    name: str
    version: str
    kind: str
    licence: str
    purl: str


class Origins:
    """Which part a file on this computer belongs to."""

    def __init__(self) -> None:
        self._parts: dict[str, Part] = {}
        self._files: dict[str, str] = {}
        self._texts: dict[str, list[Path]] = {}
        for distribution in metadata.distributions():
            self._add(distribution)
        version = platform.python_version()
        purl = f"pkg:generic/cpython@{version}"
        self._parts[PYTHON] = Part(PYTHON, version, "python", "PSF-2.0", purl)

    def _add(self, distribution: metadata.Distribution) -> None:
        about = distribution.metadata
        name, version = about["Name"].lower(), distribution.version
        files = [Path(str(distribution.locate_file(file))) for file in distribution.files or ()]
        self._files |= {os.path.realpath(file): name for file in files}
        kind = "compiled" if any(file.name == _COMPILED for file in files) else "wheel"
        purl = f"pkg:pypi/{name}@{version}"
        self._parts[name] = Part(name, version, kind, licence_of(about), purl)
        self._texts[name] = [
            file
            for file in files
            if ".dist-info" in str(file) and _TEXTS.search(file.name) and file.is_file()
        ]

    def part_of(self, source: str, root: Path) -> Part:
        """The part that brought ``source``; ``root``: the tree of the program itself."""
        real = Path(os.path.realpath(source))
        name = self._files.get(str(real))
        if name is None:
            name = self._elsewhere(real, root)
        return self._parts[name]

    def _elsewhere(self, real: Path, root: Path) -> str:
        if real.is_relative_to(root) and "site-packages" not in real.parts:
            if OWN not in self._parts:
                version = own_version(root)
                purl = f"pkg:generic/{OWN}@{version}"
                self._parts[OWN] = Part(OWN, version, "own", "Apache-2.0", purl)
            return OWN
        if real.is_relative_to(os.path.realpath(sys.base_prefix)) and not str(real).startswith(
            ("/usr/lib/x86_64-linux-gnu", "/lib")
        ):
            return PYTHON
        return self._of_system(real)

    def _of_system(self, real: Path) -> str:
        package, version = system_package(real)
        if package not in self._parts:
            texts = Path("/usr/share/doc", package, "copyright")
            self._texts[package] = [texts] if texts.is_file() else []
            purl = f"pkg:deb/debian/{package}@{version}"
            self._parts[package] = Part(package, version, "system", "see its copyright file", purl)
        return package

    def texts(self, part: Part) -> list[Path]:
        """The licence texts that came with it."""
        return self._texts.get(part.name, [])


def own_version(root: Path) -> str:
    """The version of the program, which is not imported for this."""
    text = (root / "desktop" / "__init__.py").read_text("utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    return found[1] if found else ""


def licence_of(about: Any) -> str:
    """What a wheel says of its licence, in a few words."""
    said = about.get("License-Expression") or about.get("License") or ""
    if said and len(said) <= _SHORT and "\n" not in said:
        return str(said)
    classes = [line for line in about.get_all("Classifier", []) if line.startswith("License ::")]
    return "; ".join(line.rsplit(" :: ", 1)[-1] for line in classes) or "see its text"


def system_package(real: Path) -> tuple[str, str]:
    """Name and version of the Debian package that brought a file; ``("system", "")`` where there is no dpkg."""
    if shutil.which("dpkg-query") is None:
        return "system", ""
    for path in (
        str(real),
        str(real).removeprefix("/usr"),
    ):  # older systems know /lib, not /usr/lib
        done = subprocess.run(
            ["dpkg-query", "-S", path], capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            package = done.stdout.split(":", 1)[0]
            shown = subprocess.run(
                ["dpkg-query", "-W", "-f", "${Version}", package],
                capture_output=True,
                text=True,
                check=True,
            )
            return package, shown.stdout
    return "system", ""


def files_of(folder: Path) -> Iterator[Path]:
    """Every file of the build, links left out, by name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def describe(folder: Path, sources: Mapping[str, Mapping[str, str]], root: Path) -> dict[str, Any]:
    """The document of ``contents.json``."""
    origins = Origins()
    inside = folder / "_internal"
    used: dict[str, Part] = {}
    files: dict[str, dict[str, Any]] = {}
    for path in files_of(folder):
        name = path.relative_to(inside).as_posix() if path.is_relative_to(inside) else ""
        source = sources["files"].get(name.replace("/", os.sep), "")
        part = origins.part_of(source or str(root / "desktop"), root)
        used[part.name] = part
        files[path.relative_to(folder).as_posix()] = {
            "size": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "part": part.name,
        }
    modules: Counter[str] = Counter()
    for source in sources["modules"].values():
        if source.startswith(os.sep) or ":" in source:
            part = origins.part_of(source, root)
            used[part.name] = part
            modules[part.name] += 1
    keep_texts(inside / LICENCES, origins, used.values())
    parts = [asdict(used[name]) for name in sorted(used)]
    return {"parts": parts, "files": files, "modules": dict(sorted(modules.items()))}


def keep_texts(folder: Path, origins: Origins, parts: Any) -> None:
    """The licence texts of every part, a folder each."""
    shutil.rmtree(folder, ignore_errors=True)
    for part in parts:
        for number, text in enumerate(origins.texts(part)):
            target = folder / part.name / (f"{number}-" * (number > 0) + text.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(text, target)


def size_rows(document: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """Part, octets and files, the largest first."""
    octets: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for facts in document["files"].values():
        octets[facts["part"]] += facts["size"]
        count[facts["part"]] += 1
    return [(part, size, count[part]) for part, size in octets.most_common()]


def print_sizes(document: Mapping[str, Any]) -> None:
    """A line for each part, and for each file of a MiB or more below it."""
    files = document["files"]
    for part, size, count in size_rows(document):
        print(f"{size / 2**20:8.1f} MiB  {part} ({count} files)")
        large = sorted(
            ((facts["size"], name) for name, facts in files.items() if facts["part"] == part),
            reverse=True,
        )
        for octets, name in large:
            if octets >= 1 << 20 and count > 1:
                print(f"             {octets / 2**20:8.1f}  {name}")
    total = sum(facts["size"] for facts in files.values())
    print(f"{total / 2**20:8.1f} MiB  in {len(files)} files")


def main(arguments: list[str]) -> int:
    """0; raises what the disk does."""
    parser = argparse.ArgumentParser(prog="contents.py", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("sources", type=Path, nargs="?")
    parser.add_argument("--sizes", action="store_true")
    args = parser.parse_args(arguments)
    listing = args.folder / "_internal" / NAME
    if args.sources is not None:
        root = Path(__file__).resolve().parent.parent
        document = describe(args.folder, json.loads(args.sources.read_text("utf-8")), root)
        listing.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")
    if args.sizes:
        print_sizes(json.loads(listing.read_text("utf-8")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
