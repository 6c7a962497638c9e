"""The worst thing that everybody at this desk has to know, above the sync page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.errors import TrustError
from desktop.domain.exchange import PeerState
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.trust.peers_dialog import day_text
from desktop.ui.shared.widgets.banner import Banner

if TYPE_CHECKING:
    from desktop.services.exchange.adopt_records import OrphanedRecords
    from desktop.services.exchange.sync_status import SyncStatus


class StandingBanner(Banner):
    """``adopt`` is offered while ``gone``, a desk that left records here which the centre lacks, is told."""

    def __init__(self, kit: Kit, adopt: Action) -> None:
        super().__init__(kit, "sync_standing")
        self._adopt = adopt
        self.gone: OrphanedRecords | None = None
        self.offer(adopt)

    def show_status(self, status: SyncStatus) -> None:
        """Show the one that matters most; nothing where all is well."""
        self.gone = None if status.rolled_back else next(iter(status.left), None)
        self._adopt.set_enabled(enabled=self.gone is not None)
        if status.rolled_back:
            self.show_error(TrustError("journal.rolled_back"))
        elif self.gone is not None:
            letter = self.gone.peer.card.device_letter
            self.show_key(Tone.WARN, "sync.left", letter=letter, count=len(self.gone.records))
        elif status.expiring:
            self._show_expiring(status)
        elif status.quarantined:
            self.show_key(Tone.INFO, "sync.quarantined", count=status.quarantined)
        elif status.uncopied:
            self.show_key(Tone.WARN, "sync.uncopied", count=status.uncopied)
        else:
            self.clear()

    def _show_expiring(self, status: SyncStatus) -> None:
        kit, peer = self._kit, status.expiring[0]
        ended = peer.standing(kit.ticks.now()) is PeerState.EXPIRED
        self.show_key(
            Tone.WARN,
            "sync.expired" if ended else "sync.expiring",
            unit=peer.card.unit_name,
            day=day_text(kit, peer.valid_until),
        )
