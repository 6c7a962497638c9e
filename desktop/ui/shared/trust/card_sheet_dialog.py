"""A card of ours to be scanned from the screen, printed, or saved as a picture or a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.peers.card_sheets import CardSheet
from desktop.ui.shared.codes.code_picture import CodePicture
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.trust.card_files import CARD_SUFFIX, write_card_file
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.file_chooser import choose_target
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shared.widgets.texts.spelled import spelled

_PICTURE: Final = ".png"


class CardSheetDialog(DialogFrame):
    """``paper_wanted(pdf, title)``: the card on paper. ``words``: keys of the title, of what it is for and of what to
    do (``trust.sheet.<words>.title`` …)."""

    paper_wanted = Signal(object, str)

    def __init__(self, kit: Kit, parent: QWidget, sheet: CardSheet, words: str) -> None:
        super().__init__(kit, parent, f"trust.sheet.{words}.title", width="dialog_width_form")
        self.setObjectName("card_sheet_dialog")
        self._sheet = sheet
        card = sheet.card
        self._name = f"{card.unit_code}-{card.device_letter}-{card.kind}"
        self._banner = Banner(kit, "card_sheet_banner")
        self.body.addWidget(self._banner)
        row = Row(kit, gap="space_xl")
        picture = CodePicture(kit, "trust.sheet.code", side="card_code")
        picture.setObjectName("card_code")
        picture.show_png(sheet.code)
        row.addWidget(picture, 5)
        row.addLayout(self._facts(words), 4)
        self.body.addLayout(row)
        self._add("print", "Ctrl+P", self._print)
        self._add("picture", "", self._choose_picture)
        self._file = self._add("file", "Ctrl+S", self._choose_file)
        self._file.set_variant(Variant.PRIMARY)
        self.add_button("shared.close", name="card_sheet_close")
        self.set_default(self._file)
        self._file.setFocus()

    def _add(self, name: str, keys: str, handler: object) -> Button:
        button = self.add_button(
            f"trust.sheet.{name}", name=f"card_sheet_{name}", closes=False, keys=keys
        )
        button.clicked.connect(handler)
        return button

    def _facts(self, words: str) -> Column:
        kit, card = self.kit, self._sheet.card
        column = Column(kit, gap="space_m")
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(Label(kit, f"trust.sheet.{words}.what", wrap=True))
        shown = Label(kit, role="code_large")
        shown.setObjectName("card_sheet_fingerprint")
        shown.set_text(grouped(card.fingerprint))
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(shown)
        spelling = Label(kit, role="small", ink="muted")
        spelling.setObjectName("card_sheet_said")
        spelling.set_text(spelled(kit, card.fingerprint))
        column.addWidget(spelling)
        column.addWidget(Label(kit, f"trust.sheet.{words}.do", ink="muted", wrap=True))
        column.addStretch(1)
        return column

    def _print(self) -> None:
        self.paper_wanted.emit(self._sheet.page, self._name)

    def _choose_picture(self) -> None:
        name = self._name + _PICTURE
        choose_target(self.kit, self, "trust.sheet.picture", name, self._chosen)

    def _choose_file(self) -> None:
        name = self._name + CARD_SUFFIX
        choose_target(self.kit, self, "trust.sheet.file", name, self._chosen)

    def _chosen(self, paths: tuple[Path, ...]) -> None:
        """A picture where the name says so, whichever button was pressed."""
        as_picture = paths[0].suffix.lower() == _PICTURE
        data = self._sheet.code if as_picture else self._sheet.text.encode()
        work = partial(write_card_file, paths[0], data)
        self.kit.runner.start("files", work, self._written, self._banner.show_error)

    def _written(self, path: Path) -> None:
        self._banner.show_key(Tone.OK, "trust.sheet.written", file=path.name)
