"""An urgent slip from a photo, a scan or a fax: read, checked, shown with all its elements."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserInputError
from desktop.domain.progress import Progress
from desktop.runtime.atomic_file import disk_errors
from desktop.ui.centre.element_list import ElementList
from desktop.ui.centre.order_elements import elements_of
from desktop.ui.centre.port import CentrePort, ScannedSlip
from desktop.ui.shared.button import Variant
from desktop.ui.shared.card import Card
from desktop.ui.shared.dialog_frame import DialogFrame
from desktop.ui.shared.file_chooser import choose_files
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.label import Label
from desktop.ui.shared.moment_text import moment

_LARGEST = 40 * 1024 * 1024
"""Photos and scans stay below this; what is larger is not read into memory."""
PATTERNS = ("*.png", "*.jpg", "*.jpeg", "*.bmp", "*.tif", "*.tiff", "*.webp", "*.pdf")


def is_picture(path: Path) -> bool:
    """Whether the name is that of a picture or a scan."""
    return f"*{path.suffix.lower()}" in PATTERNS


class SlipFoundDialog(DialogFrame):
    """The order on the slip, to be acted on at once."""

    def __init__(self, kit: Kit, parent: QWidget, slip: ScannedSlip) -> None:
        super().__init__(kit, parent, "centre.scan.title", wide=True)
        self.setObjectName("slip_found_dialog")
        panel = Card(kit, panel="green" if slip.known else "amber")
        note = Label(kit, wrap=True)
        note.setObjectName("slip_note")
        note.set_key("centre.scan.known" if slip.known else "centre.scan.new", unit=slip.unit_name)
        panel.body.addWidget(note)
        if slip.before is not None:
            at, officer = slip.before
            again = Label(kit, wrap=True)
            again.setObjectName("slip_before")
            again.set_key("centre.scan.before", time=moment(kit, at), officer=officer)
            panel.body.addWidget(again)
        self.body.addWidget(panel)
        self._elements = ElementList(kit)
        self._elements.show_elements(elements_of(kit, slip.payload))
        self.body.addWidget(self._elements)
        copy = self.add_button("centre.dispatch.copy", name="slip_copy", closes=False)
        copy.clicked.connect(self._elements.copy)
        close = self.add_button("shared.close", name="slip_close")
        close.set_variant(Variant.PRIMARY)
        self.set_default(close)
        close.setFocus()


class Scanning(QObject):
    """``failed(error)``: no picture, no slip, or none to be trusted."""

    failed = Signal(object)

    def __init__(self, kit: Kit, port: CentrePort, page: QWidget) -> None:
        super().__init__(page)
        self._kit = kit
        self._port = port
        self._page = page

    def choose(self) -> None:
        """Ask for a picture."""
        choose_files(self._kit, self._page, "centre.scan.choose", self._chosen, patterns=PATTERNS)

    def look_at(self, path: Path) -> None:
        """Read the slip in that picture."""
        self._chosen((path,))

    def _chosen(self, paths: tuple[Path, ...]) -> None:
        work = partial(_scan, self._port, paths[0])
        self._kit.runner.start("files", work, self._found, self._fail)

    def _found(self, slip: ScannedSlip) -> None:
        SlipFoundDialog(self._kit, self._page, slip).open()

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)


def _scan(port: CentrePort, path: Path, progress: Progress) -> ScannedSlip:
    with disk_errors(), path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise UserInputError("picture.too_large")
    progress.check()
    return port.scan(data)
