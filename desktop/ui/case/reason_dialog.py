"""Why something is done to a paper that can not be undone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label


class ReasonDialog(DialogFrame):
    """``given(reason)``; without a reason nothing is done. Words are ``papers.ask.<deed>.title`` and its like."""

    given = Signal(str)

    def __init__(
        self, kit: Kit, parent: QWidget, deed: str, title: str, *, danger: bool = False
    ) -> None:
        super().__init__(kit, parent, f"papers.ask.{deed}.title")
        self.setObjectName("reason_dialog")
        sentence = Label(kit, wrap=True)
        sentence.set_key(f"papers.ask.{deed}.question", title=title)
        self.body.addWidget(sentence)
        self._reason = TextField(kit, "paper_reason", "papers.reason")
        self.body.addWidget(self._reason)
        self.add_button("shared.cancel", name="reason_cancel")
        self._accept = self.add_button(
            f"papers.ask.{deed}.accept",
            variant=Variant.DANGER if danger else Variant.PRIMARY,
            name="reason_accept",
        )
        self._accept.setEnabled(False)
        self.set_default(self._accept)
        self._reason.edited.connect(self._edited)
        self.accepted.connect(self._tell)
        self._reason.setFocus()

    def _edited(self, text: str) -> None:
        self._accept.setEnabled(bool(text.strip()))

    def _tell(self) -> None:
        self.given.emit(self._reason.value())
