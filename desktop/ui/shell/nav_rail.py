"""The left rail: one item a page, the settings at its foot."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from desktop.ui.shared.kit.actions import key_cap
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.widgets.input.column_keys import ColumnButton, move_focus
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shared.widgets.texts.painting import paint_badge, paint_ring


class WayBack:
    """Pages by their keys. ``current``: the one in front, "" before any was."""

    def __init__(self) -> None:
        self.current = ""
        self._parents: dict[str, str] = {}
        self._came_from: dict[str, str] = {}
        """Page under another → the one it was opened from."""

    def add(self, key: str, under: str = "") -> None:
        """A page; ``under``: the one that has the item in the rail for both."""
        self._parents[key] = under or key

    @property
    def pages(self) -> tuple[str, ...]:
        """The keys of all, in the order in which they were added."""
        return tuple(self._parents)

    def head(self, key: str) -> str:
        """Whose item in the rail is marked while that page is in front; ``KeyError`` if it does not exist."""
        return self._parents[key]

    def go_to(self, key: str) -> None:
        """That page is in front now. Who comes back to it from one that was opened from it comes from nowhere new."""
        came = self.current
        if key not in (came, self._parents[key]) and self._came_from.get(came) != key:
            self._came_from[key] = came
        self.current = key

    def back(self) -> str:
        """The page that the one in front was opened from, "" where that one is under no other."""
        parent = self._parents.get(self.current, self.current)
        return "" if parent == self.current else self._came_from[self.current] or parent


class RailItem(ColumnButton):
    """An icon over a word. While Ctrl is held its key is shown in place of the icon."""

    def __init__(self, kit: Kit, key: str, icon: str, title_key: str, shortcut: str) -> None:
        super().__init__()
        self._kit = kit
        self._icon_name = icon
        self._cap = key_cap(shortcut) if shortcut else ""
        self._hinting = False
        self._badge = 0
        self._badge_words = ""
        self.key = key
        self.setObjectName(f"rail_{key}")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme = kit.theme
        side = theme.space("rail_width") - 2 * theme.space("rail_item_margin")
        self.setFixedSize(side, theme.space("rail_item"))
        self.setFont(theme.font("rail"))
        kit.texts.bind(self.setText, title_key)
        theme.changed.connect(self.update)

    def setText(self, text: str) -> None:
        """Show the word; name it, with its key as the tip."""
        super().setText(text)
        tip = f"{text} ({self._cap})" if self._cap else text
        late = self._badge_words if self._badge else ""
        self.setAccessibleName(" ".join(filter(None, (text, late))))
        self.setToolTip("\n".join(filter(None, (tip, late))))

    def sizeHint(self) -> QSize:
        """Fixed."""
        return self.size()

    def minimumSizeHint(self) -> QSize:
        """What the word needs."""
        words = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(round(words), self.height())

    def set_hinting(self, *, hinting: bool) -> None:
        """Show the key instead of the icon."""
        self._hinting = hinting
        self.update()

    def set_badge(self, count: int, words: str) -> None:
        """Show a count of what is late beside the icon, nothing for 0. ``words`` say it to readers."""
        if count == self._badge and words == self._badge_words:
            return
        self._badge, self._badge_words = count, words
        self.setText(self.text())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, icon or key, word, ring."""
        theme = self._kit.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("rail_active" if self.isChecked() else "rail_hover"))
            painter.drawRoundedRect(self.rect(), theme.space("radius_l"), theme.space("radius_l"))
        ink = theme.color("rail_text_active" if self.isChecked() else "rail_text")
        side = theme.space("icon_m")
        top = theme.space("space_s")
        middle = self.width() / 2
        painter.setPen(ink)
        if self._hinting and self._cap:
            painter.setFont(theme.font("keycap"))
            place = QRectF(0, top, self.width(), side)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._cap)
        else:
            place = QRectF(QPointF(middle - side / 2, top), QPointF(middle + side / 2, top + side))
            self._kit.icons.paint(painter, place, self._icon_name, ink)
        painter.setFont(self.font())
        words = QRectF(0, top + side, self.width(), self.height() - top - side)
        shown = QFontMetricsF(self.font()).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, shown)
        if self._badge:
            paint_badge(painter, QPointF(middle + side / 2, top), theme, self._badge)
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme, ink="rail_focus")
        painter.end()


class NavRail(QWidget):
    """``chosen(key)`` follows each choice by the person."""

    chosen = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._items: dict[str, RailItem] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._clicked)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, ground="rail")
        kit.texts.bind(self.setAccessibleName, "shell.rail")
        theme = kit.theme
        self.setFixedWidth(theme.space("rail_width"))
        column = Column(kit, self, gap="rail_item_gap")
        margin = theme.space("rail_item_margin")
        column.setContentsMargins(margin, 0, margin, margin)
        mark = Label(kit, "shell.mark", role="rail_mark", ink="rail")
        mark.setFixedHeight(theme.space("topbar"))
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(mark)
        self._upper = Column(kit, gap="rail_item_gap")
        column.addLayout(self._upper)
        column.addStretch(1)
        self._lower = Column(kit, gap="rail_item_gap")
        column.addLayout(self._lower)

    def add(self, key: str, icon: str, title_key: str, shortcut: str, *, bottom: bool) -> None:
        """Add an item for a page."""
        item = RailItem(self._kit, key, icon, title_key, shortcut)
        self._items[key] = item
        self._group.addButton(item)
        (self._lower if bottom else self._upper).addWidget(item)

    def set_active(self, key: str) -> None:
        """Mark the item of the shown page."""
        item = self._items.get(key)
        if item is not None:
            item.setChecked(True)

    def item(self, key: str) -> RailItem | None:
        """The item of a page, if it has one."""
        return self._items.get(key)

    def set_hinting(self, *, hinting: bool) -> None:
        """Show the keys while Ctrl is held."""
        for item in self._items.values():
            item.set_hinting(hinting=hinting)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move from item to item."""
        if not move_focus(event, list(self._items.values()), around=True):
            super().keyPressEvent(event)

    def _clicked(self, item: QAbstractButton) -> None:
        if isinstance(item, RailItem):
            self.chosen.emit(item.key)
