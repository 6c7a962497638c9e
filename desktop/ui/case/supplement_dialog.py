"""What was told later: who told it and when, in words, with new transfers and leads."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.cases.intake import TransferText
from desktop.domain.cases.supplement import SupplementSource, SupplementText
from desktop.ui.shared.dialogs.form_dialog import (
    MOMENT,
    STRETCH,
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    choice,
    several_lines,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.input.datetime_field import DateTimeField
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Column, Row

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


class SupplementDialog(FormDialog):
    """``given(SupplementText)``. Stays open with everything typed until the desk has recorded it."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        sources = [Option(one.value, f"supplement.source.{one.value}") for one in SupplementSource]
        self._transfers = Column(kit, gap="space_xs")
        self._rows = [TransferRow(kit, 1)]
        self._transfers.addWidget(self._rows[0])
        self._more = Button(
            kit, "supplement.dialog.more", size=Size.COMPACT, icon="add", name="supplement_more"
        )
        rows = (
            FormText("supplement.dialog.text"),
            (
                Input("source", "supplement.source.title", choice(sources)),
                Input("told", "supplement.dialog.told_at", MOMENT, kit.ticks.now(), needed=True),
            ),
            Input("story", "supplement.dialog.story", several_lines(4)),
            (
                FormText("supplement.dialog.transfers", role="small_strong", ink=""),
                STRETCH,
                self._more,
            ),
            self._transfers,
            Input("leads", "supplement.dialog.identifiers", several_lines(2)),
        )
        form = Form(
            "supplement", "supplement.dialog.title", "supplement.dialog.accept", rows, focus="story",
            width="dialog_width_wide", keys="Ctrl+Return", group="case.keys.title",
        )  # fmt: skip
        super().__init__(kit, parent, form)
        self._more.clicked.connect(self._add_transfer)

    def outcome(self, filled: FilledForm) -> SupplementText:
        """What was told."""
        return SupplementText(
            SupplementSource(filled["source"]),
            filled.moment("told"),
            filled["story"],
            tuple(row.value() for row in self._rows),
            filled["leads"],
        )

    def _add_transfer(self) -> None:
        row = TransferRow(self.kit, len(self._rows) + 1)
        self._rows.append(row)
        self._transfers.addWidget(row)
        self._more.setEnabled(len(self._rows) < _MOST)
        row.start()
