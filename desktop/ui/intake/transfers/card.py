"""One transfer: three rows while it is worked on, one row while it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.payments.way import WayKind
from desktop.domain.evidence.place import place_from_text
from desktop.domain.identifiers.money.masked_number import read_masked
from desktop.ui.intake.form.certainty import CertainField
from desktop.ui.intake.form.form_fields import Bound, FormFields
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.form.settle import Settles
from desktop.ui.intake.transfers.completion import TransferUpkeep
from desktop.ui.intake.transfers.rows import (
    CERTAIN,
    ORDER,
    Rows,
    TransferHead,
    TransferLines,
    label_of,
    make_field,
    named,
    rows_of,
    settle_of,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.chip_button import ChipButton
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import ComboField
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.texts.label import Chip, Label

_PLACED: Final = (
    "channel",
    "serial",
    "order_number",
    "attempted",
    "returned",
    "origin",
    "way_kind",
)
"""Facts that decide what stands where."""
_NOTED: Final = frozenset(
    {WayKind.COIN, WayKind.CASH, WayKind.VOUCHER, WayKind.ECNY, WayKind.CROSS_BORDER}
)
"""Ways of which it is said what cannot be stopped and what helps instead."""
_OF_A_CARD: Final = ("payer_account", "payer_bank", "payee_account", "payee_bank")


def _way_note(kit: Kit) -> Label:
    note = Label(kit, role="hint", ink="amber", wrap=True)
    note.setObjectName("transfer_way_note")
    note.hide()
    return note


def _coin_offer(kit: Kit) -> ChipButton:
    chip = ChipButton(kit, "coin_offered", tone=Tone.WARN)
    chip.set_key("ways.offer.coin")
    return chip


class TransferCard(QWidget):
    """Fields of ``transfers.<index>``, each made when it is first shown: most of hundreds stay folded. The signals
    carry the card itself."""

    remove_wanted = Signal(object)
    unfolded = Signal(object)
    grown = Signal()
    """It has more editors than before."""
    completion_wanted = Signal(object)

    def __init__(
        self,
        kit: Kit,
        model: FormModel,
        fields: FormFields,
        settles: Settles,
        bank_of: Callable[[str], str],
        *,
        folded: bool = False,
    ) -> None:
        super().__init__()
        self._kit = kit
        self._model = model
        self._fields = fields
        self._settles = settles
        self._upkeep = TransferUpkeep(model, bank_of)
        self._id = ""
        self._folded = folded
        self._alone = True
        self._narrow = False
        self._placed: tuple[object, ...] = ()
        self._bounds: dict[str, Bound] = {}
        self._head = TransferHead(kit)
        self._head.fold.clicked.connect(self.toggle)
        self._head.unfold.clicked.connect(self.toggle)
        self._head.remove.clicked.connect(self._ask_removal)
        self._head.way.clicked.connect(self.ask_way)
        column = Column(kit, self, gap="space_xs")
        column.addWidget(self._head)
        self._note = _way_note(kit)
        column.addWidget(self._note)
        self._lines = TransferLines(kit)
        column.addLayout(self._lines)
        self._elsewhere = Chip(kit, tone=Tone.BAD)
        self._possible = ChipButton(kit, "masked_found", tone=Tone.INFO)
        self._coin = _coin_offer(kit)
        self._coin.clicked.connect(self.ask_way)
        for chip in (self._elsewhere, self._possible, self._coin):
            chip.setParent(self)
            chip.hide()
        self._possible_count = 0
        self._asks_returned = self._asks_way = False
        self._labels = ""
        self._possible.clicked.connect(self._want_completion)

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
        return tuple(self._bounds[name].field.editor for name in ORDER if name in self._bounds)

    def field(self, name: str) -> Field:
        """The field of that name; ``KeyError`` if there is none."""
        if name not in ORDER:
            raise KeyError(name)
        if name not in self._bounds:
            self._add(name)
        return self._bounds[name].field

    def set_transfer(self, index: int, transfer: str) -> None:
        """Show the transfer ``transfer`` at the place ``index``, from 0; others before it may have gone."""
        if (index, transfer) == (self.index, self._id):
            return
        self._id, self._upkeep.index = transfer, index
        self._head.set_number(index + 1)
        for name, bound in self._bounds.items():
            self._fields.move(bound, self._path(name))
            self._name(bound)
        self.reread()

    def reread(self) -> None:
        """Everything may have changed."""
        for bound in self._bounds.values():
            bound.read()
        self._read_certainty()
        self._show_possible()
        self._upkeep.follow()
        self._place()

    def changed(self, path: str) -> None:
        """One of its facts has another text."""
        name = path.removeprefix(self._path(""))
        if name == "channel":
            self._upkeep.move_number()
        if name == "payee_account":
            self._show_possible()
            self._show_coin()
        if name in _OF_A_CARD:
            self._upkeep.follow()
        if name.startswith("certainty"):
            self._read_certainty()
        elif name in _PLACED or name.startswith("way_") or (self._folded and name in CERTAIN):
            self._place()

    def set_order(self, number: str, *, mismatches: bool) -> None:
        """Say that a stop was ordered; empty: none was. ``mismatches``: it says something else than the case."""
        self._head.set_order(number, mismatches=mismatches)

    def set_appearances(self, count: int) -> None:
        """In how many other cases the payee account was seen."""
        self._elsewhere.setVisible(count > 0)
        if count:
            self._elsewhere.set_key("intake.money.seen", count=count)

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
        if alone == self._alone:
            return
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

    def ask_way(self) -> None:
        """Make a coin of what has a chain's address for an account, in one step; else show the ways to choose from, and
        go there."""
        if self._upkeep.make_coin():
            self.reveal("payee_bank").setFocus()
            return
        self._asks_way = True
        if self._folded:
            self.toggle()
        self._place()
        field = self.field("way_kind")
        field.setFocus()
        if isinstance(field, ComboField):
            field.combo.showPopup()

    def cycle_certainty(self, name: str) -> None:
        """The next answer to where a field was read."""
        field = self._made(name)
        if isinstance(field, CertainField):
            field.chip.cycle()

    def _made(self, name: str) -> Field | None:
        return self._bounds[name].field if name in self._bounds else None

    def _path(self, name: str) -> str:
        return f"transfers.{self.index}.{name}"

    def _add(self, name: str) -> None:
        field = make_field(self._kit, name)
        field.setParent(self)
        field.hide()
        if isinstance(field, CertainField):
            field.chip.chosen.connect(self._certainty_chosen)
            if name == "payee_account":
                field.label_row.insertWidget(1, self._elsewhere)
                field.label_row.insertWidget(2, self._possible)
                field.label_row.insertWidget(3, self._coin)
        field.set_label(label_of(name, self._labels))
        bound = self._fields.add(field, self._path(name), settle_of(name, self._settles))
        self._bounds[name] = bound
        self._name(bound)
        self._upkeep.attend(name, field)
        self._read_certainty()
        self.grown.emit()

    def _name(self, bound: Bound) -> None:
        bound.field.editor.setObjectName(bound.path)
        bound.field.setObjectName(f"{bound.path}_field")
        bound.field.hint.setObjectName(f"{bound.path}_hint")

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
            field = self._made(name)
            certainty = self._model.certainty(self.index, name)
            if isinstance(field, CertainField) and field.chip.value != certainty:
                self._model.put_certainty(self.index, name, field.chip.value)

    def _rows(self) -> Rows:
        return rows_of(
            folded=self._folded,
            narrow=self._narrow,
            second_number=bool(self._upkeep.numbers()[1]),
            returned=self._asks_returned or bool(self._upkeep.value("returned")),
            way=self._upkeep.value("way_kind"),
            asked=self._asks_way,
            filled=lambda name: bool(self._upkeep.value(name)),
        )

    def _place(self) -> None:
        rows, main, other = self._rows(), *self._upkeep.numbers()
        if (rows, main, other) != self._placed:
            self._placed = rows, main, other
            lines = named(rows, {"number": main, "second_number": other})
            made = {name: self.field(name) for cells in lines for name, _ in cells if name}
            self._lines.lay_out(lines, made, [bound.field for bound in self._bounds.values()])
        self._show_way()
        self._head.set_attempted(attempted=bool(self._upkeep.value("attempted")))
        self._head.set_origin(place_from_text(self._upkeep.value("origin")))
        self._head.set_summary(self._summary() if self._folded else "")
        self._head.show_buttons(alone=self._alone, folded=self._folded)

    def _show_way(self) -> None:
        """What the way calls its fields, and what helps in it."""
        way = self._upkeep.value("way_kind")
        if way != self._labels:
            self._labels = way
            for name, bound in self._bounds.items():
                bound.field.set_label(label_of(name, way))
        self._head.set_way(way)
        self._note.setVisible(way in _NOTED and not self._folded)
        if way in _NOTED:
            self._note.set_key(f"ways.note.{way}")
        self._show_coin()

    def _show_coin(self) -> None:
        self._coin.setVisible(self._upkeep.is_coin_unsaid)

    def _summary(self) -> str:
        values = (self._upkeep.value(name) for name in CERTAIN[1:])
        return self._kit.texts.text("intake.dot").join(value for value in values if value)

    def _read_certainty(self) -> None:
        for name in CERTAIN:
            field = self._made(name)
            if isinstance(field, CertainField):
                field.chip.set_value(self._model.certainty(self.index, name))

    def _ask_removal(self) -> None:
        self.remove_wanted.emit(self)
