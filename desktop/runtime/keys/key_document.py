"""The key file on disk: one JSON document with its own SHA-256, replaced as a whole.

The digest tells a damaged or half-copied file from a wrong password. It covers the canonical JSON
of everything else, by a rule that holds for all versions, so that a newer file is told from a
damaged one, too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import AppError, WorldError
from desktop.journal.canonical import canonical, parse
from desktop.runtime.files.atomic_file import disk_errors, write_atomic
from desktop.runtime.keys.key_wrap import SUITE

FORMAT: Final = "fanzha-keys"
VERSION: Final = 1
_MOST_BYTES: Final = 1 << 20

Document = dict[str, Any]


def copy_of(path: Path) -> Path:
    """The second copy, as one bad sector must not cost all data; follows every change of keys."""
    return path.with_name(path.name + ".bak")


@contextmanager
def damage() -> Iterator[None]:
    """Within the block whatever a malformed document causes leaves as ``keyfile.damaged``."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WorldError("keyfile.damaged") from error


def _digest(document: Document) -> str:
    rest = {name: value for name, value in document.items() if name != "digest"}
    return hashlib.sha256(canonical(rest)).hexdigest()


def read_document(path: Path) -> Document:
    """The document in ``path``.

    Raises:
        WorldError: ``keyfile.missing``, ``keyfile.damaged`` or ``keyfile.newer``.
    """
    if not path.exists():
        raise WorldError("keyfile.missing")
    with disk_errors(), path.open("rb") as stream:
        data = stream.read(_MOST_BYTES + 1)
    try:
        document = parse(data)
    except AppError as error:
        raise WorldError("keyfile.damaged") from error
    with damage():
        if document["format"] != FORMAT or document["digest"] != _digest(document):
            raise ValueError
        version, suite = int(document["version"]), document["suite"]
    if version > VERSION or suite != SUITE:
        raise WorldError("keyfile.newer", found=version, known=VERSION)
    result: Document = document
    return result


def write_document(path: Path, document: Document, *, structural: bool) -> None:
    """Replace the file; ``structural``: keys changed and not only counters, so the copy changes too. It goes first:
    where it can not be written nothing has changed yet, and a new recovery code that nobody was shown is not the only
    one that opens."""
    document["digest"] = _digest(document)
    data = json.dumps(document, indent=1, sort_keys=True).encode("ascii") + b"\n"
    if structural:
        write_atomic(copy_of(path), data)
    write_atomic(path, data)
