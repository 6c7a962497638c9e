"""Asks how and where the register of cases is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.ids import CaseId
from desktop.services.read_register import RegisterWish
from desktop.ui.shared.dialogs.form_dialog import (
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    tick,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.file_chooser import choose_folder

_WHOLE: Final = "whole"


def ask_register(
    kit: Kit, parent: QWidget, cases: tuple[CaseId, ...], chosen: Callable[[RegisterWish], None]
) -> FormDialog:
    """Ask for the folder, and whether personal numbers are to stand in full."""
    about = FormText("statistics.register_dialog.about", params={"count": len(cases)})
    rows = (about, Input(_WHOLE, "statistics.register_dialog.whole", tick))
    form = Form(
        "register", "statistics.register_dialog.title", "statistics.register_dialog.accept", rows, closes=True
    )  # fmt: skip

    def choose(filled: FilledForm) -> None:
        def give(folders: tuple[Path, ...]) -> None:
            chosen(RegisterWish(cases, folders[0], filled.ticked(_WHOLE)))

        choose_folder(kit, parent, "statistics.register_dialog.folder", give)

    dialog = FormDialog(kit, parent, form)
    dialog.given.connect(choose)
    dialog.open()
    return dialog
