"""A question that wants its reason in writing before anything is done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label


class ReasonDialog(DialogFrame):
    """``given(reason)``. Its words are ``title``, ``question`` (with ``params``), ``reason`` and ``accept`` of
    catalogue group ``words``, its widgets ``{name}_dialog``, ``{name}_reason``, ``{name}_accept`` …

    ``needed``: without a reason nothing is done. ``stays``: open until whoever listens has done it, so that what was
    typed is there after a refusal.
    """

    given = Signal(str)

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
        super().__init__(kit, parent, f"{words}.title")
        self.setObjectName(f"{name}_dialog")
        self._needed = needed
        self._banner = Banner(kit, f"{name}_banner")
        self.body.addWidget(self._banner)
        sentence = Label(kit, wrap=True)
        sentence.set_key(f"{words}.question", **params)
        self.body.addWidget(sentence)
        self._reason = TextField(kit, f"{name}_reason", f"{words}.reason")
        self.body.addWidget(self._reason)
        self.add_button("shared.cancel", name=f"{name}_cancel")
        self._accept = self.add_button(
            f"{words}.accept",
            variant=Variant.DANGER if danger else Variant.PRIMARY,
            name=f"{name}_accept",
            closes=not keeps_open,
        )
        (self._accept.clicked if keeps_open else self.accepted).connect(self._give)
        self.set_default(self._accept)
        self._reason.edited.connect(self._edited)
        self._edited("")
        self._reason.setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._banner.show_error(error)

    def _edited(self, text: str) -> None:
        self._accept.setEnabled(bool(text.strip()) or not self._needed)

    def _give(self) -> None:
        self.given.emit(self._reason.value())
