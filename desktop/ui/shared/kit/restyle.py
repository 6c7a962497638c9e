"""Style properties: the hooks by which ``theme.qss`` knows a widget."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def set_look(widget: QWidget, **properties: str) -> None:
    """Set style properties (``panel``, ``ink``, ``chip``, ``ground``, ``state`` …) and have the
    style follow.

    A widget that nobody has shown or measured has no style yet and gets it with them: a window opens a tenth sooner.
    """
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()


def set_shown(widget: QWidget, *, shown: bool) -> None:
    """Show or hide ``widget``, also before it has a parent.

    Qt would show a widget without a parent as a window of its own for a moment.
    """
    if not shown:
        widget.hide()
    elif widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        widget.show()
