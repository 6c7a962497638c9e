"""Which files the lock leads to on other computers than this one.

Usage: ``platforms.py resolve LOCK`` asks the index, for every platform the program is meant for, for a wheel of each
locked package, and fails naming those that have none. ``platforms.py prune LOCK`` takes the hashes of wheels out of the
lock that need a newer glibc than ``floor.toml`` serves where an older wheel of the same release exists, so that no
computer installs them. ``platforms.py tags`` prints the options by which pip takes wheels for the build root,
``platforms.py wheels LOCK`` the part of the lock that it takes, ``platforms.py above LOCK`` the part that this Python
has to install again for the floor.

pip resolves with ``--dry-run``: nothing is downloaded but what it needs to read the names.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, Final

_OLDEST: Final = (
    "manylinux_2_5", "manylinux1", "manylinux_2_12", "manylinux2010", "manylinux_2_17", "manylinux2014",
)  # fmt: skip
_NEWEST_GLIBC: Final = 45
_GLIBC: Final = re.compile(r"manylinux_2_(\d+)_")
_LACKS: Final = re.compile(r"No matching distribution found for ([A-Za-z0-9._-]+)==")
_PIP: Final = (
    sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps", "--quiet",
    "--require-hashes",
)  # fmt: skip
WITHOUT_WHEEL: Final = frozenset({"argparse-manpage", "bagit"})
"""Pure Python from source archives, for the manual and for tests; not in the program."""
_FLOOR: Final = Path(__file__).with_name("floor.toml")


@dataclass(frozen=True, slots=True)
class Platform:
    """``tags`` as pip's ``--platform`` takes them; ``python`` as its ``--python-version`` does."""

    name: str
    python: str
    tags: tuple[str, ...]


def glibc_tags(machine: str, newest: int) -> tuple[str, ...]:
    """Every tag of a Linux with glibc 2.``newest``."""
    later = [f"manylinux_2_{minor}" for minor in range(18, newest + 1)]
    return tuple(f"{tag}_{machine}" for tag in (*_OLDEST, *later))


def served_glibc() -> int:
    """The minor version of glibc that every wheel has to be content with."""
    document: dict[str, Any] = tomllib.loads(_FLOOR.read_text("utf-8"))
    return int(document["served"]["GLIBC"].split(".")[1])


def meant_for() -> tuple[Platform, ...]:
    """What the program is built for. PySide6 6.9.3 for aarch64 needs glibc 2.39, so that an older ARM desk (Kylin V10
    on Phytium or Kunpeng) has no wheel of it."""
    return (
        Platform("linux x86_64", "3.11", glibc_tags("x86_64", served_glibc())),
        Platform("windows amd64", "3.11", ("win_amd64",)),
        Platform("linux aarch64, glibc 2.39", "3.11", glibc_tags("aarch64", 39)),
    )


def requirements(lock: Path) -> dict[str, str]:
    """Package → its lines in the lock."""
    parts = re.split(r"(?m)^(?=[A-Za-z0-9._-]+==)", lock.read_text("utf-8"))
    return {part.partition("==")[0]: part for part in parts[1:]}


def with_wheels(lock: Path) -> dict[str, str]:
    """The same, less what no wheel holds."""
    return {name: text for name, text in requirements(lock).items() if name not in WITHOUT_WHEEL}


def chosen(
    lines: dict[str, str], platform: Platform
) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """Package → name and SHA-256 of the wheel that pip takes there, the first of ``tags`` before the others; and the
    packages that have none."""
    left = dict(lines)
    lacking: list[str] = []
    while True:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "lock").write_text("".join(left.values()), "utf-8")
            done = subprocess.run(
                [
                    *_PIP,
                    *_options(platform),
                    "--target",
                    name,
                    "--report",
                    f"{name}/report",
                    "-r",
                    f"{name}/lock",
                ],
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode == 0:
                document = json.loads((folder / "report").read_text("utf-8"))
                return {_name(item): _file(item) for item in document["install"]}, lacking
        missing = _LACKS.search(done.stderr)
        if missing is None or missing[1] not in left:
            raise RuntimeError(done.stderr)
        lacking.append(missing[1])
        del left[missing[1]]


def _options(platform: Platform) -> list[str]:
    tags = [option for tag in platform.tags for option in ("--platform", tag)]
    return ["--python-version", platform.python, "--only-binary", ":all:", *tags]


def _name(item: dict[str, Any]) -> str:
    return str(item["metadata"]["name"]).lower()


def _file(item: dict[str, Any]) -> tuple[str, str]:
    info = item["download_info"]
    return str(info["url"]).rsplit("/", 1)[-1], str(info["archive_info"]["hashes"]["sha256"])


def is_above(wheel: str) -> bool:
    """Whether a wheel's name says that it needs a newer glibc than is served."""
    asked = [int(minor) for minor in _GLIBC.findall(wheel)]
    return bool(asked) and min(asked) > served_glibc() and "manylinux2014" not in wheel


def above_here(lock: Path) -> str:
    """The part of the lock whose packages this Python has from a wheel above the floor: installed when the lock still
    took it, and never replaced by pip, as the version is the same."""
    lines = requirements(lock)
    found = {
        str(one.metadata["Name"]).lower().replace("_", "-"): one.read_text("WHEEL") or ""
        for one in distributions()
    }
    return "".join(lines[name] for name in sorted(found) if name in lines and is_above(found[name]))


def prune(lock: Path) -> list[str]:
    """Take the hashes of wheels above the floor out of ``lock``; their names."""
    gone: list[str] = []
    lines = with_wheels(lock)
    for python in ("3.11", "3.12", "3.13"):
        newest_first = tuple(reversed(glibc_tags("x86_64", _NEWEST_GLIBC)))
        while True:
            found, _ = chosen(lines, Platform("newest", python, newest_first))
            above = [file for file in found.values() if is_above(file[0])]
            if not above:
                break
            for wheel, digest in above:
                _forget(lock, digest)
                gone.append(wheel)
            lines = {name: requirements(lock)[name] for name in lines}
    return gone


def _forget(lock: Path, digest: str) -> None:
    text = lock.read_text("utf-8")
    without = re.sub(rf" \\\n    --hash=sha256:{digest}(?=[ \n])", "", text)
    if without == text:
        raise RuntimeError(f"the lock does not hold {digest}")
    lock.write_text(without, "utf-8")


def resolve(lock: Path) -> dict[str, list[str]]:
    """Platform → packages that have no wheel there."""
    lines = with_wheels(lock)
    return {platform.name: chosen(lines, platform)[1] for platform in meant_for()}


def main(arguments: list[str]) -> int:
    """0; 1 if a platform lacks a wheel."""
    parser = argparse.ArgumentParser(prog="platforms.py", description=__doc__)
    parser.add_argument("action", choices=("resolve", "prune", "tags", "wheels", "above"))
    parser.add_argument("lock", type=Path, nargs="?", default=_FLOOR.with_name("requirements.lock"))
    args = parser.parse_args(arguments)
    if args.action == "tags":
        print(" ".join(_options(meant_for()[0])))
        return 0
    if args.action == "above":
        print(above_here(args.lock), end="")
        return 0
    if args.action == "wheels":
        print("".join(with_wheels(args.lock).values()), end="")
        return 0
    if args.action == "prune":
        for wheel in prune(args.lock):
            print(f"not for our floor: {wheel}")
        return 0
    found = resolve(args.lock)
    for platform, lacking in found.items():
        print(
            f"{platform}: {'no wheel of ' + ', '.join(lacking) if lacking else 'every package has a wheel'}"
        )
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
