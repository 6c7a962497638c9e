"""One transfer: three rows while it is worked on, one row while it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.identifiers.masked_number import read_masked
from desktop.ui.intake.certainty import CertainField
from desktop.ui.intake.choices import TWO_NUMBERS, WALLETS, arrivals, channels
from desktop.ui.intake.form_fields import Bound, FormFields, Settle
from desktop.ui.intake.form_model import FormModel
from desktop.ui.intake.settle import Settles
from desktop.ui.intake.transfer_head import TransferHead
from desktop.ui.intake.transfer_rows import Rows, rows_of
from desktop.ui.shared.card import Column, Row
from desktop.ui.shared.chip_button import ChipButton
from desktop.ui.shared.field import Field
from desktop.ui.shared.fields import ComboField, TextField
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.label import Chip
from desktop.ui.shared.theme import Tone

ORDER: Final = (
    "time", "amount", "channel", "arrival", "serial", "order_number",
    "payer_account", "payer_name", "payer_bank", "payee_account", "payee_name", "payee_bank",
    "returned",
)  # fmt: skip
"""The fields in the order of Tab: from the money to the payer to the payee."""

_PLACED: Final = ("channel", "serial", "order_number", "attempted", "returned")
"""Facts that decide what stands where."""
_MOST_ROWS: Final = 7
CERTAIN: Final = ("payee_account", "payee_name", "payee_bank")
"""Fields that say where they were read."""
_DIGITS: Final = ("amount", "returned", "serial", "order_number", "payer_account", "payee_account")


class TransferCard(QWidget):
    """Fields of ``transfers.<index>``. The signals carry the card itself."""

    remove_wanted = Signal(object)
    unfolded = Signal(object)
    completion_wanted = Signal(object)

    def __init__(
        self,
        kit: Kit,
        model: FormModel,
        fields: FormFields,
        settles: Settles,
        bank_of: Callable[[str], str],
    ) -> None:
        super().__init__()
        self._bank_of = bank_of
        self._suggested = {"payer": "", "payee": ""}
        self._kit = kit
        self._model = model
        self.index = 0
        self._folded = False
        self._alone = True
        self._narrow = False
        self._bounds: dict[str, Bound] = {}
        self._head = TransferHead(kit)
        self._head.fold.clicked.connect(self.toggle)
        self._head.unfold.clicked.connect(self.toggle)
        self._head.remove.clicked.connect(self._ask_removal)
        column = Column(kit, self, gap="space_xs")
        column.addWidget(self._head)
        rows = Column(kit, gap="space_s")
        column.addLayout(rows)
        self._lines = [Row(kit, gap="space_m") for _line in range(_MOST_ROWS)]
        for line in self._lines:
            rows.addLayout(line)
        self._seen = Chip(kit, tone=Tone.BAD)
        self._seen.hide()
        self._possible = ChipButton(kit, "masked_found", tone=Tone.INFO)
        self._possible.hide()
        self._possible_count = 0
        self._asks_returned = False
        self._possible.clicked.connect(self._want_completion)
        for name in ORDER:
            self._add(name, fields, settles)
        self.field("payer_account").committed.connect(self._suggest_payer_bank)
        self.field("payee_account").committed.connect(self._suggest_payee_bank)
        self.field("payee_account").committed.connect(self._keep_receipt)
        model.changed.connect(self._changed)
        model.replaced.connect(self._reread)

    @property
    def folded(self) -> bool:
        """Whether one row is shown."""
        return self._folded

    def bounds(self) -> tuple[Bound, ...]:
        """The ties of its fields, to be dropped before it goes."""
        return tuple(self._bounds.values())

    def editors(self) -> tuple[QWidget, ...]:
        """Its editors in the order of Tab."""
        return tuple(self.field(name).editor for name in ORDER)

    def field(self, name: str) -> Field:
        """The field of that name; ``KeyError`` if there is none."""
        return self._bounds[name].field

    def set_index(self, index: int) -> None:
        """Its place among the transfers, from 0; others before it may have gone."""
        self.index = index
        self._head.set_number(index + 1)
        for name, bound in self._bounds.items():
            bound.path = f"transfers.{index}.{name}"
            bound.field.editor.setObjectName(bound.path)
            bound.field.setObjectName(f"{bound.path}_field")
            bound.field.hint.setObjectName(f"{bound.path}_hint")
        self._reread()

    def set_order(self, number: str) -> None:
        """Say that a stop was ordered; empty: none was."""
        self._head.set_order(number)

    def set_seen(self, count: int) -> None:
        """In how many other cases the payee account was seen."""
        self._seen.setVisible(count > 0)
        if count:
            self._seen.set_key("intake.money.seen", count=count)

    def set_possible(self, count: int) -> None:
        """How many whole numbers the masked payee account may be."""
        self._possible_count = count
        self._show_possible()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two rows instead of one where a time would be cut."""
        super().resizeEvent(event)
        narrow = self.width() < self._kit.theme.space("intake_transfer_narrow")
        if narrow != self._narrow:
            self._narrow = narrow
            self._show_possible()
            self._place()

    def set_alone(self, *, alone: bool) -> None:
        """The only transfer is always open and cannot go."""
        self._alone = alone
        self._folded = self._folded and not alone
        self._place()

    def set_folded(self, *, folded: bool) -> None:
        """Show one row, or all."""
        if folded != self._folded:
            self._folded = folded
            self._place()

    def toggle(self) -> None:
        """Fold it, or open it."""
        self.set_folded(folded=not self._folded)
        if not self._folded:
            self.unfolded.emit(self)

    def reveal(self, name: str) -> Field:
        """The field, opened if it does not show."""
        if self._folded and name not in dict(self._rows()[0]):
            self.toggle()
        return self.field(name)

    def ask_returned(self) -> None:
        """Show the field for what came back of it, and go there."""
        self._asks_returned = True
        if self._folded:
            self.toggle()
        self._place()
        self.field("returned").setFocus()

    def cycle_certainty(self, name: str) -> None:
        """The next answer to where a field was read."""
        field = self._bounds[name].field if name in self._bounds else None
        if isinstance(field, CertainField):
            field.chip.cycle()

    def _add(self, name: str, fields: FormFields, settles: Settles) -> None:
        field = self._make(name)
        field.setParent(self)
        # Its share of the row alone decides the width.
        field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        # Rows with and without chips beside their labels keep their editors level.
        field.label.setMinimumHeight(self._kit.theme.space("chip_height"))
        settle: dict[str, Settle] = {
            "time": settles.time,
            "amount": settles.amount,
            "returned": settles.amount,
            "payer_account": settles.account,
            "payee_account": settles.account,
        }
        self._bounds[name] = fields.add(field, f"transfers.{self.index}.{name}", settle.get(name))

    def _make(self, name: str) -> Field:
        label = "amounts.transfer_returned" if name == "returned" else f"intake.money.{name}"
        if name in ("channel", "arrival"):
            return ComboField(
                self._kit, name, label, channels() if name == "channel" else arrivals()
            )
        if name == "time":
            return TextField(self._kit, name, label, placeholder_key="intake.money.time_example")
        if name not in CERTAIN:
            return TextField(self._kit, name, label, digits=name in _DIGITS)
        field = CertainField(self._kit, name, label, digits=name in _DIGITS)
        field.chip.chosen.connect(self._certainty_chosen)
        if name == "payee_account":
            field.label_row.insertWidget(1, self._seen)
            field.label_row.insertWidget(2, self._possible)
        return field

    def _suggest_payer_bank(self) -> None:
        self._suggest_bank("payer")

    def _suggest_payee_bank(self) -> None:
        self._suggest_bank("payee")

    def _suggest_bank(self, end: str) -> None:
        """The bank the card's first digits name, unless somebody typed another."""
        start = f"transfers.{self.index}.{end}"
        bank = self._bank_of(self._model.value(f"{start}_account"))
        if bank and self._model.value(f"{start}_bank") in ("", self._suggested[end]):
            self._suggested[end] = bank
            self._model.put(f"{start}_bank", bank)

    def _show_possible(self) -> None:
        """The way to the whole number, as soon as a masked one stands there."""
        masked = read_masked(self._model.value(f"transfers.{self.index}.payee_account"))
        self._possible.setVisible(masked is not None)
        name = "found" if self._possible_count else "complete"
        key = f"completion.short.{name}" if self._narrow else f"completion.long.{name}"
        self._possible.set_key(key, count=self._possible_count)

    def _keep_receipt(self) -> None:
        """What the receipt showed stays when a whole number takes its place."""
        start = f"transfers.{self.index}"
        typed = self._model.value(f"{start}.payee_account")
        if not typed.strip() or read_masked(typed):
            self._model.put(f"{start}.payee_masked", typed)

    def _want_completion(self) -> None:
        self.completion_wanted.emit(self)

    def _certainty_chosen(self) -> None:
        for name in CERTAIN:
            field = self._bounds[name].field
            said = self._model.certainty(self.index, name)
            if isinstance(field, CertainField) and field.chip.value != said:
                self._model.put_certainty(self.index, name, field.chip.value)

    def _numbers(self) -> tuple[str, str]:
        """Which number has the place in the first row, and which a row of its own (or none)."""
        channel = self._model.value(f"transfers.{self.index}.channel")
        main = "order_number" if channel in WALLETS else "serial"
        other = "serial" if main == "order_number" else "order_number"
        wanted = channel == TWO_NUMBERS or self._model.value(f"transfers.{self.index}.{other}")
        return main, other if wanted else ""

    def _rows(self) -> Rows:
        return rows_of(
            folded=self._folded,
            narrow=self._narrow,
            second_number=bool(self._numbers()[1]),
            returned=self._asks_returned
            or bool(self._model.value(f"transfers.{self.index}.returned")),
        )

    def _place(self) -> None:
        main, other = self._numbers()
        names = {"number": main, "second_number": other}
        shown = set()
        for line in self._lines:
            # Not by takeAt alone: a widget whose old item lives on is measured by that one for
            # ever.
            for bound in self._bounds.values():
                line.removeWidget(bound.field)
            while line.count():
                line.takeAt(0)
        for line, cells in zip(self._lines, self._rows(), strict=False):
            for cell, share in cells:
                name = names.get(cell, cell)
                if name:
                    line.addWidget(self._bounds[name].field, share)
                    shown.add(name)
                else:
                    line.addStretch(share)
        for name, bound in self._bounds.items():
            bound.field.setVisible(name in shown)
        self._head.set_attempted(
            attempted=bool(self._model.value(f"transfers.{self.index}.attempted"))
        )
        self._head.set_summary(self._summary() if self._folded else "")
        self._head.show_buttons(alone=self._alone, folded=self._folded)

    def _summary(self) -> str:
        values = (self._model.value(f"transfers.{self.index}.{name}") for name in CERTAIN[1:])
        return self._kit.words.text("intake.dot").join(value for value in values if value)

    def _changed(self, path: str) -> None:
        start = f"transfers.{self.index}."
        if not path.startswith(start):
            return
        if path == f"{start}channel":
            self._move_number()
        if path == f"{start}payee_account":
            self._show_possible()
        if path.startswith(f"{start}certainty"):
            self._read_certainty()
        elif path.removeprefix(start) in _PLACED or self._folded:
            self._place()

    def _move_number(self) -> None:
        """What was typed into the box for "the number" stays in it when the box changes its
        name."""
        main, other = self._numbers()
        start = f"transfers.{self.index}"
        stray = self._model.value(f"{start}.{other}") if other else ""
        channel = self._model.value(f"{start}.channel")
        if stray and channel != TWO_NUMBERS and not self._model.value(f"{start}.{main}"):
            self._model.put(f"{start}.{other}", "")
            self._model.put(f"{start}.{main}", stray)

    def _read_certainty(self) -> None:
        for name in CERTAIN:
            field = self._bounds[name].field
            if isinstance(field, CertainField):
                field.chip.set_value(self._model.certainty(self.index, name))

    def _reread(self) -> None:
        for bound in self._bounds.values():
            bound.read()
        self._read_certainty()
        self._show_possible()
        self._place()

    def _ask_removal(self) -> None:
        self.remove_wanted.emit(self)
