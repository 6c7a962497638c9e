"""Record that a setting was changed that matters beyond looks."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from desktop.domain.records.fields import Json
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import SETTINGS_CHANGED
from desktop.services.session import Session

RECORDED: Final = frozenset(
    {"idle_lock_minutes", "shared_folder", "backup_folder", "duty_phone", "vault"}
)
"""Language and appearance concern nobody else."""


def note_settings(session: Session, names: Collection[str]) -> None:
    """Which settings, by name; a folder's name may name a person and is not told. Nothing for none that matters."""
    listed: list[Json] = [*sorted(RECORDED & {*names})]
    if not listed:
        return
    entry = NewEntry(SETTINGS_CHANGED, device_subject(session.profile.device), {"names": listed})
    with session.store.write() as transaction:
        transaction.append(session.officer.number, entry)
