"""Shown once, at the first sign-in with a program that binds: what stood there and is followed from now on."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from desktop.ui.bound_files.file_card import BoundCard
from desktop.ui.shared.dialogs.form_dialog import Form, FormDialog, FormText
from desktop.ui.shared.kit.kit import Kit


class BoundNowDialog(FormDialog):
    """Enter and Esc close it."""

    def __init__(self, kit: Kit, parent: QWidget, texts: Mapping[str, str]) -> None:
        cards = (BoundCard(kit, path, text) for path, text in sorted(texts.items()))
        form = Form(
            "bound_now", "bound_files.first.title", "bound_files.first.close",
            (FormText("bound_files.first.explain", ink=""), *cards), width="dialog_width_wide",
            closes=True, back="", accept_name="close", keys="Return",
        )  # fmt: skip
        super().__init__(kit, parent, form)
