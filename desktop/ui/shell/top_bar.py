"""The bar above the page: where one is, the search, the officer, the lock."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look, set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.button import Button
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.label import Chip, ElidedLabel, Label
from desktop.ui.shared.widgets.page import Page
from desktop.ui.shared.widgets.painting import paint_dot
from desktop.ui.shared.widgets.search_field import SearchField
from desktop.ui.shell.window_host import WindowHost


class OfflineChip(QWidget):
    """The green chip that says: everything here works without a network."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._text = ""
        self.setObjectName("offline_chip")
        self.setFixedHeight(kit.theme.space("chip_height"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        kit.texts.bind(self._set_text, "shell.offline")
        kit.texts.bind(self.setToolTip, "shell.offline_tip")
        kit.theme.changed.connect(self.update)

    def _set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Dot and words."""
        theme = self._kit.theme
        words = QFontMetrics(theme.font("chip")).horizontalAdvance(self._text)
        sides = 2 * theme.space("chip_padding")
        return QSize(
            words + sides + theme.space("dot") + theme.space("space_xs"),
            theme.space("chip_height"),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        theme = self._kit.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone_ground(Tone.OK))
        radius = theme.space("radius_chip")
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        dot = theme.space("dot")
        left = theme.space("chip_padding")
        paint_dot(painter, QPointF(left + dot / 2, self.height() / 2), theme, Tone.OK)
        painter.setPen(theme.tone(Tone.OK))
        painter.setFont(theme.font("chip"))
        words = QRectF(self.rect()).adjusted(left + dot + theme.space("space_xs"), 0, 0, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, flags, self._text)
        painter.end()


class TopBar(QWidget):
    """Shows the heading of the current page; the search stands in the middle of the bar."""

    def __init__(self, kit: Kit, host: WindowHost, lock: Action) -> None:
        super().__init__()
        self._kit = kit
        self._unit_name = host.unit_name
        theme = kit.theme
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, ground="topbar")
        self.setFixedHeight(theme.space("topbar"))
        self.title = Label(kit, role="page_title")
        self.title.setObjectName("page_title")
        self.mark = Chip(kit)
        self.mark.hide()
        self.subtitle = ElidedLabel(kit, role="small", ink="muted")
        self.subtitle.setObjectName("page_subtitle")
        self.search = SearchField(
            kit, "global_search", "shell.search_hint", host.search, keys="Ctrl+K"
        )
        self.search.setMinimumWidth(theme.space("search_width_min"))
        self.search.setMaximumWidth(theme.space("search_width"))
        margin = theme.space("page_margin")
        row = Row(kit, self, gap="space_l")
        row.setContentsMargins(margin, 0, margin, theme.space("border"))
        left = Row(kit, gap="space_m")
        left.addWidget(self.title)
        left.addWidget(self.mark)
        left.addWidget(self.subtitle, 1)
        row.addLayout(left, 3)
        row.addWidget(self.search, 4)
        row.addLayout(self._right(host, lock))

    def show_heading(self, page: Page) -> None:
        """Read title, subtitle and mark of ``page``."""
        self.title.set_key(page.title_key, **page.title_params)
        self.subtitle.set_text(page.subtitle or self._unit_name)
        set_shown(self.mark, shown=page.mark is not None)
        if page.mark is not None:
            key, tone = page.mark
            self.mark.set_key(key)
            self.mark.set_tone(tone)

    def _right(self, host: WindowHost, lock: Action) -> Row:
        kit = self._kit
        right = Row(kit, gap="space_m")
        right.addWidget(OfflineChip(kit))
        officer = Row(kit, gap="space_xs")
        name = Label(kit)
        name.setObjectName("officer_name")
        name.set_text(host.officer_name)
        number = Label(kit, ink="muted")
        number.setObjectName("officer_number")
        number.set_text(host.officer_number)
        officer.addWidget(name)
        officer.addWidget(number)
        right.addLayout(officer)
        right.addWidget(Button.of(kit, lock, name="lock_button"))
        return right
