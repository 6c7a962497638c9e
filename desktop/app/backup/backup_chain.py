"""Backups of what is new: each names the whole one and all that came between, by name, size and digest, and is worth
something together with them only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple
from functools import partial
from pathlib import Path
from typing import Any, Final

from desktop.app.backup.backup_file import BackupContents, Link, read_contents, unpack
from desktop.domain.errors import AppError, WorldError
from desktop.domain.progress import Tally
from desktop.runtime.files.atomic_file import disk_errors, make_private
from desktop.runtime.files.paths import NEWS_FOLDER
from desktop.runtime.keys.key_document import read_document
from desktop.services.brought_file import open_brought

NEWS: Final = "desk-news.db"
"""The database of what is new, in the backup that holds it."""
_NEWS_FILES: Final = {NEWS: ".db", "desk-news.json": ".json"}
_DATABASE: Final = ("desk.db", "desk.json")
_MOST: Final = 30
"""Backups of what is new between two whole ones."""
_BLOCK: Final = 1 << 20


def keys_mark(key_file: Path) -> str:
    """Differs once a pair of keys came or went, and not with every sign-in; evidence may be sealed to a pair that an
    earlier copy does not have."""
    secrets = json.dumps(read_document(key_file).get("secrets"), sort_keys=True)
    return hashlib.sha256(secrets.encode()).hexdigest()


def noted_text(links: Sequence[Link], keys: str) -> str:
    """What this computer notes of the backups it made last."""
    return json.dumps({"links": [astuple(link) for link in links], "keys": keys})


def links_to_follow(noted: str, folder: Path, keys: str) -> tuple[Link, ...]:
    """The noted backups, the whole one first, where news can follow them: all of them lie in ``folder`` as they were by
    name and size, and the keys are the same. None where a whole one is due."""
    document: Any = json.loads(noted or "{}")
    links = tuple(Link(*link) for link in document.get("links", ()))
    if not links or len(links) > _MOST or document.get("keys") != keys:
        return ()
    return links if all(_lies(folder / link.name, link.size) for link in links) else ()


def _lies(file: Path, size: int) -> bool:
    """Also a medium that fails lacks it: then a whole one is tried, which tells of the medium."""
    try:
        return file.is_file() and file.stat().st_size == size and bool(read_contents(file).device)
    except (OSError, AppError):
        return False


def digests_size(contents: BackupContents) -> int:
    """Octets that :func:`require_links` reads."""
    return sum(link.size for link in contents.follows)


def require_links(file: Path, contents: BackupContents, tally: Tally) -> tuple[Path, ...]:
    """The backups that this one follows, the whole one first, every octet of them read.

    Raises:
        WorldError: ``backup.link_missing`` or ``backup.link_changed`` with the name of the first that is gone or
            another, ``safe``: the name of the one before it, which holds everything until then;
            ``backup.whole_missing`` or ``backup.whole_changed`` where that is the whole one.
    """
    found: list[Path] = []
    for link in contents.follows:
        place = file.with_name(link.name)
        _require_link(place, link, found, tally)
        found.append(place)
    return tuple(found)


def _require_link(place: Path, link: Link, before: Sequence[Path], tally: Tally) -> None:
    with disk_errors():
        there = place.is_file()
    if there and _digest(place, tally) == link.sha256:
        return
    if not before:
        code = "backup.whole_changed" if there else "backup.whole_missing"
        raise WorldError(code, file=link.name)
    code = "backup.link_changed" if there else "backup.link_missing"
    raise WorldError(code, file=link.name, safe=before[-1].name)


def _digest(place: Path, tally: Tally) -> str:
    with disk_errors():
        digest = hashlib.sha256()
        with open_brought(place) as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
                tally.add(len(block))
    return digest.hexdigest()


def unpacked_size(file: Path, contents: BackupContents) -> int:
    """Octets of all files that :func:`unpack_all` reads."""
    every = [contents, *(read_contents(file.with_name(link.name)) for link in contents.follows)]
    return sum(size for each in every for size, _ in each.files.values())


def unpack_all(file: Path, links: Sequence[Path], folder: Path, tally: Tally) -> BackupContents:
    """What ``file`` and those it follows hold, below ``folder``: the database of the whole one, beside it what is new
    until it is opened, and the small files of ``file``. Raises like :func:`desktop.app.backup.backup_file.unpack`."""
    if not links:
        return unpack(file, folder, tally)
    whole, *between = links
    small = read_contents(file).files.keys() - _NEWS_FILES.keys()
    unpack(whole, folder, tally, lambda name: name if name in _DATABASE else None)
    with disk_errors():
        make_private(folder / NEWS_FOLDER)
    for number, link in enumerate(between):
        unpack(link, folder, tally, partial(_beside, number))
    return unpack(
        file, folder, tally, lambda name: name if name in small else _beside(len(between), name)
    )


def _beside(number: int, name: str) -> str | None:
    ending = _NEWS_FILES.get(name)
    return f"{NEWS_FOLDER}/{number:04}{ending}" if ending else None
