"""Tab goes where the eye goes: Qt orders widgets by when they were made, and lines of a card are made anew again."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def tab_as_laid_out(content: QWidget, anchor: QWidget) -> None:
    """Tab visits what lies on ``content`` in the order of its layout, in the place where it comes to ``anchor``: one of
    them that takes the keyboard and stays while others are made anew.

    Not by ``previousInFocusChain()``, for PySide makes what that finds a child of whom it was asked. A scrolled area
    and its content were each other's child then, held by nobody else, and the collector took the page away.
    """
    before = anchor
    for widget in _laid_out(content.layout()):
        QWidget.setTabOrder(before, widget)  # nothing where both are the same
        before = widget


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
