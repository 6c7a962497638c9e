"""Urgent slips from photos, scans, faxes or a camera: read, put together, checked, shown with all their elements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.errors import AppError, TrustError, UserInputError
from desktop.domain.orders.slip_collector import SlipCollector
from desktop.domain.progress import Progress
from desktop.runtime.atomic_file import disk_errors
from desktop.services.brought_file import read_brought
from desktop.ui.centre.port import CentrePort, ScannedSlip, ScanResult
from desktop.ui.centre.scan_window import ScanWindow
from desktop.ui.centre.slip_found import SlipFoundDialog
from desktop.ui.shared.codes.code_camera import CodeCamera
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.file_chooser import choose_files

_LARGEST = 40 * 1024 * 1024
"""Photos and scans stay below this; what is larger is not read into memory."""
PATTERNS = (
    "*.png",
    "*.jpg",
    "*.jpeg",
    "*.pdf",
    "*.tif",
    "*.tiff",
    "*.webp",
    "*.heic",
    "*.heif",
    "*.bmp",
)


def is_picture(path: Path) -> bool:
    """Whether the name is that of a picture or a scan."""
    return f"*{path.suffix.lower()}" in PATTERNS


class Scanning(QObject):
    """``failed(error)``: no picture, no slip, or none to be trusted, while the window is closed. ``read`` after a slip
    became whole."""

    failed = Signal(object)
    read = Signal()

    def __init__(self, kit: Kit, port: CentrePort, page: QWidget) -> None:
        super().__init__(page)
        self._kit = kit
        self._port = port
        self._page = page
        self._collector = SlipCollector()
        self._waiting: list[bytes] = []
        self._taking = False
        self._window: ScanWindow | None = None
        self._eye: CodeCamera | None = None

    def open(self) -> None:
        """Show the window."""
        if self._shown() is not None:
            return
        self._eye = CodeCamera(self._kit, self._port.scan_frame)
        self._eye.read.connect(self.take)
        window = ScanWindow(self._kit, self._page, self._eye)
        window.choose_wanted.connect(self._choose)
        window.files_given.connect(self.look_at)
        window.image_given.connect(self._look_at_image)
        window.forget_wanted.connect(self._forget)
        window.show_collector(self._collector)
        window.open()
        self._window = window

    def look_at(self, paths: Sequence[Path]) -> None:
        """Read the codes in these pictures."""
        self._start(partial(_codes_of_files, self._port, tuple(paths)))

    def _choose(self) -> None:
        window = self._shown()
        if window is not None:
            choose_files(self._kit, window, "centre.scan.choose", self.look_at, patterns=PATTERNS)

    def _look_at_image(self, image: QImage) -> None:
        self._start(partial(_codes_of_image, self._port, image))

    def _forget(self) -> None:
        self._keep(SlipCollector())
        self._look_anew()

    def _look_anew(self) -> None:
        """The camera tells codes again that it told before."""
        if self._eye is not None and isValid(self._eye):
            self._eye.forget()

    def _start(self, work: Callable[[Progress], tuple[bytes, ...]]) -> None:
        self._kit.runner.start("files", work, self.take, self._fail)

    def take(self, codes: Sequence[bytes]) -> None:
        """Put these codes to those that are there; one lot after the other, as each needs the tray of the last."""
        self._waiting += codes
        if self._waiting and not self._taking:
            self._taking = True
            lot, self._waiting = tuple(self._waiting), []
            work = partial(_take, self._port, self._collector, lot)
            self._kit.runner.start("db", work, self._taken, self._not_taken)

    def _not_taken(self, error: Exception) -> None:
        self._taking = False
        self._fail(error)

    def _taken(self, result: ScanResult) -> None:
        self._taking = False
        self._show_result(result)
        self.take(())

    def _show_result(self, result: ScanResult) -> None:
        window = self._shown()
        if window is not None:
            window.show_read()
        self._keep(result.collector)
        for error in result.refused:
            self._fail(error)
            if error.code == "slip.mixed":
                self._look_anew()
        for slip in result.slips:
            self._show_slip(slip)
        if result.slips:
            self.read.emit()
        if result.collector.begun and not result.slips and not result.refused:
            self.open()

    def _keep(self, collector: SlipCollector) -> None:
        self._collector = collector
        window = self._shown()
        if window is not None:
            window.show_collector(collector)

    def _show_slip(self, slip: ScannedSlip) -> None:
        SlipFoundDialog(self._kit, self._shown() or self._page, slip).open()

    def _shown(self) -> ScanWindow | None:
        window = self._window
        return window if window is not None and isValid(window) and window.isVisible() else None

    def _fail(self, error: Exception) -> None:
        window = self._shown()
        if window is not None:
            window.show_error(error)
        else:
            self.failed.emit(error)


def _codes_of_files(
    port: CentrePort, paths: tuple[Path, ...], progress: Progress
) -> tuple[bytes, ...]:
    """Those of all pictures; that one has none is told only where none has any."""
    found: list[bytes] = []
    failure: AppError | None = None
    for path in paths:
        progress.check()
        try:
            found += port.scan(_content(path))
        except (TrustError, UserInputError) as error:
            failure = failure or error
    if failure is not None and not found:
        raise failure
    return tuple(found)


def _take(
    port: CentrePort, collector: SlipCollector, codes: tuple[bytes, ...], _progress: Progress
) -> ScanResult:
    return port.take_codes(collector, codes)


def _content(path: Path) -> bytes:
    with disk_errors():
        data = read_brought(path, _LARGEST + 1)
    if len(data) > _LARGEST:
        raise UserInputError("picture.too_large")
    return data


def _codes_of_image(port: CentrePort, image: QImage, _progress: Progress) -> tuple[bytes, ...]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows file names only
    return port.scan(bytes(data.data()))
