"""The bar above a list of orders: which of them are shown, and in what order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.orders.order_words import words_in
from desktop.domain.law.urgency import Pressure
from desktop.domain.orders.order import OrderKind, OrderState
from desktop.domain.orders.sending.way_orders import name_key
from desktop.services.orders.page_orders import OrdersAsked
from desktop.services.ports import ANY_ORDER, OrderChoices, OrdersBy, OrdersOnly
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.text.short_names import beginning_of_name, end_of_name
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.line_edit import Combo, LineEdit, Option
from desktop.ui.shared.widgets.layout.card import Row

_ANY: Final = ""
_PRESSURES: Final = {
    "savable": frozenset({Pressure.SAVABLE}),
    "running": frozenset({Pressure.RUNNING}),
    "missed": frozenset({Pressure.MISSED}),
    "overdue": frozenset({Pressure.OVERDUE}),
    "unanswered": frozenset({Pressure.UNANSWERED}),
}
_SORTS: Final = (OrdersBy.URGENT, OrdersBy.NEWEST, OrdersBy.AMOUNT)
_WIDEST: Final = 176
"""Of a choice among names of institutions."""


class OrderFilterBar(QWidget):
    """``changed``: something else is asked for. ``left``: Esc in the empty text, back to the list. ``officer``: whose
    orders are offered as his own, "" at a centre; ``whole``: states and the order of the list are chosen here too."""

    changed = Signal()
    left = Signal()

    def __init__(self, kit: Kit, name: str, officer: str, *, whole: bool) -> None:
        super().__init__()
        self._kit = kit
        self._officer = officer
        self.text = LineEdit(kit)
        self.state, self.kind, self.receiver = Combo(kit), Combo(kit), Combo(kit)
        self.unit, self.pressure, self.sort = Combo(kit), Combo(kit), Combo(kit)
        self.mine = Button(kit, "orders.filter.mine", name=f"{name}_mine")
        self._choices = OrderChoices()
        self._build(name, whole=whole)
        self._offer()
        self._connect()

    def value(self) -> OrdersAsked:
        """What the person wants to see."""
        state, kind = self.state.value(), self.kind.value()
        only = OrdersOnly(
            state=OrderState(state) if state else None,
            kind=OrderKind(kind) if kind else None,
            receiver=self.receiver.value(),
            unit=self.unit.value(),
            officer=self._officer if self.mine.isChecked() else "",
            pressures=_PRESSURES.get(self.pressure.value(), frozenset()),
            words=words_in(self.text.text()),
        )
        return OrdersAsked(only, OrdersBy(self.sort.value() or OrdersBy.URGENT))

    @property
    def chooses(self) -> bool:
        """Whether anything is left out."""
        return self.value().only != ANY_ORDER

    def offer(self, choices: OrderChoices) -> None:
        """Offer what occurs; what is chosen stays while it is among it."""
        if choices != self._choices:
            self._choices = choices
            self._offer()

    def clear(self) -> None:
        """Show everything."""
        self.blockSignals(True)  # one wish, whatever was chosen
        for combo in self._combos():
            combo.set_value(_ANY)
        self.mine.setChecked(False)
        self.text.clear()
        self.blockSignals(False)
        self._tell()

    def take_keyboard(self) -> None:
        """Give the keyboard to what is typed."""
        self.text.setFocus()
        self.text.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the text clears it; once more leaves it, and so does Down."""
        if not self.text.hasFocus():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape and self.text.text():
            self.text.clear()
        elif event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Down}:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _combos(self) -> Sequence[Combo]:
        return self.state, self.kind, self.receiver, self.unit, self.pressure

    def _offer(self) -> None:
        found = self._choices
        states = [OrderState(one) for one in _with(found.states, self.state.value())]
        self._fill(self.state, "state", [Option(one, key=f"orders.filter.{one}") for one in states])
        kinds = _with(found.kinds, self.kind.value())
        offered = [Option(kind, key=name_key(kind)) for kind in OrderKind if kind in kinds]
        self._fill(self.kind, "kind", offered)
        units = _with(found.units, self.unit.value())
        banks = _with(found.receivers, self.receiver.value())
        self._fill_names(self.receiver, "receiver", banks, beginning_of_name)
        self._fill_names(self.unit, "unit", units, end_of_name)
        set_shown(self.unit, shown=len(units) > 1)

    def _fill(self, combo: Combo, name: str, options: Sequence[Option]) -> None:
        chosen = combo.value()
        combo.set_options((Option(_ANY, key=f"orders.filter.every_{name}"), *options))
        combo.set_value(chosen)

    def _fill_names(
        self, combo: Combo, name: str, names: Sequence[str], short: Callable[[str], str]
    ) -> None:
        """Names that may be longer than their place are whole where they are pointed at."""
        self._fill(combo, name, [Option(one, text=short(one)) for one in names])
        for place, one in enumerate(names, 1):
            combo.setItemData(place, one, Qt.ItemDataRole.ToolTipRole)

    def _build(self, name: str, *, whole: bool) -> None:
        texts, row = self._kit.texts, Row(self._kit, self)
        row.setContentsMargins(0, 0, 0, 0)
        self.text.setObjectName(f"{name}_find")
        self.text.setClearButtonEnabled(True)
        texts.bind(self.text.setPlaceholderText, "orders.filter.text")
        texts.bind(self.text.setAccessibleName, "orders.filter.text")
        row.addWidget(self.text, 1)
        for part, combo in (
            ("state", self.state), ("kind", self.kind), ("receiver", self.receiver), ("unit", self.unit),
            ("pressure", self.pressure),
        ):  # fmt: skip
            combo.setObjectName(f"{name}_{part}")
            combo.setMaximumWidth(_WIDEST)
            texts.bind(combo.setAccessibleName, f"orders.filter.{part}")
            row.addWidget(combo)
        set_shown(self.state, shown=whole)
        self._fill(
            self.pressure,
            "pressure",
            [Option(one, key=f"orders.filter.{one}") for one in _PRESSURES],
        )
        self.mine.setCheckable(True)
        set_shown(self.mine, shown=bool(self._officer))
        self.sort.setObjectName(f"{name}_sort")
        texts.bind(self.sort.setAccessibleName, "orders.filter.sort")
        self.sort.set_options([Option(by.value, key=f"orders.filter.{by.value}") for by in _SORTS])
        set_shown(self.sort, shown=whole)
        row.addWidget(self.mine)
        row.addWidget(self.sort)

    def _connect(self) -> None:
        self.text.textChanged.connect(self._tell)
        self.mine.toggled.connect(self._tell)
        for combo in (*self._combos(), self.sort):
            combo.currentIndexChanged.connect(self._tell)

    def _tell(self) -> None:
        for combo in (self.receiver, self.unit):
            combo.setToolTip(combo.value())
        self.changed.emit()


def _with(names: Iterable[str], chosen: str) -> tuple[str, ...]:
    """What a person chose does not fall away by itself when nothing of it is there any more."""
    found = tuple(names)
    return found if not chosen or chosen in found else (*found, chosen)
