"""What was told later: who told it and when, in words, with new transfers and leads."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.intake import TransferText
from desktop.domain.cases.supplement import SupplementSource, SupplementText
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Button, Size, Variant
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.datetime_field import DateTimeField
from desktop.ui.shared.widgets.fields import ComboField, LongTextField, TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.line_edit import Option

_MOST = 3
"""Transfers one supplement takes; more are another one, or typed in the wizard."""


class TransferRow(QWidget):
    """One new transfer."""

    def __init__(self, kit: Kit, number: int) -> None:
        super().__init__()
        name = f"supplement_{number}"
        self._time = DateTimeField(kit, f"{name}_time", "supplement.dialog.time")
        self._amount = TextField(kit, f"{name}_amount", "supplement.dialog.amount", digits=True)
        self._payee = TextField(kit, f"{name}_payee", "supplement.dialog.payee")
        self._account = TextField(kit, f"{name}_account", "supplement.dialog.account", digits=True)
        self._bank = TextField(kit, f"{name}_bank", "supplement.dialog.bank")
        row = Row(kit, self, gap="space_s")
        widths = (
            (self._time, 5),
            (self._amount, 3),
            (self._payee, 3),
            (self._account, 5),
            (self._bank, 4),
        )
        for field, share in widths:
            row.addWidget(field, share)

    def value(self) -> TransferText:
        """What was typed."""
        return TransferText(
            id="",
            time=self._time.value(),
            amount=self._amount.value(),
            payee_name=self._payee.value(),
            payee_account=self._account.value(),
            payee_bank=self._bank.value(),
        )

    def start(self) -> None:
        """Take the keyboard."""
        self._time.setFocus()


class SupplementDialog(DialogFrame):
    """``typed(SupplementText)``. Stays open with everything typed until the desk has recorded it."""

    typed = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(kit, parent, "supplement.dialog.title", wide=True)
        self.setObjectName("supplement_dialog")
        self._banner = Banner(kit, "supplement_banner")
        options = [
            Option(item.value, f"supplement.source.{item.value}") for item in SupplementSource
        ]
        self._source = ComboField(kit, "supplement_source", "supplement.source.title", options)
        self._told = DateTimeField(kit, "supplement_told", "supplement.dialog.told_at")
        self._told.set_instant(kit.ticks.now())
        self._story = LongTextField(kit, "supplement_story", "supplement.dialog.story", lines=4)
        self._leads = LongTextField(
            kit, "supplement_leads", "supplement.dialog.identifiers", lines=2
        )
        self._rows: list[TransferRow] = []
        self._transfers = Column(kit, gap="space_xs")
        self._more = Button(
            kit, "supplement.dialog.more", size=Size.COMPACT, icon="add", name="supplement_more"
        )
        self._build()
        self._more.clicked.connect(self._add_row)
        self._story.setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._banner.show_error(error)

    def _build(self) -> None:
        self.body.addWidget(self._banner)
        self.body.addWidget(Label(self.kit, "supplement.dialog.text", ink="muted", wrap=True))
        row = Row(self.kit, gap="space_m")
        row.addWidget(self._source, 1)
        row.addWidget(self._told, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._story)
        head = Row(self.kit)
        head.addWidget(Label(self.kit, "supplement.dialog.transfers", role="small_strong"))
        head.addStretch(1)
        head.addWidget(self._more)
        self.body.addLayout(head)
        self.body.addLayout(self._transfers)
        self.body.addWidget(self._leads)
        self._insert_row()
        self.add_button("shared.cancel", name="supplement_cancel")
        accept = self.add_button(
            "supplement.dialog.accept",
            variant=Variant.PRIMARY,
            name="supplement_accept",
            closes=False,
            keys="Ctrl+Return",
            heard=True,
        )
        accept.clicked.connect(self._accept)
        self.set_default(accept)
        self.kit.actions.add(
            self,
            "supplement.dialog.accept",
            "Ctrl+Return",
            self._accept,
            group_key="case.keys.title",
        )

    def _insert_row(self) -> TransferRow:
        row = TransferRow(self.kit, len(self._rows) + 1)
        self._rows.append(row)
        self._transfers.addWidget(row)
        self._more.setEnabled(len(self._rows) < _MOST)
        return row

    def _add_row(self) -> None:
        self._insert_row().start()

    def _accept(self) -> None:
        told = self._told.instant()
        if told is None:
            self._told.set_hint_key(Tone.BAD, "shared.field.not_a_time")
            self._told.setFocus()
            return
        self.typed.emit(
            SupplementText(
                SupplementSource(self._source.value()),
                told,
                self._story.value(),
                tuple(row.value() for row in self._rows),
                self._leads.value(),
            )
        )
