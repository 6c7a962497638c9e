"""At a PC of a centre on a server: keep evidence in a folder that all PCs of the centre reach."""

from __future__ import annotations

from pathlib import Path

from desktop.app.backup.backup_evidence import copy_whole
from desktop.app.installation import Installation
from desktop.app.keys.vault_place import FOLDER, vault_root, vault_secret
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import Progress, Tally
from desktop.runtime.files.atomic_file import disk_errors
from desktop.services.audit.note_settings import note_settings
from desktop.vault.layout import VaultLayout


def choose_vault(installation: Installation, folder: Path, progress: Progress) -> int:
    """Keep evidence in ``folder`` from the next sign-in on, where what lies here is copied first; how many files were.
    Nothing of the former place is deleted.

    Raises:
        RuleError: ``rights.missing``; ``seat.needs_server`` where the database is a file, which one PC alone works in.
        UserInputError: ``folder.missing``.
        WorldError: as the disk does; evidence then stays where it is.
    """
    session, desk = installation.session, installation.desk
    session.require(Permission.ADMINISTER)
    if not session.profile.on_server:
        raise RuleError("seat.needs_server")
    if not folder.is_dir():
        raise UserInputError("folder.missing")
    secrets = desk.file.secrets_of(desk.unlocked)
    before = VaultLayout(vault_root(installation.paths, secrets))
    target = folder.absolute() / FOLDER
    with disk_errors():
        target.mkdir(mode=0o700, exist_ok=True)
    copied = 0 if target == before.root else _copied(before, VaultLayout(target), progress)
    desk.unlocked = desk.file.replace_secrets(desk.unlocked, {**secrets, **vault_secret(target)})
    note_settings(session, {"vault"})
    return copied


def place_of_vault(installation: Installation) -> Path:
    """Where this PC keeps evidence."""
    desk = installation.desk
    return vault_root(installation.paths, desk.file.secrets_of(desk.unlocked))


def _copied(before: VaultLayout, after: VaultLayout, progress: Progress) -> int:
    after.prepare()
    names = sorted(before.published() - after.published())
    paths = [path for name in names if (path := before.blob(name)) is not None]
    with disk_errors():
        tally = Tally(progress, sum(path.stat().st_size for path in paths))
    for name, path in zip(names, paths, strict=True):
        copy_whole(path, after.blob(name), tally)
    return len(paths)
