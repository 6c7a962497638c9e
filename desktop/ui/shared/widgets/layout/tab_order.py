"""Tab goes where the eye goes: Qt orders widgets by when they were made, and lines of a card are made anew again."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def tab_as_laid_out(content: QWidget) -> None:
    """Tab visits what lies on ``content`` in the order of its layout, after whatever it visits before it."""
    before = _before(content)
    for widget in _laid_out(content.layout()):
        if before is not None:
            QWidget.setTabOrder(before, widget)
        before = widget


def _before(content: QWidget) -> QWidget | None:
    """What Tab visits last before it comes to ``content``; None for nothing."""
    found: QWidget | None = content.previousInFocusChain()
    while found is not None and found is not content:
        if _takes_tab(found) and not content.isAncestorOf(found):
            return found
        found = found.previousInFocusChain()
    return None


def _laid_out(layout: QLayout | None) -> Iterator[QWidget]:
    """Widgets that take the keyboard, each before what lies on it."""
    for place in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(place) if layout is not None else None
        widget = item.widget() if item is not None else None
        if widget is not None:
            if _takes_tab(widget):
                yield widget
            yield from _laid_out(widget.layout())
        elif item is not None:
            yield from _laid_out(item.layout())


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
