"""Style properties: the hooks by which ``theme.qss`` knows a widget."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def set_look(widget: QWidget, **properties: str) -> None:
    """Set style properties (``panel``, ``ink``, ``chip``, ``ground``, ``state`` …) and have the
    style follow."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()
