"""The money flow of the series that is chosen, in the place of its page while somebody looks at it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.series.series import LinkedCases, SeriesSheet
from desktop.ui.series.detail import PaneMaker


class SeriesMoney:
    """``place`` shows it above the page of the series."""

    def __init__(self, make: PaneMaker, place: QStackedWidget) -> None:
        self._make = make
        self._place = place
        self._pane: QWidget | None = None
        self._read: Callable[[], None] | None = None
        self._group: LinkedCases | None = None

    @property
    def shown(self) -> bool:
        """Whether somebody looks at it."""
        return self._pane is not None

    def open(self, sheet: SeriesSheet) -> None:
        """Show the money of all cases of a series, with the keyboard in it."""
        self._pane, self._read = self._make([case.id for case in sheet.cases])
        self._group = sheet.series.group
        self._place.addWidget(self._pane)
        self._place.setCurrentWidget(self._pane)
        self._pane.setFocus()

    def close(self) -> None:
        """Show the page of the series again."""
        if self._pane is not None:
            self._place.removeWidget(self._pane)
            self._pane.hide()
            self._pane.deleteLater()
        self._pane, self._read, self._group = None, None, None

    def dwell_times(self, group: LinkedCases | None) -> bool:
        """After a search: whether it is still the money of the chosen series. Then it is read anew, within the span of
        time and with the statements that were chosen."""
        if self._group is None or group is None or group.id != self._group.id:
            return False
        if self._read is not None and group.cases == self._group.cases:
            self._read()
        return True

    def renew(self, sheet: SeriesSheet) -> None:
        """A series that gained or lost cases has other money."""
        if self._group is not None and sheet.series.group.cases != self._group.cases:
            self.close()
            self.open(sheet)
