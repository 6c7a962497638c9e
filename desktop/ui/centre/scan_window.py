"""Where urgent slips come in: a camera, pictures from files, the clipboard or a drag; what is still missing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from desktop.domain.orders.slip_collector import PartialSlip, SlipCollector
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.local_paths import local_paths
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Button, Variant
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.file_drop import FileDrop
from desktop.ui.shared.widgets.label import Label

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
                line.set_key(f"centre.scan.begun{again}", **told(self.kit, begun))
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


def told(kit: Kit, begun: PartialSlip) -> dict[str, str | int]:
    """How many codes, how many are there, and the numbers of the others."""
    missing = kit.texts.text("centre.scan.comma").join(map(str, begun.missing))
    return {"count": begun.count, "there": len(begun.codes), "missing": missing}
