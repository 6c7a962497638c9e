"""Urgent slips from photos, scans, faxes or a camera: read, put together, checked, shown with all their elements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.centre.scan import Scanned, ScannedOrder, ScannedSlip, take_codes
from desktop.domain.errors import AppError, TrustError, UserInputError
from desktop.domain.orders.sending.slip_collector import PartialSlip, SlipCollector
from desktop.domain.progress import Progress
from desktop.services.session import Session
from desktop.ui.centre.order_elements import ElementList, copy_elements, elements_of
from desktop.ui.shared.codes.code_camera import CodeCamera
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.picture_octets import png_octets, read_picture
from desktop.ui.shared.kit.restyle import set_look, set_shown
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.local_paths import local_paths
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.input.file_chooser import choose_files
from desktop.ui.shared.widgets.input.file_drop import FileDrop
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import Label

_SHOWN = 4
"""Slips that are not whole, the newest; nobody scans more at a time."""


class ScanWindow(DialogFrame):
    """``choose_wanted``: files are to be chosen. ``files_given(paths)`` and ``image_given(QImage)``: pasted or dropped.
    ``forget_wanted``: begin anew."""

    choose_wanted = Signal()
    files_given = Signal(object)
    image_given = Signal(object)
    forget_wanted = Signal()

    def __init__(self, kit: Kit, parent: QWidget, eye: QWidget) -> None:
        super().__init__(kit, parent, "centre.scan.window", width="dialog_width_form")
        self.setObjectName("scan_window")
        FileDrop(self).dropped.connect(self._give)
        self._banner = Banner(kit, "scan_banner", closable=True)
        self.body.addWidget(self._banner)
        row = Row(kit, gap="space_l")
        row.addWidget(eye, 3)
        row.addLayout(self._side(), 2)
        self.body.addLayout(row)
        self._add("choose", "Ctrl+O", "folder", self.choose_wanted.emit)
        self._add("paste", "Ctrl+V", "paste", self._paste)
        self._forget = self._add("forget", "Ctrl+R", "refresh", self.forget_wanted.emit)
        close = self.add_button("shared.close", name="scan_close")
        close.set_variant(Variant.PRIMARY)
        self.set_default(close)
        close.setFocus()
        self.show_collector(SlipCollector())

    def show_collector(self, collector: SlipCollector) -> None:
        """Say what is there and what is missing."""
        newest = collector.begun[-_SHOWN:][::-1]
        for line, begun in zip(self._lines, [*newest, *[None] * _SHOWN], strict=False):
            set_shown(line, shown=begun is not None)
            if begun is not None:
                again = "" if begun in collector.lacking else "_again"
                line.set_key(f"centre.scan.begun{again}", **slip_params(self.kit, begun))
        set_shown(self._nothing, shown=not newest)
        self._forget.set_enabled(enabled=bool(newest))

    def show_error(self, error: Exception) -> None:
        """Say why a picture or a code was not taken; the next one may be."""
        self._banner.show_error(error)

    def show_read(self) -> None:
        """Something was read: what went wrong before is over."""
        self._banner.clear()

    def _paste(self) -> None:
        self._give(QGuiApplication.clipboard().mimeData())

    def _give(self, data: QMimeData | None) -> None:
        """Files before a picture: a file manager's copy has both, and the picture may be its icon."""
        paths = local_paths(data) if data is not None else ()
        image = data.imageData() if data is not None and data.hasImage() else None
        if paths:
            self.files_given.emit(paths)
        elif isinstance(image, QImage) and not image.isNull():
            self.image_given.emit(image)
        else:
            self._banner.show_key(Tone.WARN, "centre.scan.no_picture")

    def _add(self, name: str, keys: str, icon: str, handler: Callable[[], object]) -> Action:
        action = Action(self, f"centre.scan.{name}", keys)
        action.triggered.connect(handler)
        self.buttons.addWidget(Button.of(self.kit, action, icon=icon, name=f"scan_{name}"))
        return action

    def _side(self) -> Column:
        kit = self.kit
        column = Column(kit, gap="space_s")
        column.addWidget(Label(kit, "centre.scan.there", role="strong"))
        self._nothing = Label(kit, "centre.scan.nothing", ink="muted", wrap=True)
        self._nothing.setObjectName("scan_nothing")
        column.addWidget(self._nothing)
        self._lines = [Label(kit, wrap=True) for _ in range(_SHOWN)]
        for place, line in enumerate(self._lines):
            line.setObjectName(f"scan_begun_{place}")
            column.addWidget(line)
        column.addStretch(1)
        column.addWidget(Label(kit, "centre.scan.how", role="small", ink="muted", wrap=True))
        return column


def slip_params(kit: Kit, begun: PartialSlip) -> dict[str, str | int]:
    """How many codes, how many are there, and the numbers of the others."""
    missing = kit.texts.text("centre.scan.comma").join(map(str, begun.missing))
    return {"count": begun.count, "there": len(begun.codes), "missing": missing}


