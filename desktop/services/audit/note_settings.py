"""Record that a setting was changed that matters beyond looks."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from desktop.domain.fields import Json
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import SETTINGS_CHANGED
from desktop.services.desk import Desk

RECORDED: Final = frozenset({"idle_lock_minutes", "shared_folder", "backup_folder"})
"""Language and appearance concern nobody else."""


def note_settings(desk: Desk, names: Collection[str]) -> None:
    """Which settings, by name; a folder's name may name a person and is not told. Nothing for none that matters."""
    listed: list[Json] = [*sorted(RECORDED & {*names})]
    if not listed:
        return
    entry = NewEntry(SETTINGS_CHANGED, device_subject(desk.profile.device), {"names": listed})
    with desk.store.write() as transaction:
        transaction.append(desk.officer.number, entry)
