"""A question that wants its reason in writing before anything is done."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.ui.shared.dialogs.form_dialog import FilledForm, Form, FormDialog, FormText, Input
from desktop.ui.shared.kit.kit import Kit


class ReasonDialog(FormDialog):
    """``given(reason)``. Its words are ``title``, ``question`` (with ``params``), ``reason`` and ``accept`` of
    catalogue group ``words``, its widgets ``{name}_dialog``, ``{name}_reason``, ``{name}_accept`` …

    ``needed``: without a reason nothing is done. ``keeps_open``: until whoever listens has done it, so that what was
    typed is there after a refusal.
    """

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        words: str,
        name: str,
        *,
        danger: bool = False,
        needed: bool = True,
        keeps_open: bool = False,
        **params: str | int,
    ) -> None:
        rows = (
            FormText(f"{words}.question", ink="", params=params),
            Input("reason", f"{words}.reason", needed=needed),
        )
        form = Form(
            name, f"{words}.title", f"{words}.accept", rows, danger=danger, closes=not keeps_open
        )
        super().__init__(kit, parent, form)

    def outcome(self, filled: FilledForm) -> str:
        """The reason."""
        return filled["reason"]
