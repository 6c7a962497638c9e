"""With whom somebody is one person, or is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.domain.series.series import LinkVerdict
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.fields import ComboField, TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.line_edit import Option


class SameDialog(DialogFrame):
    """``given(key, Verdict | None, reason)``. ``others``: (key, name) of the other persons, and of those who were told
    to be this one."""

    given = Signal(str, object, str)

    def __init__(
        self, kit: Kit, parent: QWidget, name: str, others: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(kit, parent, "people.same.title")
        self.setObjectName("person_same_dialog")
        self._banner = Banner(kit, "person_same_banner")
        sentence = Label(kit, wrap=True)
        sentence.set_key("people.same.question", name=name)
        self._other = ComboField(
            kit,
            "person_other",
            "people.same.other",
            [Option(key, text=text) for key, text in others],
        )
        combo = self._other.combo  # a long name is cut, the dialog is not
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choices = [
            Option(verdict.value, f"people.verdict.{verdict.value}") for verdict in LinkVerdict
        ]
        self._verdict = ComboField(
            kit,
            "person_verdict",
            "people.same.verdict",
            [*choices, Option("", "people.verdict.none")],
        )
        self._reason = TextField(kit, "person_same_reason", "people.same.reason")
        for widget in (self._banner, sentence, self._other, self._verdict, self._reason):
            self.body.addWidget(widget)
        self.add_button("shared.cancel", name="person_same_cancel")
        accept = self.add_button(
            "people.same.accept", variant=Variant.PRIMARY, name="person_same_accept", closes=False
        )
        accept.clicked.connect(self._give)
        self.set_default(accept)
        self._other.setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._banner.show_error(error)

    def _give(self) -> None:
        said = self._verdict.value()
        verdict = LinkVerdict(said) if said else None
        self.given.emit(self._other.value(), verdict, self._reason.value())
