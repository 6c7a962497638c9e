"""Takes another installation's card: pasted as text or as a picture, dropped, read from a file or by a camera."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui.shared.codes.code_camera import CodeCamera
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.text.local_paths import local_paths
from desktop.ui.shared.trust.card_files import CARD_PATTERNS, card_of_file, card_of_image
from desktop.ui.shared.trust.cards_port import CardPort
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Button, Variant
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.fields import LongTextField
from desktop.ui.shared.widgets.file_chooser import choose_files
from desktop.ui.shared.widgets.file_drop import FileDrop
from desktop.ui.shared.widgets.label import Label


class CardDialog(DialogFrame):
    """``given(text)``: the person gave a card. The caller reads it and closes the dialog, or shows what is wrong."""

    given = Signal(str)

    def __init__(
        self, kit: Kit, parent: QWidget, title_key: str, text_key: str, cards: CardPort
    ) -> None:
        super().__init__(kit, parent, title_key, wide=True)
        self.setObjectName("card_dialog")
        FileDrop(self).dropped.connect(self._take)
        self._cards = cards
        self._find = cards.find
        self.body.addWidget(Label(kit, text_key, ink="muted", wrap=True))
        self._text = LongTextField(kit, "card_text", "trust.card_text", lines=8)
        self._text.editor.setFont(kit.theme.font("digits_small"))
        self._text.editor.setAcceptDrops(False)
        self._text.editor.installEventFilter(self)
        self._text.edited.connect(self._edited)
        self._eye = CodeCamera(kit, cards.scan_frame, high="camera_low")
        self._eye.read.connect(self._seen)
        self._ways = QStackedWidget()
        self._ways.addWidget(self._text)
        self.body.addWidget(self._ways)
        self._banner = Banner(kit, "card_banner")
        self.body.addWidget(self._banner)
        row = Row(kit)
        self._open = Button(kit, "trust.open_card", icon="folder", name="card_open")
        self._open.clicked.connect(self._choose)
        row.addWidget(self._open)
        self._look = Action(self, "trust.camera", "Ctrl+L")
        self._look.triggered.connect(self._turn_eye)
        self._looking = Button.of(kit, self._look, icon="video", name="card_camera")
        row.addWidget(self._looking)
        row.addWidget(Label(kit, "trust.card_ways", role="small", ink="muted", wrap=True), 1)
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+V with a picture on the clipboard reads the picture."""
        pasting = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pasting and event.matches(QKeySequence.StandardKey.Paste):  # type: ignore[attr-defined]
            return self._take(QGuiApplication.clipboard().mimeData())
        return super().eventFilter(watched, event)

    def _take(self, mime: QMimeData) -> bool:
        """Read a file or a picture; False for text, which goes into the field as ever."""
        paths = local_paths(mime)
        image = QImage(mime.imageData()) if mime.hasImage() else QImage()
        if paths:
            self._chosen(paths)
        elif not image.isNull():
            work = partial(card_of_image, self._find, image)
            self.kit.runner.start("files", work, self._file_read, self.show_error)
        return bool(paths) or not image.isNull()

    def _turn_eye(self) -> None:
        """From typing to the camera and back; it is on only while it is shown."""
        looking = self._ways.currentWidget() is not self._eye
        self._banner.clear()
        if looking:
            self._eye.forget()
            self._ways.addWidget(self._eye)
            self._ways.setCurrentWidget(self._eye)
        else:
            self._stop_looking()
        self._looking.set_key("trust.no_camera" if looking else "trust.camera")

    def _stop_looking(self) -> None:
        self._ways.setCurrentWidget(self._text)
        self._ways.removeWidget(self._eye)  # its height goes with it
        self._eye.hide()
        self._looking.set_key("trust.camera")

    def _seen(self, codes: tuple[bytes, ...]) -> None:
        work = work_of(self._cards.of_codes, codes)
        self.kit.runner.start("db", work, self._found, self.show_error)

    def _found(self, text: str) -> None:
        self._stop_looking()
        self._file_read(text)

    def _edited(self, text: str) -> None:
        self._banner.clear()
        self._next.setEnabled(bool(text.strip()))

    def _give(self) -> None:
        self.given.emit(self._text.value())

    def _choose(self) -> None:
        choose_files(self.kit, self, "trust.open_card", self._chosen, patterns=CARD_PATTERNS)

    def _chosen(self, paths: tuple[Path, ...]) -> None:
        work = partial(card_of_file, self._find, paths[0])
        self.kit.runner.start("files", work, self._file_read, self.show_error)

    def _file_read(self, text: str) -> None:
        self._text.set_value(text)
        self._edited(text)
        self._give()
