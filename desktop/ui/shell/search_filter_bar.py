"""What the search above every page can be narrowed by, in the list that drops below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.case_filter import ANY_CASE, CaseFilter
from desktop.domain.progress import Progress
from desktop.domain.time.local_time import CHINA
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.text.datetime_text import local_day
from desktop.ui.shared.text.short_names import end_of_name
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.line_edit import Combo, Option
from desktop.ui.shared.widgets.layout.card import Row

_ANY: Final = ""
_DAYS: Final = ("1", "7", "30", "365")
_WIDEST: Final = 168
"""Of a choice among names of types and stations."""


def no_units() -> Sequence[str]:
    """A desk knows its own station only."""
    return ()


@dataclass(frozen=True, slots=True)
class SearchChoices:
    """``officer``: whose cases are the own ones, "" where nobody has any; ``states`` and ``visits`` by their values;
    ``type_name``: in the language shown; ``units``: the stations there are, asked off the GUI thread."""

    officer: str = ""
    states: Sequence[str] = ()
    visits: Sequence[str] = ()
    types: Sequence[str] = ()
    type_name: Callable[[str], str] = str
    units: Callable[[], Sequence[str]] = no_units


class SearchFilterBar(QWidget):
    """``changed``: something else is chosen. ``left``: Esc or Enter, back to what is typed."""

    changed = Signal()
    left = Signal()

    def __init__(self, kit: Kit, choices: SearchChoices) -> None:
        super().__init__()
        self._kit = kit
        self._choices = choices
        self._state, self._visit, self._type = Combo(kit), Combo(kit), Combo(kit)
        self._unit, self._days = Combo(kit), Combo(kit)
        self._mine = Button(kit, "shared.search.filter.mine", name="search_mine")
        self._clear = Button(kit, "shared.search.filter.clear", name="search_clear")
        self._units: tuple[str, ...] = ()
        self._build()
        self._fill()
        kit.texts.changed.connect(self._fill)
        kit.runner.start("survey", self._ask_units, self._offer_units, self._have_none)

    def value(self) -> CaseFilter:
        """What is chosen. Today is the last of the days, which begin at midnight."""
        return CaseFilter(
            state=self._state.value(),
            type=self._type.value(),
            visit=self._visit.value(),
            officer=self._choices.officer if self._mine.isChecked() else "",
            unit=self._unit.value(),
            since=self._since(),
        )

    def stops(self) -> tuple[QWidget, ...]:
        """What the keyboard walks through, from left to right."""
        return (*self._combos().values(), self._mine, self._clear)

    def clear(self) -> None:
        """Choose nothing, without a signal."""
        for combo in self._combos().values():
            combo.set_value(_ANY)
        self._mine.blockSignals(True)
        self._mine.setChecked(False)
        self._mine.blockSignals(False)
        set_shown(self._clear, shown=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Whoever has chosen goes back to what is typed."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _since(self) -> datetime | None:
        days = self._days.value()
        if not days:
            return None
        today, _ = local_day(self._kit.ticks.now(), CHINA)
        return today - timedelta(days=int(days) - 1)

    def _combos(self) -> dict[str, Combo]:
        return {
            "state": self._state, "type": self._type, "visit": self._visit, "unit": self._unit, "days": self._days,
        }  # fmt: skip

    def _build(self) -> None:
        texts, row = self._kit.texts, Row(self._kit, self, gap="space_xs")
        for name, combo in self._combos().items():
            combo.setObjectName(f"search_{name}")
            combo.setMaximumWidth(_WIDEST)
            texts.bind(combo.setAccessibleName, f"shared.search.filter.{name}")
            combo.currentIndexChanged.connect(self._tell)
            row.addWidget(combo)
        self._mine.setCheckable(True)
        self._mine.toggled.connect(self._tell)
        set_shown(self._mine, shown=bool(self._choices.officer))
        self._clear.clicked.connect(self._clear_and_tell)
        place = self._clear.sizePolicy()
        place.setRetainSizeWhenHidden(True)  # the list does not move when something is chosen
        self._clear.setSizePolicy(place)
        set_shown(self._clear, shown=False)
        row.addWidget(self._mine)
        row.addStretch(1)
        row.addWidget(self._clear)

    def _fill(self) -> None:
        """Once more where names are in another language now; what is chosen stays."""
        key = "shared.search.filter"
        types = sorted((self._choices.type_name(code), code) for code in self._choices.types)
        options = {
            "state": [Option(one, key=f"board.state.{one}") for one in self._choices.states],
            "type": [Option(code, text=name) for name, code in types],
            "visit": [Option(one, key=f"visits.kind.{one}") for one in self._choices.visits],
            "unit": [Option(name, text=end_of_name(name)) for name in self._units],
            "days": [Option(days, key=f"{key}.days_{days}") for days in _DAYS],
        }
        for name, combo in self._combos().items():
            chosen = combo.value()
            combo.set_options((Option(_ANY, key=f"{key}.every_{name}"), *options[name]))
            combo.set_value(chosen)
            view = combo.view()  # names of types are longer than their place
            view.setMinimumWidth(view.sizeHintForColumn(0) + self._kit.theme.space("space_l"))
        for place, name in enumerate(self._units, 1):
            self._unit.setItemData(place, name, Qt.ItemDataRole.ToolTipRole)
        set_shown(self._unit, shown=len(self._units) > 1)

    def _ask_units(self, _progress: Progress) -> tuple[str, ...]:
        return tuple(self._choices.units())

    def _offer_units(self, units: tuple[str, ...]) -> None:
        if units:
            self._units = units
            self._fill()

    def _have_none(self, _error: Exception) -> None:
        """All others can be chosen still."""

    def _clear_and_tell(self) -> None:
        self.clear()
        self.left.emit()
        self.changed.emit()

    def _tell(self) -> None:
        set_shown(self._clear, shown=self.value() != ANY_CASE)
        self._unit.setToolTip(self._unit.value())
        self.changed.emit()
