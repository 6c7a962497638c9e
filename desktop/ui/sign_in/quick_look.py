"""Language and theme, at hand before anybody has signed in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.widgets.input.button import Button, IconButton, Size, Variant
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import Label


class QuickLook(QWidget):
    """Two quiet buttons. ``chosen(language, theme)`` lets the application keep the choice."""

    chosen = Signal(str, str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        language = Button(
            kit,
            "sign_in.other_language",
            variant=Variant.QUIET,
            size=Size.COMPACT,
            icon="language",
            name="switch_language",
        )
        language.clicked.connect(self._switch_language)
        theme = IconButton(kit, "sign_in.other_theme", "moon", name="switch_theme")
        theme.clicked.connect(self._switch_theme)
        self._letters = Label(kit, "shared.letters_only", role="small", ink="amber")
        self._letters.setObjectName("letters_only")
        self._letters.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._letters.hide()
        column = Column(kit, self, gap="space_s")
        column.addWidget(self._letters)
        row = Row(kit)
        column.addLayout(row)
        row.addStretch(1)
        row.addWidget(language)
        row.addWidget(theme)
        row.addStretch(1)

    def show_letters_only(self) -> None:
        """Say that no input method is there to type Chinese with."""
        self._letters.show()

    def _switch_language(self) -> None:
        texts = self._kit.texts
        texts.set_language("en" if texts.language == "zh_CN" else "zh_CN")
        self._tell()

    def _switch_theme(self) -> None:
        theme = self._kit.theme
        theme.set_scheme(Scheme.LIGHT if theme.dark else Scheme.DARK)
        self._tell()

    def _tell(self) -> None:
        self.chosen.emit(self._kit.texts.language, self._kit.theme.scheme.value)
