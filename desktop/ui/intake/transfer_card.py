"""One transfer: three rows while it is worked on, one row while it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence_place import place_from_text
from desktop.domain.identifiers.masked_number import read_masked
from desktop.ui.intake.certainty import CertainField
from desktop.ui.intake.form_fields import Bound, FormFields
from desktop.ui.intake.form_model import FormModel
from desktop.ui.intake.settle import Settles
from desktop.ui.intake.transfer_fields import CERTAIN, ORDER, make_field, settle_of
from desktop.ui.intake.transfer_head import TransferHead
from desktop.ui.intake.transfer_rows import Rows, rows_of
from desktop.ui.intake.transfer_upkeep import TransferUpkeep
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.chip_button import ChipButton
from desktop.ui.shared.widgets.field import Field
from desktop.ui.shared.widgets.label import Chip

_PLACED: Final = ("channel", "serial", "order_number", "attempted", "returned", "origin")
"""Facts that decide what stands where."""
_OF_A_CARD: Final = ("payer_account", "payer_bank", "payee_account", "payee_bank")
_MOST_ROWS: Final = 7


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
        self._kit = kit
        self._model = model
        self._upkeep = TransferUpkeep(model, bank_of)
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
        self.field("payer_account").committed.connect(self._upkeep.suggest_payer_bank)
        self.field("payee_account").committed.connect(self._upkeep.suggest_payee_bank)
        self.field("payee_account").committed.connect(self._upkeep.keep_receipt)
        model.changed.connect(self._changed)
        model.replaced.connect(self._reread)

    @property
    def index(self) -> int:
        """Its place among the transfers, from 0."""
        return self._upkeep.index

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
        self._upkeep.index = index
        self._head.set_number(index + 1)
        for name, bound in self._bounds.items():
            bound.path = f"transfers.{index}.{name}"
            bound.field.editor.setObjectName(bound.path)
            bound.field.setObjectName(f"{bound.path}_field")
            bound.field.hint.setObjectName(f"{bound.path}_hint")
        self._reread()

    def set_order(self, number: str, *, at_odds: bool) -> None:
        """Say that a stop was ordered; empty: none was. ``at_odds``: it says something else than the case."""
        self._head.set_order(number, at_odds=at_odds)

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
        field = make_field(self._kit, name)
        field.setParent(self)
        if isinstance(field, CertainField):
            field.chip.chosen.connect(self._certainty_chosen)
            if name == "payee_account":
                field.label_row.insertWidget(1, self._seen)
                field.label_row.insertWidget(2, self._possible)
        path = f"transfers.{self.index}.{name}"
        self._bounds[name] = fields.add(field, path, settle_of(name, settles))

    def _show_possible(self) -> None:
        """The way to the whole number, as soon as a masked one stands there."""
        masked = read_masked(self._upkeep.value("payee_account"))
        self._possible.setVisible(masked is not None)
        name = "found" if self._possible_count else "complete"
        key = f"completion.short.{name}" if self._narrow else f"completion.long.{name}"
        self._possible.set_key(key, count=self._possible_count)

    def _want_completion(self) -> None:
        self.completion_wanted.emit(self)

    def _certainty_chosen(self) -> None:
        for name in CERTAIN:
            field = self._bounds[name].field
            said = self._model.certainty(self.index, name)
            if isinstance(field, CertainField) and field.chip.value != said:
                self._model.put_certainty(self.index, name, field.chip.value)

    def _rows(self) -> Rows:
        return rows_of(
            folded=self._folded,
            narrow=self._narrow,
            second_number=bool(self._upkeep.numbers()[1]),
            returned=self._asks_returned or bool(self._upkeep.value("returned")),
        )

    def _place(self) -> None:
        main, other = self._upkeep.numbers()
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
        self._head.set_attempted(attempted=bool(self._upkeep.value("attempted")))
        self._head.set_origin(place_from_text(self._upkeep.value("origin")))
        self._head.set_summary(self._summary() if self._folded else "")
        self._head.show_buttons(alone=self._alone, folded=self._folded)

    def _summary(self) -> str:
        values = (self._upkeep.value(name) for name in CERTAIN[1:])
        return self._kit.words.text("intake.dot").join(value for value in values if value)

    def _changed(self, path: str) -> None:
        start = f"transfers.{self.index}."
        if not path.startswith(start):
            return
        if path == f"{start}channel":
            self._upkeep.move_number()
        if path == f"{start}payee_account":
            self._show_possible()
        if path.removeprefix(start) in _OF_A_CARD:
            self._upkeep.follow()
        if path.startswith(f"{start}certainty"):
            self._read_certainty()
        elif path.removeprefix(start) in _PLACED or self._folded:
            self._place()

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
        self._upkeep.follow()
        self._place()

    def _ask_removal(self) -> None:
        self.remove_wanted.emit(self)
