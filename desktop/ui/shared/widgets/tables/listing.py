"""A list of records: the table with its rows at hand, and what stands in its place while there are none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.tables.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table
from desktop.ui.shared.widgets.texts.label import Label

T = TypeVar("T")


class Listing(Table[T], Generic[T]):
    """``title_key`` names it for screen readers; ``widths`` and ``whole`` as :meth:`Table.set_widths`, where the first
    column that is in neither takes the room that is left."""

    def __init__(
        self,
        kit: Kit,
        name: str,
        title_key: str,
        columns: Sequence[TableColumn[T]],
        key: Callable[[T], Hashable],
        widths: Mapping[str, int],
        whole: Collection[str] = (),
    ) -> None:
        self.rows = RowsModel[T](kit, columns, key)
        super().__init__(kit, self.rows, name)
        self.rows.setParent(self)
        stretch = next(item.name for item in columns if item.name not in {*widths, *whole})
        self.set_widths(widths, stretch=stretch, whole=whole)
        kit.texts.bind(self.setAccessibleName, title_key)

    def show_rows(self, rows: Sequence[T], *, choose: bool = False) -> None:
        """Show ``rows``. Who is chosen stays chosen, and in sight if it was, wherever the order puts it now. What was
        scrolled to stays in its place, while it is there and the rows come in the same order. ``choose``: where nothing
        is chosen, the first is."""
        top, chosen = self.rowAt(0), self.currentIndex()
        before = self._keys() if top > 0 else []
        followed = chosen.isValid() and self.in_sight(chosen)
        self.rows.set_rows(rows)
        if followed and self.currentIndex().row() != chosen.row():
            self.show_chosen()
        place = self.rows.row_of(before[top]) if top > 0 else -1
        if place >= 0 and _same_order(before, self._keys()):
            hint = QAbstractItemView.ScrollHint.PositionAtTop
            self.scrollTo(self.rows.index(place, 0), hint)
        if choose and rows and self.selected() is None:
            self.select_key(self.rows.key_of(rows[0]))

    def show_chosen(self) -> None:
        """Scroll to the row that is chosen, after the rows changed in this turn too."""
        self.executeDelayedItemsLayout()
        self.scrollTo(self.currentIndex())

    def _keys(self) -> list[Hashable]:
        return [self.rows.key_of(row) for row in self.rows.rows]


def _same_order(before: Sequence[Hashable], now: Sequence[Hashable]) -> bool:
    """Of what stands in both."""
    old, new = set(before), set(now)
    return [key for key in before if key in new] == [key for key in now if key in old]


class ListOrEmpty(QStackedWidget):
    """``content`` with the list, and ``empty`` in its place once it is known that there is nothing to list. It follows
    the rows by itself."""

    def __init__(self, content: QWidget, empty: QWidget, model: RowsModel[T]) -> None:
        super().__init__()
        self._model = model
        self.addWidget(content)
        self.addWidget(empty)
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            changed.connect(self.turn)

    def turn(self) -> None:
        """Show what there is."""
        self.setCurrentIndex(0 if self._model.rowCount() else 1)


def nothing_listed(kit: Kit, key: str, *, middle: bool = False) -> Label:
    """Words in the place of a small list: at its top, or in its middle."""
    words = Label(kit, key, ink="muted", wrap=True)
    words.setAlignment(Qt.AlignmentFlag.AlignCenter if middle else Qt.AlignmentFlag.AlignTop)
    return words
