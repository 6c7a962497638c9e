"""The card of backups on the settings page, joined to the desk."""

from __future__ import annotations

from functools import partial

from desktop.app.backup import last_backup
from desktop.app.own_backups import OwnBackups, Unattended
from desktop.services.desk import Desk
from desktop.ui.settings.backup_card import BackupCard, Make
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.drives import SystemDrives


def add_backup_card(
    page: SettingsPage, kit: Kit, desk: Desk, make: Make, unattended: Unattended
) -> OwnBackups:
    """When the last backup was made, a new one, and further ones by themselves."""
    card = BackupCard(kit, make, partial(last_backup, desk), SystemDrives(), page)
    page.more.addWidget(card)
    return OwnBackups(kit, desk, page, card, unattended)
