"""Putting an answer that waits away, with the reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.orders.answer import QueuedAnswer
from desktop.ui.centre.answer_card import trouble_text
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label


class AsideDialog(DialogFrame):
    """One line to type; ``given(text)``."""

    given = Signal(str)

    def __init__(self, kit: Kit, parent: QWidget, item: QueuedAnswer) -> None:
        super().__init__(kit, parent, "centre.answers.aside_title")
        self.setObjectName("aside_dialog")
        self._banner = Banner(kit, "aside_banner")
        self.body.addWidget(self._banner)
        why = Label(kit, ink="muted", wrap=True)
        why.set_text(trouble_text(kit, item))
        self.body.addWidget(why)
        self._field = TextField(kit, "aside_field", "centre.answers.aside_field")
        self.body.addWidget(self._field)
        note = Label(kit, "centre.answers.aside_note", role="small", ink="muted", wrap=True)
        self.body.addWidget(note)
        self.add_button("shared.cancel", name="aside_cancel")
        self._accept = self.add_button(
            "centre.answers.aside_accept",
            variant=Variant.PRIMARY,
            name="aside_accept",
            closes=False,
        )
        self._accept.clicked.connect(self._tell)
        self.set_default(self._accept)
        self._field.edited.connect(self._edited)
        self._edited("")
        self._field.setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._banner.show_error(error)

    def _edited(self, text: str) -> None:
        self._accept.setEnabled(bool(text.strip()))

    def _tell(self) -> None:
        self.given.emit(self._field.value())
