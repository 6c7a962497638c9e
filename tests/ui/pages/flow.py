"""The money of a case as a person works it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from desktop.domain.flow.flow_moves import FlowScope
from desktop.ui.flow.pane import FlowPane, ScopeDialog
from desktop.ui.shared.widgets.input.button import Button


def take_scope(pane: FlowPane, scope: FlowScope) -> None:
    """Choose the span of time in its dialog."""
    button = pane.findChild(Button, "flow_scope")
    assert button is not None
    button.click()
    (dialog,) = (
        top for top in QApplication.topLevelWidgets() if isinstance(top, ScopeDialog) and top.isVisible()
    )  # fmt: skip
    dialog.given.emit(scope)
    dialog.close()
