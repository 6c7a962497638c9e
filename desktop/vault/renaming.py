"""Files of programs before this one are named by the digest of their content; they get names that tell nothing.

Each at one stroke: whenever this ends, every blob is found under one of its names, and the next run goes on with those
that are left.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from desktop.domain.progress import Progress
from desktop.runtime.atomic_file import disk_errors
from desktop.vault.blob_names import is_digest
from desktop.vault.part import VaultTools

_GROUP: Final = 64
"""Files whose names are made durable together."""


def rename_plain(bench: VaultTools, progress: Progress) -> int:
    """How many got another name. Raises ``WorldError`` as the disk does, ``Cancelled``."""
    plain = sorted(filter(is_digest, bench.layout.published()))
    done = 0
    for start in range(0, len(plain), _GROUP):
        group = plain[start : start + _GROUP]
        with disk_errors():
            done += _renamed(bench, group)
        progress.advance(start + len(group), len(plain))
        progress.check()  # after a group: whoever signs in for a moment brings it forward too
    return done


def _renamed(bench: VaultTools, group: Sequence[str]) -> int:
    done = 0
    folders: set[Path] = set()
    for sha256 in group:
        final, *others = bench.places(sha256)
        former = others[-1]
        with bench.publishing, suppress(FileNotFoundError, PermissionError):
            # Gone: another program at these data did it. Held open, on Windows: the next run does.
            if final.is_file():
                bench.disk.remove(former)
            else:
                bench.disk.publish(former, final)
                folders |= {final.parent, former.parent}
                done += 1
    for folder in folders:
        bench.disk.sync_folder(folder)
    return done
