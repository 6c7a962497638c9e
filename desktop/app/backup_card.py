"""The cards of backups on the settings page, joined to the desk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from desktop.app.backup import last_backup, make_backup
from desktop.app.installation import Installation
from desktop.app.own_backups import OwnBackups, Unattended
from desktop.app.restore_drill import last_drill, try_restore
from desktop.services.session import Session
from desktop.ui.settings.backup_card import BackupCard, Make
from desktop.ui.settings.drill_card import DrillCard, Try
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.drives import SystemDrives


@dataclass(frozen=True, slots=True)
class Copies:
    """Makes a safety copy in a folder; tries one with a secret."""

    make: Make
    attempt: Try


def copies_of(session: Session, installation: Installation) -> Copies:
    """Those of the installation, for the officer at the desk."""
    make = partial(make_backup, session, installation.paths)
    return Copies(make, partial(try_restore, session, installation))


def add_backup_card(
    page: SettingsPage, kit: Kit, session: Session, copies: Copies, unattended: Unattended
) -> OwnBackups:
    """When the last backup was made and tried, a new one, and further ones by themselves."""
    card = BackupCard(kit, copies.make, partial(last_backup, session), SystemDrives(), page)
    page.more.addWidget(card)
    page.more.addWidget(DrillCard(kit, copies.attempt, partial(last_drill, session), page))
    return OwnBackups(kit, session, page, card, unattended)
