"""A store on a server that a test takes away and gives back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from desktop.app.profile.sealed_drafts import SealedDrafts
from desktop.domain.errors import WorldError
from desktop.services.ports import Reader, Store, Transaction
from desktop.services.session import Session

_T = TypeVar("_T")


class AwayStore:
    """Everything of ``store``, while it is not ``away``."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.away = False

    def read(self) -> AbstractContextManager[Reader]:
        return self._there(self.store.read)

    def write(self) -> AbstractContextManager[Transaction]:
        return self._there(self.store.write)

    def _there(self, begin: Callable[[], _T]) -> _T:
        if self.away:
            raise WorldError("database.server_gone")
        return begin()

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)


def on_server(session: Session, folder: Path) -> tuple[Session, AwayStore]:
    """The session as if its journal lay on a server, with drafts of this PC in ``folder``."""
    store = AwayStore(session.store)
    drafts = SealedDrafts(folder, bytes(32))
    return replace(session, store=store, pc_drafts=drafts), store  # type: ignore[arg-type]  # the rest by name
