"""Whom this desk sends to, and who it is itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from desktop.domain.exchange.peers import Peer
from desktop.sealing.fingerprint import grouped
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label
from desktop.ui.sync.view import OwnInstallation


@dataclass(frozen=True, slots=True)
class TrustActions:
    """What the buttons do."""

    import_bundle: Action
    verify_bundle: Action
    own_card: Action
    approval: Action
    peers: Action
    quarantine: Action


class TrustCard(Card):
    """Names and fingerprints, and the ways in."""

    def __init__(self, kit: Kit, own: OwnInstallation, actions: TrustActions) -> None:
        super().__init__(kit, "sync.trust.title")
        self._kit = kit
        row = Row(kit)
        row.addWidget(Label(kit, "sync.trust.centre", ink="muted"))
        self._name = ElidedLabel(kit)
        self._name.setObjectName("sync_centre_name")
        row.addWidget(self._name, 1)
        row.addWidget(Chip(kit, "sync.trust.compared", tone=Tone.OK))
        self.body.addLayout(row)
        self._centre = self._fingerprint("sync_centre_fingerprint")
        self.body.addWidget(self._centre)
        row = Row(kit)
        row.addWidget(Label(kit, "sync.trust.own", ink="muted"))
        name = ElidedLabel(kit)
        name.setObjectName("sync_own_name")
        kit.texts.bind(name.setText, "sync.trust.own_name", unit=own.unit_name, letter=own.letter)
        row.addWidget(name, 1)
        self._own = self._fingerprint("sync_own_fingerprint", grouped(own.fingerprint))
        row.addWidget(self._own)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self._add_buttons(actions)

    def show_centre(self, peer: Peer) -> None:
        """Show the trusted centre."""
        self._name.set_text(peer.card.unit_name)
        self._centre.set_text(grouped(peer.card.fingerprint))

    def show_own(self, own: OwnInstallation) -> None:
        """Show our fingerprint, which new keys change."""
        self._own.set_text(grouped(own.fingerprint))

    def _fingerprint(self, name: str, text: str = "") -> Label:
        shown = Label(self._kit, role="digits")
        shown.setObjectName(name)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.set_text(text)
        return shown

    def _add_buttons(self, actions: TrustActions) -> None:
        grid = QGridLayout()
        grid.setSpacing(self._kit.theme.space("space_s"))
        buttons = (
            (actions.import_bundle, "sync_import"),
            (actions.verify_bundle, "sync_verify"),
            (actions.own_card, "sync_own_card"),
            (actions.approval, "sync_approval"),
            (actions.peers, "sync_parties"),
            (actions.quarantine, "sync_quarantine"),
        )
        for place, (action, name) in enumerate(buttons):
            button = Button.of(self._kit, action, name=name)
            grid.addWidget(button, place // 2, place % 2)
        self.body.addLayout(grid)
