"""What stands in a window, whatever part of it says it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from desktop.ui.shared.widgets.texts.label import ElidedLabel


def words_in(window: QWidget) -> list[tuple[str, ...]]:
    """Of each visible part its name, what a screen reader says, its words, and its tip unless it repeats them for want
    of room; in the order they were made."""
    said = [
        (part.objectName(), part.accessibleName(), *(words := _words(part)), _tip(part, words))
        for part in window.findChildren(QWidget)
        if part.isVisibleTo(window)
    ]
    return [words for words in said if any(words[1:])]


def _tip(part: QWidget, words: list[str]) -> str:
    return part.toolTip() if part.toolTip() not in words else ""


def _words(part: QWidget) -> list[str]:
    if isinstance(part, ElidedLabel):
        return [part.whole_text()]
    if isinstance(part, QLabel | QAbstractButton):
        return [part.text()]
    if isinstance(part, QComboBox):
        return [part.itemText(place) for place in range(part.count())]
    if isinstance(part, QLineEdit):
        return [part.text(), part.placeholderText()]
    model = part.model() if isinstance(part, QAbstractItemView) else None
    return _cells(model) if model is not None else []


def _cells(model: QAbstractItemModel) -> list[str]:
    columns = columns_of(model)
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in columns]
    rows = range(model.rowCount())
    cells = [model.index(row, column).data() for row in rows for column in columns]
    return [str(cell) for cell in (*heads, *cells) if cell is not None]


def columns_of(model: QAbstractItemModel) -> range:
    """The columns of a table, and the one of a list."""
    return range(1 if isinstance(model, QAbstractListModel) else model.columnCount())
