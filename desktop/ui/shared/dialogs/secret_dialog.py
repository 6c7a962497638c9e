"""Asks for a secret that opens a file. It is used once and kept nowhere; none is ever guessed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.ui.shared.dialogs.form_dialog import (
    SECRET,
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
)
from desktop.ui.shared.kit.kit import Kit


class SecretDialog(FormDialog):
    """``given(secret)``, exactly as typed. Below the key ``words`` stand ``title``, ``text`` with the file's ``name``,
    ``label`` and ``go``."""

    def __init__(
        self, kit: Kit, parent: QWidget, words: str, name: str, file: str, *, closes: bool = True
    ) -> None:
        """``name``: what its parts are called, after ``file_password`` as an example. ``closes``: once it has given;
        else it gives nothing more until there is an answer."""
        rows = (
            FormText(f"{words}.text", ink="", params={"name": file}),
            Input("", f"{words}.label", SECRET, needed=True),
        )
        form = Form(
            name,
            f"{words}.title",
            f"{words}.go",
            rows,
            closes=closes,
            waits=not closes,
            accept_name="go",
        )
        super().__init__(kit, parent, form)

    def outcome(self, filled: FilledForm) -> str:
        """The secret."""
        return filled[""]
