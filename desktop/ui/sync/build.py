"""Makes the synchronisation screen."""

from __future__ import annotations

from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.drives import SystemDrives
from desktop.ui.sync.port import SyncNavigator
from desktop.ui.sync.session_sync import SessionSync
from desktop.ui.sync.sync_screen import SyncScreen


def sync_screen(kit: Kit, session: Session, navigator: SyncNavigator) -> SyncScreen:
    """The screen for ``desk``."""
    return SyncScreen(kit, SessionSync(session), navigator, SystemDrives())
