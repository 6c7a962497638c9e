"""What of a window can be pressed, filled in or chosen from, and the tables that say what should be.

A table has a line for each control and a column for each state of the window. A cell says ``on`` (seen, and works),
``off`` (seen, and does not) or ``-`` (not seen).
"""

from __future__ import annotations

import re

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

Column = dict[str, str]
Table = dict[str, Column]
_KINDS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
_ABSENT = "-"
_OF_DATA = re.compile(
    r"(?<=^answers\.).+|(?<=^circumstances\.).+|(?<=^type_)T\d+|(?<=^flag_).+"
    r"|(?<=^victim\.).+|(?<=^reporter\.).+|(?<=^transfers\.).+"
    r"|(?<=_)(?:[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-[A-Z]-\d{4}-[A-Z]+\d+)"
)
"""What in a name comes of facts and questions, which have tables of their own, of ids and of numbers."""


def controls(window: QWidget) -> Column:
    """Every control with a name that is seen in ``window``."""
    QApplication.processEvents()
    found: Column = {}
    for widget in window.findChildren(QWidget):
        name = _OF_DATA.sub("*", widget.objectName())
        if not isinstance(widget, _KINDS) or not name or name.startswith("qt_"):
            continue
        if widget.isVisible() and found.get(name) != "on":
            found[name] = "on" if widget.isEnabled() else "off"
    return found


def read_table(table: str) -> Table:
    """The columns of a table by their states."""
    first, *lines = [line.split() for line in table.strip().splitlines()]
    cells = {line[0]: line[1:] for line in lines if line}
    assert len(cells) == len(lines), "a control has two lines"
    assert not {len(first)} ^ {len(found) for found in cells.values()}, "a line lacks a cell"
    return {
        state: {name: found[place] for name, found in cells.items() if found[place] != _ABSENT}
        for place, state in enumerate(first)
    }


def expect_controls(window: QWidget, table: Table, state: str) -> None:
    """``window`` shows what the column of the table says, and nothing else."""
    found, column = controls(window), table[state]
    wrong = {
        name: f"{column.get(name, _ABSENT)}, and is {found.get(name, _ABSENT)}"
        for name in sorted({*column, *found})
        if column.get(name) != found.get(name)
    }
    assert wrong == {}, f"{state}: the table says"
