"""Takes another installation's card: pasted as text, or read from a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserInputError
from desktop.domain.progress import Progress
from desktop.runtime.atomic_file import disk_errors, write_atomic
from desktop.ui.shared.banner import Banner
from desktop.ui.shared.button import Button, Variant
from desktop.ui.shared.card import Row
from desktop.ui.shared.dialog_frame import DialogFrame
from desktop.ui.shared.fields import LongTextField
from desktop.ui.shared.file_chooser import choose_files
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.label import Label

_LARGEST = 64 * 1024
"""A card has some hundred characters; whatever is larger is no card."""
CARD_SUFFIX = ".fanzha-card.txt"


class CardDialog(DialogFrame):
    """``given(text)``: the person gave a card. The caller reads it and closes the dialog, or shows what is wrong."""

    given = Signal(str)

    def __init__(self, kit: Kit, parent: QWidget, title_key: str, text_key: str) -> None:
        super().__init__(kit, parent, title_key, wide=True)
        self.setObjectName("card_dialog")
        self.body.addWidget(Label(kit, text_key, ink="muted", wrap=True))
        self._text = LongTextField(kit, "card_text", "trust.card_text", lines=8)
        self._text.editor.setFont(kit.theme.font("digits_small"))
        self._text.edited.connect(self._edited)
        self.body.addWidget(self._text)
        self._banner = Banner(kit, "card_banner")
        self.body.addWidget(self._banner)
        row = Row(kit)
        self._open = Button(kit, "trust.open_card", icon="folder", name="card_open")
        self._open.clicked.connect(self._choose)
        row.addWidget(self._open)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add_button("shared.cancel", name="card_cancel")
        self._next = self.add_button(
            "trust.next", variant=Variant.PRIMARY, name="card_next", closes=False
        )
        self._next.clicked.connect(self._give)
        self._next.setEnabled(False)
        self._text.setFocus()

    def show_error(self, error: Exception) -> None:
        """Say what is wrong with the card; it can be given again."""
        self._banner.show_error(error)

    def _edited(self, text: str) -> None:
        self._banner.clear()
        self._next.setEnabled(bool(text.strip()))

    def _give(self) -> None:
        self.given.emit(self._text.value())

    def _choose(self) -> None:
        choose_files(self.kit, self, "trust.open_card", self._chosen, patterns=("*.txt",))

    def _chosen(self, paths: tuple[Path, ...]) -> None:
        work = partial(read_card_file, paths[0])
        self.kit.runner.start("files", work, self._file_read, self.show_error)

    def _file_read(self, text: str) -> None:
        self._text.set_value(text)
        self._edited(text)
        self._give()


def read_card_file(path: Path, _progress: Progress) -> str:
    """The text of a card file; raises ``UserInputError("card.unreadable")``, ``WorldError``."""
    with disk_errors(), path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise UserInputError("card.unreadable")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserInputError("card.unreadable") from None


def write_card_file(path: Path, text: str, _progress: Progress) -> Path:
    """Write a card, wholly or not at all."""
    write_atomic(path, text.encode(), mode=0o644)
    return path