class SlipFoundDialog(DialogFrame):
    """One order after the other; Left and Right turn where there are several."""

    def __init__(self, kit: Kit, parent: QWidget, slip: ScannedSlip) -> None:
        super().__init__(kit, parent, "centre.scan.title", wide=True)
        self.setObjectName("slip_found_dialog")
        self._slip = slip
        self._place = 0
        self.body.addWidget(self._turner())
        expired = Card(kit, panel="red")
        expired.setObjectName("slip_expired")
        expired.body.addWidget(Label(kit, "centre.scan.expired", wrap=True))
        set_shown(expired, shown=slip.expired)
        self.body.addWidget(expired)
        self._panel = Card(kit, panel="amber")
        self._note = Label(kit, wrap=True)
        self._note.setObjectName("slip_note")
        self._again = Label(kit, wrap=True)
        self._again.setObjectName("slip_before")
        self._panel.body.addWidget(self._note)
        self._panel.body.addWidget(self._again)
        self.body.addWidget(self._panel)
        self._elements = ElementList(kit)
        self.body.addWidget(self._elements)
        copy = self.add_button("centre.dispatch.copy", name="slip_copy", closes=False)
        copy.clicked.connect(self._copy)
        close = self.add_button("shared.close", name="slip_close")
        close.set_variant(Variant.PRIMARY)
        self.set_default(close)
        close.setFocus()
        self._show()

    def _turner(self) -> QWidget:
        """Which order of how many, and the way to the others."""
        kit, several = self.kit, len(self._slip.orders) > 1
        turner = QWidget()
        row = Row(kit, turner, gap="space_m")
        self._where = Label(kit, role="strong")
        self._where.setObjectName("slip_where")
        row.addWidget(self._where, 1)
        for name, keys, icon, slot in (
            ("back", "Left", "chevron_left", self._back),
            ("forth", "Right", "chevron_right", self._forth),
        ):
            action = Action(self, f"centre.scan.{name}", keys)
            action.set_enabled(enabled=several)
            action.triggered.connect(slot)
            button = Button.of(kit, action, size=Size.COMPACT, icon=icon, name=f"slip_{name}")
            row.addWidget(button)
        set_shown(turner, shown=several)
        return turner

    def _copy(self) -> None:
        copy_elements(self.kit, self, elements_of(self.kit, self._order.payload))

    @property
    def _order(self) -> ScannedOrder:
        return self._slip.orders[self._place]

    def _back(self) -> None:
        self._turn(-1)

    def _forth(self) -> None:
        self._turn(1)

    def _turn(self, step: int) -> None:
        self._place = (self._place + step) % len(self._slip.orders)
        self._show()

    def _show(self) -> None:
        order = self._order
        self._where.set_key(
            "centre.scan.where", number=self._place + 1, count=len(self._slip.orders)
        )
        set_look(self._panel, panel="green" if order.known else "amber")
        key = "centre.scan.known" if order.known else "centre.scan.new"
        self._note.set_key(key, unit=self._slip.unit_name)
        set_shown(self._again, shown=order.before is not None)
        if order.before is not None:
            at, officer = order.before
            self._again.set_key("centre.scan.before", time=moment(self.kit, at), officer=officer)
        self._elements.show_elements(elements_of(self.kit, order.payload))


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


Scan = Callable[[Session, bytes], tuple[bytes, ...]]
"""What the codes in a picture say; at least one."""


class Scanning(QObject):
    """``failed(error)``: no picture, no slip, or none to be trusted, while the window is closed. ``read`` after a slip
    became whole."""

    failed = Signal(object)
    read = Signal()

    def __init__(self, kit: Kit, session: Session, page: QWidget, scan: Scan) -> None:
        super().__init__(page)
        self._kit = kit
        self._session = session
        self._scan = partial(scan, session)
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
        self._eye = CodeCamera(self._kit, self._session.slips.scan_frame)
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
        self._start(partial(_codes_of_files, self._scan, tuple(paths)))

    def _choose(self) -> None:
        window = self._shown()
        if window is not None:
            choose_files(self._kit, window, "centre.scan.choose", self.look_at, patterns=PATTERNS)

    def _look_at_image(self, image: QImage) -> None:
        self._start(partial(_codes_of_image, self._scan, image))

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
            work = work_of(take_codes, self._session, self._collector, lot)
            self._kit.runner.start("db", work, self._taken, self._not_taken)

    def _not_taken(self, error: Exception) -> None:
        self._taking = False
        self._fail(error)

    def _taken(self, result: Scanned) -> None:
        self._taking = False
        self._show_result(result)
        self.take(())

    def _show_result(self, result: Scanned) -> None:
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
    scan: Callable[[bytes], tuple[bytes, ...]], paths: tuple[Path, ...], progress: Progress
) -> tuple[bytes, ...]:
    """Those of all pictures; that one has none is told only where none has any."""
    found: list[bytes] = []
    failure: AppError | None = None
    for path in paths:
        progress.check()
        try:
            found += scan(read_picture(path))
        except (TrustError, UserInputError) as error:
            failure = failure or error
    if failure is not None and not found:
        raise failure
    return tuple(found)


def _codes_of_image(
    scan: Callable[[bytes], tuple[bytes, ...]], image: QImage, _progress: Progress
) -> tuple[bytes, ...]:
    return scan(png_octets(image))
