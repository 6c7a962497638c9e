"""A strict reader of BagIt bags in a folder (RFC 8493 and the drafts back to 0.93).

Stricter than the standard where it leaves a choice: the tag manifest is compulsory, every payload
manifest lists every payload file, nothing is fetched, and names that differ only in case or in Unicode
form are refused, because some file system will take them for one.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.bundles.volumes.medium import medium_errors
from desktop.domain.errors import TrustError
from desktop.domain.progress import SILENT, Progress
from desktop.sealing.digests import Hash, new_sm3, read_blocks
from desktop.services.brought_file import open_brought, read_brought

STRONG: Final = ("sha256", "sha512")
"""Digests a new bag may rely on."""

_VERSIONS: Final = {"0.93", "0.94", "0.95", "0.96", "0.97", "1.0"}
_ENCODINGS: Final = {"UTF-8", "UTF-16", "ISO-8859-1", "US-ASCII"}
_DECLARATION: Final = re.compile(
    r"BagIt-Version: ([0-9]+\.[0-9]+)\r?\nTag-File-Character-Encoding: ([A-Za-z0-9-]+)\r?\n?"
)
_LIST_NAME: Final = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")
_ROW: Final = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(?:\./)?(.+)")
_OXUM: Final = re.compile(r"^Payload-Oxum\s*:\s*([0-9]+)\.([0-9]+)\s*$", re.MULTILINE)
_ESCAPED: Final = re.compile(r"%(0A|0D|25)", re.IGNORECASE)
_UNSAFE: Final = re.compile(r"^[/~]|\\|^[A-Za-z]:|(^|/)\.{0,2}(/|$)|[\x00-\x1f]")
_MAX_TAG_FILE: Final = 64 << 20
_PAYLOAD: Final = "data/"


@dataclass(frozen=True, slots=True)
class BagSummary:
    """A bag that holds: number and octets of payload files, and the digests that were checked."""

    files: int
    size: int
    algorithms: tuple[str, ...]


def check_bag(
    folder: Path, progress: Progress = SILENT, *, algorithms: Iterable[str] = STRONG
) -> BagSummary:
    """Check the bag in ``folder`` wholly: every file against every manifest, nothing missing or extra.

    Raises:
        TrustError: bag.not_a_bag, bag.profile (a form we do not accept), bag.path (a name that points
            outside or collides), bag.incomplete (missing or extra files), bag.damaged (a digest).
        WorldError: medium.gone, disk.…
    """
    with medium_errors(folder):
        files = _files(folder)
        encoding, escapes = _declared(folder, files)
        lists = {
            name: _rows(folder / name, encoding, escapes=escapes)
            for name in _lists(files, algorithms)
        }
        if "fetch.txt" in files:
            raise TrustError("bag.profile")
        payload = {path: size for path, size in files.items() if path.startswith(_PAYLOAD)}
        _complete(lists, files, payload)
        _oxum(folder, files, payload, encoding)
        _digests(folder, lists, files, progress)
    return BagSummary(len(payload), sum(payload.values()), _payload_algorithms(lists))


def _files(folder: Path) -> dict[str, int]:
    """Every regular file with its size; links and devices are refused."""
    found: dict[str, int] = {}
    for root, folders, names in os.walk(folder, onerror=_raise):
        for name in (*folders, *names):
            path = Path(root, name)
            if path.is_symlink() or not (path.is_dir() or path.is_file()):
                raise TrustError("bag.path")
        for name in names:
            path = Path(root, name)
            found[path.relative_to(folder).as_posix()] = path.stat().st_size
    return found


def _raise(error: OSError) -> None:
    raise error


def _declared(folder: Path, files: Mapping[str, int]) -> tuple[str, bool]:
    """The encoding of tag files, and whether paths use RFC 8493's escapes."""
    if "bagit.txt" not in files:
        raise TrustError("bag.not_a_bag")
    text = _text(folder / "bagit.txt", "UTF-8")
    found = _DECLARATION.fullmatch(text)
    if found is None or found[1] not in _VERSIONS or found[2].upper() not in _ENCODINGS:
        raise TrustError("bag.profile")
    return found[2], found[1] == "1.0"


