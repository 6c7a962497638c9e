"""Shown once, at the first sign-in with a program that binds: what stood there and is followed from now on."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from desktop.ui.bound_files.file_card import BoundCard
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.label import Label


class BoundNowDialog(DialogFrame):
    """Enter and Esc close it."""

    def __init__(self, kit: Kit, parent: QWidget, texts: Mapping[str, str]) -> None:
        super().__init__(kit, parent, "bound_files.first.title", wide=True)
        self.setObjectName("bound_now_dialog")
        self.body.addWidget(Label(kit, "bound_files.first.explain", wrap=True))
        for path, text in sorted(texts.items()):
            self.body.addWidget(BoundCard(kit, path, text))
        close = self.add_button(
            "bound_files.first.close",
            variant=Variant.PRIMARY,
            name="bound_now_close",
            keys="Return",
        )
        self.set_default(close)
        close.setFocus()
