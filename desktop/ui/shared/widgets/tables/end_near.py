"""When the end of a list comes into sight, so that more of it is read before it is reached."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QAbstractItemView

_PAGES_AHEAD = 2


def tell_of_end(view: QAbstractItemView, near: SignalInstance) -> None:
    """Emit ``near`` whenever the view is scrolled to less than two heights of it before its end."""
    view.verticalScrollBar().valueChanged.connect(partial(_look, view, near))


def _look(view: QAbstractItemView, near: SignalInstance, value: int) -> None:
    bar = view.verticalScrollBar()
    if bar.maximum() - value < _PAGES_AHEAD * bar.pageStep():
        near.emit()