def _lists(files: Mapping[str, int], algorithms: Iterable[str]) -> list[str]:
    """The names of all manifests; at least one of each kind, and none we could not check."""
    known = set(algorithms)
    found = [(name, match) for name in files if (match := _LIST_NAME.fullmatch(name))]
    if {bool(match[1]) for _, match in found} != {True, False}:
        raise TrustError("bag.profile")
    if any(match[2] not in known for _, match in found):
        raise TrustError("bag.profile")
    return [name for name, _ in found]


def _rows(path: Path, encoding: str, *, escapes: bool) -> dict[str, str]:
    """Path → digest of one manifest."""
    rows: dict[str, str] = {}
    for line in _text(path, encoding).replace("\r\n", "\n").split("\n"):
        if not line:
            continue
        found = _ROW.fullmatch(line)
        if found is None:
            raise TrustError("bag.profile")
        name = _ESCAPED.sub(lambda mark: chr(int(mark[1], 16)), found[2]) if escapes else found[2]
        if name in rows or _UNSAFE.search(name):
            raise TrustError("bag.path")
        rows[name] = found[1].lower()
    return rows


def _complete(
    lists: Mapping[str, Mapping[str, str]], files: Mapping[str, int], payload: Mapping[str, int]
) -> None:
    """Payload manifests list the payload exactly; tag manifests list only tag files that are there."""
    for name, rows in lists.items():
        tags = name.startswith("tag")
        if any(path.startswith(_PAYLOAD) is tags for path in rows):
            raise TrustError("bag.path")
        if len({unicodedata.normalize("NFC", path).casefold() for path in rows}) != len(rows):
            raise TrustError("bag.path")
        if tags and not rows.keys() <= files.keys():
            raise TrustError("bag.incomplete")
        if not tags and rows.keys() != payload.keys():
            raise TrustError("bag.incomplete")


def _oxum(
    folder: Path, files: Mapping[str, int], payload: Mapping[str, int], encoding: str
) -> None:
    """``Payload-Oxum`` in ``bag-info.txt``, where it is given, is octets and files of the payload."""
    if "bag-info.txt" in files:
        for size, count in _OXUM.findall(_text(folder / "bag-info.txt", encoding)):
            if (int(size), int(count)) != (sum(payload.values()), len(payload)):
                raise TrustError("bag.incomplete")


def _digests(
    folder: Path,
    lists: Mapping[str, Mapping[str, str]],
    files: Mapping[str, int],
    progress: Progress,
) -> None:
    """Read every listed file once and compare all its digests."""
    wanted: dict[str, list[tuple[str, str]]] = {}
    for name, rows in lists.items():
        algorithm = name.removesuffix(".txt").rpartition("-")[2]
        for path, digest in rows.items():
            wanted.setdefault(path, []).append((algorithm, digest))
    done, total = 0, sum(files[path] for path in wanted)
    for path, digests in wanted.items():
        hashes = [(_new(algorithm), digest) for algorithm, digest in digests]
        with open_brought(folder / path) as stream:
            for block in read_blocks(stream):
                progress.check()
                for running, _ in hashes:
                    running.update(block)
                done += len(block)
                progress.advance(done, total)
        if any(running.hexdigest() != digest for running, digest in hashes):
            raise TrustError("bag.damaged")


def _new(algorithm: str) -> Hash:
    return new_sm3() if algorithm == "sm3" else hashlib.new(algorithm, usedforsecurity=False)


def _payload_algorithms(lists: Iterable[str]) -> tuple[str, ...]:
    found = (_LIST_NAME.fullmatch(name) for name in lists)
    return tuple(sorted(match[2] for match in found if match and not match[1]))


def _text(path: Path, encoding: str) -> str:
    if path.stat().st_size > _MAX_TAG_FILE:
        raise TrustError("bag.profile")
    try:
        return read_brought(path).decode(encoding)
    except UnicodeDecodeError:
        raise TrustError("bag.profile") from None
