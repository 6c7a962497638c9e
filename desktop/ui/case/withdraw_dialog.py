"""Why a step that was recorded by mistake counts no more."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.step import Step
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label


class WithdrawDialog(DialogFrame):
    """``typed(Step, reason)``; without a reason nothing is taken back."""

    typed = Signal(object, str)

    def __init__(self, kit: Kit, parent: QWidget, step: Step) -> None:
        super().__init__(kit, parent, "steps.withdraw.title")
        self.setObjectName("withdraw_dialog")
        self._step = step
        self._banner = Banner(kit, "withdraw_banner")
        self.body.addWidget(self._banner)
        sentence = Label(kit, wrap=True)
        sentence.set_key(
            "steps.withdraw.question", step=kit.words.text(f"steps.kind.{step.kind.value}")
        )
        self.body.addWidget(sentence)
        self._reason = TextField(kit, "withdraw_reason", "steps.withdraw.reason")
        self.body.addWidget(self._reason)
        self.add_button("shared.cancel", name="withdraw_cancel")
        self._accept = self.add_button(
            "steps.withdraw.accept", variant=Variant.DANGER, name="withdraw_accept", closes=False
        )
        self._accept.setEnabled(False)
        self.set_default(self._accept)
        self._reason.edited.connect(self._edited)
        self._accept.clicked.connect(self._tell)
        self._reason.setFocus()

    def _edited(self, text: str) -> None:
        self._accept.setEnabled(bool(text.strip()))

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._banner.show_error(error)

    def _tell(self) -> None:
        self.typed.emit(self._step, self._reason.value())
