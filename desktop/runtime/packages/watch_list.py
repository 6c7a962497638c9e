"""Reads and writes the watch list: a line a value, after one with the version."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from desktop.domain.errors import WorldError
from desktop.domain.exchange.data_package import is_version
from desktop.domain.series.watch_list import Watched, WatchList

FILE: Final = "watch.tsv"
_DIGEST: Final = re.compile(r"[0-9a-f]{32}")
_MOST: Final = 5_000_000


def load_watch_list(folder: Path) -> WatchList:
    """The list in a folder; raises ``WorldError("pack.unfit", reason=…)`` for what is none."""
    try:
        lines = (folder / FILE).read_text("utf-8").splitlines()
        return _read([line for line in lines if line and not line.startswith("#")])
    except (OSError, ValueError) as error:
        raise WorldError("pack.unfit", reason=FILE) from error


def watch_version(folder: Path) -> str:
    """The version of the list in a folder."""
    return load_watch_list(folder).version


def check_watch_list(folder: Path) -> None:
    """Raise ``WorldError("pack.unfit")`` unless the folder holds a list that can be read whole."""
    load_watch_list(folder)


def _read(lines: list[str]) -> WatchList:
    name, _, version = lines[0].partition("\t") if lines else ("", "", "")
    if name != "version" or not is_version(version) or len(lines) > _MOST:
        raise ValueError("a list begins with its version")
    entries: dict[str, Watched] = {}
    for line in lines[1:]:
        digest, cases, units = line.split("\t")
        if not _DIGEST.fullmatch(digest):
            raise ValueError("a line begins with a digest")
        entries[digest] = Watched(int(cases), int(units))
    return WatchList(version, entries)


def watch_file(version: str, rows: Iterable[tuple[str, Watched]]) -> bytes:
    """The file of a list; ``rows``: digest and what is known, in any order."""
    lines = [f"version\t{version}"]
    lines += [
        f"{digest}\t{known.cases}\t{known.units}" for digest, known in sorted(rows, key=_digest)
    ]
    return ("\n".join(lines) + "\n").encode()


def _digest(row: tuple[str, Watched]) -> str:
    return row[0]
