"""The chosen type in one line, so that its questions get the room of the grid."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.cases.scam_types import ScamType
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.button import Button, Size
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.label import Chip, ElidedLabel, Label


class TypeLine(QWidget):
    """Code, name, the official name, what else it may be; a button brings the grid back."""

    def __init__(self, kit: Kit, change: Action) -> None:
        super().__init__()
        self._kit = kit
        self._type: ScamType | None = None
        row = Row(kit, self, gap="space_s")
        self._code = Chip(kit, tone=Tone.INFO)
        self._name = Label(kit, role="strong")
        self._name.setObjectName("type_chosen")
        self._official = ElidedLabel(kit, role="small", ink="muted")
        self._branch = Chip(kit, tone=Tone.WARN)
        self.change = Button.of(kit, change, size=Size.COMPACT, name="type_change")
        row.addWidget(self._code)
        row.addWidget(self._name)
        row.addWidget(self._official, 1)
        row.addWidget(self._branch)
        row.addWidget(self.change)
        kit.texts.changed.connect(self._read_words)

    def show_type(self, chosen: ScamType | None) -> None:
        """Name it; None: none was chosen, and none need be."""
        self._type = chosen
        self._read_words()

    def _read_words(self) -> None:
        self._code.setVisible(self._type is not None)
        if self._type is None:
            self._name.set_key("visits.no_type")
            self._official.set_text("")
            self._branch.hide()
            return
        language = self._kit.texts.language
        self._code.set_text(self._type.code)
        self._name.set_text(self._type.short(language))
        self._official.set_text(self._type.official(language))
        self._branch.setVisible(bool(self._type.branch))
        if self._type.branch:
            self._branch.set_key(f"scam_types.branch.{self._type.branch}")
