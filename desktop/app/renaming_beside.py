"""Beside the work of a signed-in officer: files of earlier programs in the vault get names that tell nothing."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import TYPE_CHECKING

from desktop.domain.errors import Cancelled, WorldError

if TYPE_CHECKING:
    from desktop.services.ports import Vault  # no sign-in window waits for it

_log = logging.getLogger(__name__)


class RenamingBeside:
    """One thread, from sign-in until all have such names or the desk is closed. What is left waits for the next."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="vault names", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it after the files it has in hand."""
        self._stopping.set()
        self._thread.join()

    def advance(self, done: int, total: int) -> None:
        """Nobody waits for it."""

    def check(self) -> None:
        """Raise ``Cancelled`` once the desk is being closed."""
        if self._stopping.is_set():
            raise Cancelled

    def _run(self) -> None:
        try:
            done = self._vault.rename_plain(self)
        except Cancelled:
            return
        except WorldError as error:  # tried again at the next sign-in; every file is found as it is
            _log.warning("not all files of the vault got their names: %s", error.code)
        else:
            if done:
                _log.info("%d files of the vault got other names", done)
