"""Where the keyboard stands on a page, so that it is found again in what is built anew."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class KeyboardPlace:
    """Remembered when it is made; ``keep`` once the page was filled anew. Qt would hand the keyboard on to whatever
    comes next, where Enter means something else."""

    def __init__(self, page: QWidget) -> None:
        here = QApplication.focusWidget()
        self._page = page
        self._here = here if here is not None and page.isAncestorOf(here) else None
        self._names = _names(self._here, page) if self._here is not None else ()
        self._before = self._alike()

    def keep(self, elsewhere: QWidget) -> None:
        """To the same place; where others stand there than before, to ``elsewhere``."""
        here = self._here
        if here is None or not self._names or (isValid(here) and _names(here, self._page)):
            return
        fresh = [widget for widget in self._alike() if widget not in self._before]
        same = len(fresh) == len(self._before)
        target = fresh[self._before.index(here)] if same else elsewhere
        target.setFocus()

    def _alike(self) -> list[QWidget]:
        """Widgets of the same name within parts of the same names."""
        if not self._names:
            return []
        found = self._page.findChildren(QWidget, self._names[0])
        return [widget for widget in found if _names(widget, self._page) == self._names]


def _names(widget: QWidget, page: QWidget) -> tuple[str, ...]:
    """Its own name and those of the parts it stands in, inmost first; none where it has no name itself, or was put
    away: what was let go is deleted only later."""
    parts = []
    part: QWidget | None = widget if widget.objectName() else None
    while part is not None and part is not page:
        if part.isHidden() and part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            return ()
        parts.append(part.objectName())
        part = part.parentWidget()
    return tuple(filter(None, parts))
