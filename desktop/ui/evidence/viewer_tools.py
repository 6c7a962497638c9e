"""The strip above the viewer: what is shown, zoom, turning, pages."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Button, IconButton, Size, Variant
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.label import ElidedLabel, Label


class ViewerTools(QWidget):
    """Buttons for the mouse, without key-caps, for which a pane of the smallest screen has no room; the same is done by
    keys of the pane, which F1 lists."""

    zoom_in = Signal()
    zoom_out = Signal()
    fit = Signal()
    rotate = Signal()
    about = Signal()
    compare = Signal()
    page_by = Signal(int)
    back = Signal()
    attach = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        row = Row(kit, self, gap="space_xs")
        self.note = ElidedLabel(kit, role="small", ink="muted")
        self.note.setObjectName("evidence_note")
        row.addWidget(self.note, 1)
        self._page = Label(kit, role="small", ink="muted")
        self._page.setObjectName("evidence_page")
        self._back = self._icon("page_back", "chevron_left", self._go_back)
        self._on = self._icon("page_on", "chevron_right", self._go_on)
        self._pages = self._group(self._back, self._page, self._on)
        self._percent = Label(kit, role="clock", ink="muted")
        self._percent.setObjectName("evidence_percent")
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        widest = self._percent.fontMetrics().horizontalAdvance("1600%")
        self._percent.setMinimumWidth(widest)
        self._picture = self._group(
            self._icon("zoom_out", "minus", self.zoom_out.emit),
            self._percent,
            self._icon("zoom_in", "add", self.zoom_in.emit),
            self._icon("fit", "fit", self.fit.emit),
            self._icon("rotate", "refresh", self.rotate.emit),
        )
        row.addWidget(self._pages)
        row.addWidget(self._picture)
        self._about = self._plain("about", self.about.emit)
        row.addWidget(self._about)
        self._compare = self._plain("compare", self.compare.emit)
        row.addWidget(self._compare)
        self._back_out = self._plain("back", self.back.emit)
        row.addWidget(self._back_out)
        self._attach = self._plain("attach", self.attach.emit)
        row.addWidget(self._attach)
        self.show_tools(picture=False, pages=False)
        self.show_inside(inside=False)

    def show_tools(self, *, picture: bool, pages: bool, about: bool = False) -> None:
        """Only what makes sense for what is shown."""
        self._picture.setVisible(picture)
        self._pages.setVisible(pages)
        self._about.setVisible(about)

    def show_inside(self, *, inside: bool) -> None:
        """An attachment is not an item: it is left or made one, and compared only then."""
        self._back_out.setVisible(inside)
        self._compare.setVisible(not inside)
        self.show_attach(shown=inside)

    def show_attach(self, *, shown: bool) -> None:
        """Where there is an attachment to make evidence of."""
        self._attach.setVisible(shown)

    def name_about(self, *, words: bool) -> None:
        """What stands behind a picture: its words, or what it says of itself."""
        self._about.set_key("evidence.viewer.words" if words else "evidence.viewer.about")

    def set_percent(self, percent: int) -> None:
        """The zoom."""
        self._percent.set_text(f"{percent}%")

    def set_page(self, page: int, pages: int) -> None:
        """``page`` counts from 1."""
        self._page.set_key("evidence.viewer.page", page=page, pages=pages)
        self._back.setEnabled(page > 1)
        self._on.setEnabled(page < pages)

    def _go_back(self) -> None:
        self.page_by.emit(-1)

    def _go_on(self) -> None:
        self.page_by.emit(1)

    def _group(self, *widgets: QWidget) -> QWidget:
        group = QWidget()
        row = Row(self._kit, group, gap="space_xs")
        for widget in widgets:
            row.addWidget(widget)
        return group

    def _icon(self, name: str, icon: str, handler: Callable[[], object]) -> Button:
        button = IconButton(self._kit, f"evidence.viewer.{name}", icon, name=f"evidence_{name}")
        button.clicked.connect(handler)
        return button

    def _plain(self, name: str, handler: Callable[[], object]) -> Button:
        button = Button(
            self._kit,
            f"evidence.viewer.{name}",
            variant=Variant.QUIET,
            size=Size.COMPACT,
            name=f"evidence_{name}",
        )
        button.clicked.connect(handler)
        return button
