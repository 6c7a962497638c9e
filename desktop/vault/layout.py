"""Where things lie in the vault's folder: ``ab/<name>.age`` published, ``tmp/`` unfinished; see ``blob_names``.

In a folder that several PCs share each has its own ``tmp-…/``: none sweeps up what another is writing.
"""

from __future__ import annotations

import itertools
import secrets
import threading
from pathlib import Path
from typing import Final

from desktop.domain.errors import WorldError
from desktop.runtime.files.atomic_file import disk_errors, fsync_folder, make_private
from desktop.vault.blob_names import KEYED, is_blob_name

_SUFFIX: Final = ".age"
_PART: Final = ".part"


class VaultLayout:
    """Names and folders of one vault."""

    def __init__(self, root: Path, pc: str = "") -> None:
        """``pc``: which of the PCs that share the folder this is; "" where none does."""
        self.root = root
        self._shared = bool(pc)
        self._temporary = root / (f"tmp-{pc}" if pc else "tmp")
        self._prepared = False
        self._lock = threading.Lock()
        self._live: set[Path] = set()
        self._session = secrets.token_hex(8)
        self._serial = itertools.count()

    def blob(self, name: str) -> Path | None:
        """The published place of a file called ``name``; None for a text that no file is called."""
        if not is_blob_name(name):
            return None
        return self.root / name.removeprefix(KEYED)[:2] / f"{name}{_SUFFIX}"

    def prepare(self) -> None:
        """Make all folders once, so that storing thousands of files need not sync new ones in between. Raises
        ``WorldError("vault.not_there")`` where a shared folder is not there: made anew it would lie on this PC."""
        with self._lock:
            if self._prepared:
                return
            if self._shared and not self.root.is_dir():
                raise WorldError("vault.not_there")
            with disk_errors():
                make_private(self.root)
                for folder in (*(f"{number:02x}" for number in range(256)), self._temporary.name):
                    (self.root / folder).mkdir(mode=0o700, exist_ok=True)
            fsync_folder(self.root)
            fsync_folder(self.root.parent)
            self._prepared = True

    def claim_temporary(self) -> Path:
        """A fresh name in ``tmp``, protected from :meth:`leftovers` until it is given back."""
        path = self._temporary / f"{self._session}-{next(self._serial)}{_PART}"
        with self._lock:
            self._live.add(path)
        return path

    def release_temporary(self, path: Path) -> None:
        """The name is no longer written to."""
        with self._lock:
            self._live.discard(path)

    @property
    def being_written(self) -> int:
        """How many files are written at this moment."""
        with self._lock:
            return len(self._live)

    def leftovers(self) -> tuple[Path, ...]:
        """Temporary files nobody writes to: work that was interrupted."""
        with self._lock, disk_errors():
            return tuple(
                path for path in self._temporary.glob(f"*{_PART}") if path not in self._live
            )

    def published(self) -> frozenset[str]:
        """The names of all blobs that are here."""
        with disk_errors():
            names = (path.stem for path in self.root.glob(f"[0-9a-f][0-9a-f]/*{_SUFFIX}"))
            return frozenset(filter(is_blob_name, names))
