"""Before a centre is trusted: the two steps, and nothing else."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.sealing.fingerprint import grouped
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Button, Variant
from desktop.ui.shared.widgets.card import Card, Column, Row
from desktop.ui.shared.widgets.icon_label import IconLabel
from desktop.ui.shared.widgets.label import Label
from desktop.ui.sync.port import OwnInstallation


class EnrolView(QWidget):
    """Card out, card back. The desk works all the same meanwhile; only nothing is sent."""

    def __init__(self, kit: Kit, own: OwnInstallation, own_card: Action, approval: Action) -> None:
        super().__init__()
        self._kit = kit
        column = Column(kit, self, gap="card_gap")
        column.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(IconLabel(kit, "centre", size="icon_empty", ink="text_faint"), 0, middle)
        title = Label(kit, "sync.enrol.title", role="page_title")
        title.setAlignment(middle)
        column.addWidget(title)
        why = Label(kit, "sync.enrol.why", ink="muted", wrap=True)
        why.setAlignment(middle)
        column.addWidget(why)
        row = Row(kit, gap="card_gap")
        row.addStretch(1)
        first = self._step("first", own_card, Variant.PRIMARY, "enrol_own_card")
        first.body.addWidget(
            Label(kit, "sync.enrol.own_fingerprint", role="label", ink="muted", wrap=True)
        )
        self._own = shown = Label(kit, role="digits")
        shown.setObjectName("enrol_fingerprint")
        shown.set_text(grouped(own.fingerprint))
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        first.body.addWidget(shown)
        second = self._step("second", approval, Variant.PLAIN, "enrol_approval")
        for card in (first, second):
            card.body.addStretch(1)
            row.addWidget(card)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)

    def show_own(self, own: OwnInstallation) -> None:
        """Show our fingerprint, which new keys change."""
        self._own.set_text(grouped(own.fingerprint))

    def _step(self, name: str, action: Action, variant: Variant, button: str) -> Card:
        kit = self._kit
        card = Card(kit, f"sync.enrol.{name}_title")
        card.setFixedWidth(kit.theme.space("side_card_wide"))
        card.body.addWidget(Label(kit, f"sync.enrol.{name}_text", wrap=True))
        row = Row(kit)
        row.addWidget(Button.of(kit, action, variant=variant, name=button))
        row.addStretch(1)
        card.body.addLayout(row)
        return card
