"""Why a case does not belong to a series, or a word to the stations with a proposal."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label


class SeriesDialog(DialogFrame):
    """``given(text)``. Words are ``series.ask.<deed>.…``; ``needed``: without a text nothing is done."""

    given = Signal(str)

    def __init__(
        self, kit: Kit, parent: QWidget, deed: str, *, needed: bool, **params: str | int
    ) -> None:
        super().__init__(kit, parent, f"series.ask.{deed}.title")
        self.setObjectName("series_dialog")
        self._needed = needed
        sentence = Label(kit, wrap=True)
        sentence.set_key(f"series.ask.{deed}.question", **params)
        self.body.addWidget(sentence)
        self._text = TextField(kit, "series_text", f"series.ask.{deed}.text")
        self.body.addWidget(self._text)
        self.add_button("shared.cancel", name="series_cancel")
        self._accept = self.add_button(
            f"series.ask.{deed}.accept", variant=Variant.PRIMARY, name="series_accept"
        )
        self._accept.setEnabled(not needed)
        self.set_default(self._accept)
        self._text.edited.connect(self._edited)
        self.accepted.connect(self._tell)
        self._text.setFocus()

    def _edited(self, text: str) -> None:
        self._accept.setEnabled(bool(text.strip()) or not self._needed)

    def _tell(self) -> None:
        self.given.emit(self._text.value())
