"""Makes the synchronisation screen."""

from __future__ import annotations

from desktop.services.desk import Desk
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.drives import SystemDrives
from desktop.ui.sync.desk_sync import DeskSync
from desktop.ui.sync.port import SyncNavigator
from desktop.ui.sync.sync_screen import SyncScreen


def sync_screen(kit: Kit, desk: Desk, navigator: SyncNavigator) -> SyncScreen:
    """The screen for ``desk``."""
    return SyncScreen(kit, DeskSync(desk), navigator, SystemDrives())
