"""The strip that turns and zooms a paper; keys of :mod:`desktop.ui.shared.widgets.views.page_view` do the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.widgets.input.button import Button, IconButton, Size, Variant
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shared.widgets.views.page_view import WHOLE, WIDE, ZOOMS, PageView


class PageTools(QWidget):
    """Buttons named ``<name>_back``, ``_forth``, ``_smaller``, ``_larger``, ``_whole`` and ``_wide``."""

    def __init__(self, kit: Kit, view: PageView, name: str) -> None:
        super().__init__()
        self._kit = kit
        self._view = view
        row = Row(kit, self, gap="space_xs")
        self._back = self._icon("back", "chevron_left", f"{name}_back", partial(view.turn, -1))
        self._count = Label(kit, role="small", ink="muted")
        self._count.setObjectName(f"{name}_count")
        self._forth = self._icon("forth", "chevron_right", f"{name}_forth", partial(view.turn, 1))
        self._smaller = self._icon("smaller", "minus", f"{name}_smaller", partial(view.zoom_by, -1))
        self._percent = Label(kit, role="small", ink="muted")
        self._percent.setObjectName(f"{name}_percent")
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._percent.setMinimumWidth(kit.theme.space("control") * 2)
        self._larger = self._icon("larger", "add", f"{name}_larger", partial(view.zoom_by, 1))
        self._whole = self._plain("paper.whole", f"{name}_whole", WHOLE)
        self._wide = self._plain("paper.wide", f"{name}_wide", WIDE)
        row.addWidget(self._back)
        row.addWidget(self._count)
        row.addWidget(self._forth)
        row.addStretch(1)
        for widget in (self._smaller, self._percent, self._larger, self._whole, self._wide):
            row.addWidget(widget)
        view.turned.connect(self._read)
        kit.texts.changed.connect(self._read)
        self._read()

    def _icon(self, key: str, icon: str, name: str, work: Callable[[], object]) -> IconButton:
        button = IconButton(self._kit, f"paper.{key}", icon, name=name)
        button.clicked.connect(work)
        return button

    def _plain(self, key: str, name: str, zoom: int) -> Button:
        button = Button(self._kit, key, variant=Variant.QUIET, size=Size.COMPACT, name=name)
        button.clicked.connect(partial(self._view.set_zoom, zoom))
        return button

    def _read(self) -> None:
        view = self._view
        pages = view.pages
        for widget in (self._back, self._count, self._forth):
            set_shown(widget, shown=pages > 1)
        if pages:
            self._count.set_key("paper.page", page=view.page + 1, pages=pages)
        self._back.setEnabled(view.page > 0)
        self._forth.setEnabled(view.page < pages - 1)
        self._percent.set_text(f"{view.shown_zoom}%" if pages else "")
        self._smaller.setEnabled(pages > 0 and view.zoom != ZOOMS[0])
        self._larger.setEnabled(pages > 0 and view.zoom != ZOOMS[-1])
        self._whole.setEnabled(pages > 0 and view.zoom != WHOLE)
        self._wide.setEnabled(pages > 0 and view.zoom != WIDE)
