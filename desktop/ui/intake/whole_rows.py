"""Rows at the lower edge of what is seen of a page before anybody scrolls: whole ones, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.widgets.scroll import ScrollArea

_MOVES = frozenset({QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show})


class WholeRows(QObject):
    """Keeps the lower edge of ``area``, which scrolls ``page``, between two of the ``rows``. A row of which only the
    upper part was seen passed for the last one, and for a fault."""

    def __init__(
        self, area: ScrollArea, page: QWidget, rows: Callable[[], Sequence[QWidget]]
    ) -> None:
        super().__init__(page)
        self._area = area
        self._page = page
        self._rows = rows
        area.installEventFilter(self)
        page.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Rows have moved, or there is more or less room for them."""
        if event.type() in _MOVES:
            self._fit()
        return False

    def _fit(self) -> None:
        edge = self._area.height()
        tops = ((row, row.mapTo(self._page, QPoint(0, 0)).y()) for row in self._rows())
        cut = (top for row, top in tops if top < edge < top + row.height())
        self._area.leave_below(edge - next(cut, edge))
