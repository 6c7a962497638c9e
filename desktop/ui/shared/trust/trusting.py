"""Another installation's card comes in, its fingerprint is compared by voice, and it is trusted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.exchange.peers import PeerCard
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.peers.card_sheets import card_in, card_of_codes
from desktop.services.exchange.peers.trust import read_card
from desktop.services.officers.second_officer import TypedSecond
from desktop.services.session import Session
from desktop.ui.shared.codes.code_camera import CodeCamera
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.dialogs.form_dialog import Form, FormDialog, FormText, Input, Rows, tick
from desktop.ui.shared.dialogs.two_officers import TwoOfficers
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.text.local_paths import local_paths
from desktop.ui.shared.trust.card_files import CARD_PATTERNS, card_of_file, card_of_image
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.fields import LongTextField
from desktop.ui.shared.widgets.input.file_chooser import choose_files
from desktop.ui.shared.widgets.input.file_drop import FileDrop
from desktop.ui.shared.widgets.layout.card import Card, KeyValues, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shared.widgets.texts.spelled import spelled


class CardDialog(DialogFrame):
    """``given(text)``: the person gave a card. The caller reads it and closes the dialog, or shows what is wrong."""

    given = Signal(str)

    def __init__(
        self, kit: Kit, parent: QWidget, title_key: str, text_key: str, session: Session
    ) -> None:
        super().__init__(kit, parent, title_key, wide=True)
        self.setObjectName("card_dialog")
        FileDrop(self).dropped.connect(self._take)
        self._session = session
        self._find = partial(card_in, session)
        self.body.addWidget(Label(kit, text_key, ink="muted", wrap=True))
        self._text = LongTextField(kit, "card_text", "trust.card_text", lines=8)
        self._text.editor.setFont(kit.theme.font("digits_small"))
        self._text.editor.setAcceptDrops(False)
        self._text.editor.installEventFilter(self)
        self._text.edited.connect(self._edited)
        self._eye = CodeCamera(kit, session.slips.scan_frame, high="camera_low")
        self._eye.read.connect(self._codes_found)
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

    def _codes_found(self, codes: tuple[bytes, ...]) -> None:
        work = work_of(card_of_codes, self._session, codes)
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


class FingerprintDialog(FormDialog):
    """``accepted``: two people compared the fingerprint, and the officer says so."""

    def __init__(self, kit: Kit, parent: QWidget, card: PeerCard) -> None:
        self.card = card
        facts = KeyValues(kit, right=False)
        facts.add_row("trust.unit", card.unit_name)
        facts.add_row("trust.unit_code", card.unit_code, role="digits")
        if card.device_letter:
            facts.add_row("trust.letter", card.device_letter)
        frame = Card(kit, panel="grey")
        shown = _centred(Label(kit, role="code_large"), "fingerprint", grouped(card.fingerprint))
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        frame.body.addWidget(shown)
        spelling = Label(kit, role="small", ink="muted")
        frame.body.addWidget(_centred(spelling, "fingerprint_said", spelled(kit, card.fingerprint)))
        key = "trust.new_key" if card.succeeds else "trust.new_key_lost"
        rows: Rows = (
            facts,
            *([FormText(key, ink="")] if card.fingerprint != card.device else []),
            frame,
            FormText("trust.compare_how", ink=""),
            Input("compared", "trust.compared", tick, needed=True),
        )
        super().__init__(
            kit,
            parent,
            Form("fingerprint", "trust.compare_title", "trust.accept", rows, closes=True),
        )


def _centred(label: Label, name: str, text: str) -> Label:
    label.setObjectName(name)
    label.set_text(text)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label


class Trusting(QObject):
    """``trusted(result)`` with what ``trust`` made of the card; ``failed(error)`` if it could not. A second officer is
    asked for where the desk wants one.

    A card that can not be read can be given again.
    """

    trusted = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        kit: Kit,
        page: QWidget,
        session: Session,
        trust: Callable[[str, TypedSecond | None], object],
        read: Callable[[Session, str], PeerCard] = read_card,
    ) -> None:
        """``read`` raises ``AppError`` for a card that nobody need compare."""
        super().__init__(page)
        self._kit = kit
        self._page = page
        self._session = session
        self._trust_card = trust
        self._read_card = read
        self._two = TwoOfficers(kit, page)
        self._dialog: CardDialog | None = None
        self._text = ""
        self._card: PeerCard | None = None

    def ask(self, title_key: str, text_key: str) -> None:
        """Ask for the card."""
        self._dialog = CardDialog(self._kit, self._page, title_key, text_key, self._session)
        self._dialog.given.connect(self._read)
        self._dialog.finished.connect(self._dialog_closed)
        self._dialog.open()

    def take(self, path: Path) -> None:
        """The card in a file that was given unasked."""
        work = partial(card_of_file, partial(card_in, self._session), path)
        self._kit.runner.start("files", work, self._read, self._fail)

    def _read(self, text: str) -> None:
        self._text = text
        work = work_of(self._read_card, self._session, text)
        self._kit.runner.start("db", work, self._compare, self._unread)

    def _unread(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.show_error(error)
        else:
            self._fail(error)

    def _compare(self, card: PeerCard) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self._card = card
        dialog = FingerprintDialog(self._kit, self._page, card)
        dialog.accepted.connect(self._trust)
        dialog.open()

    def _trust(self) -> None:
        unit = self._card.unit_name if self._card is not None else ""
        what = self._kit.texts.text("trust.second.trust", unit=unit)
        act = partial(self._trust_card, self._text)
        self._two.do(act, self._trusted, self._fail, what)

    def _trusted(self, result: object) -> None:
        self.trusted.emit(result)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)

    def _dialog_closed(self) -> None:
        self._dialog = None
