"""Buttons, painted from the theme: primary, plain, danger, quiet; with icon and key-cap."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop.ui.shared.kit.actions import Action, key_cap
from desktop.ui.shared.kit.kit import Kit


class Variant(Enum):
    """What a button means: the one next step, a choice, what cannot be undone, a side matter."""

    PRIMARY = "primary"
    PLAIN = "plain"
    DANGER = "danger"
    QUIET = "quiet"


class Size(Enum):
    """Heights: in rows, on pages, and the one urgent button of a page."""

    COMPACT = "control_compact"
    NORMAL = "control"
    LARGE = "control_large"


@dataclass(frozen=True, slots=True)
class _ButtonStyle:
    ground: str
    hover: str
    pressed: str
    line: str
    text: str
    cap_text: str
    cap_line: str


_FILLED_CAP = ("key_on_fill", "key_line_on_fill")
_PLAIN_CAP = ("text_muted", "line_strong")
_LOOKS = {
    Variant.PRIMARY: _ButtonStyle(
        "primary", "primary_hover", "primary_pressed", "", "on_primary", *_FILLED_CAP
    ),
    Variant.DANGER: _ButtonStyle(
        "danger", "danger_hover", "danger_pressed", "", "on_danger", *_FILLED_CAP
    ),
    Variant.PLAIN: _ButtonStyle("surface", "hover", "pressed", "line_strong", "text", *_PLAIN_CAP),
    Variant.QUIET: _ButtonStyle("", "hover", "pressed", "", "text_muted", *_PLAIN_CAP),
}
_CHECKED = _ButtonStyle("blue_soft", "blue_soft", "blue_soft", "", "blue", *_PLAIN_CAP)


class Button(QPushButton):
    """A button with catalogue words (``key`` "" for data, see ``set_text``). ``keys`` draws the
    key-cap of a shortcut that is registered elsewhere."""

    def __init__(
        self,
        kit: Kit,
        key: str,
        *,
        variant: Variant = Variant.PLAIN,
        size: Size = Size.NORMAL,
        icon: str = "",
        keys: str = "",
        name: str = "",
    ) -> None:
        super().__init__()
        self._kit = kit
        self._variant = variant
        self._size = size
        self._icon_name = icon
        self._cap = key_cap(keys) if keys else ""
        role = "button_large" if size is Size.LARGE else "button"
        self.setFont(kit.theme.font(role))
        self.setFixedHeight(kit.theme.space(size.value))
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if name:
            self.setObjectName(name)
        if key:
            self.set_key(key)
        kit.theme.changed.connect(self.update)

    @classmethod
    def of(
        cls,
        kit: Kit,
        action: Action,
        *,
        variant: Variant = Variant.PLAIN,
        size: Size = Size.NORMAL,
        icon: str = "",
        name: str = "",
    ) -> Button:
        """A button that does ``action`` and shows its name and key."""
        button = cls(
            kit, action.name_key, variant=variant, size=size, icon=icon, keys=action.keys, name=name
        )
        button.clicked.connect(action.trigger)
        button.setEnabled(action.enabled)
        action.enabled_changed.connect(button.setEnabled)
        return button

    def set_key(self, key: str, **params: str | int) -> None:
        """Show other catalogue words."""
        self._kit.texts.bind(self.setText, key, **params)

    def set_text(self, text: str) -> None:
        """Show data as it is."""
        self._kit.texts.release(self.setText)
        self.setText(text)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon_name = icon
        self.update()

    def set_variant(self, variant: Variant) -> None:
        """Give it another meaning."""
        self._variant = variant
        self.update()

    def setText(self, text: str) -> None:
        """Show the text, name it for screen readers, and ask for room."""
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for icon, words and key-cap."""
        theme = self._kit.theme
        tight = self._size is Size.COMPACT
        padding = theme.space("button_padding_compact" if tight else "button_padding")
        return QSize(
            round(self._content_width() + 0.5) + 2 * padding, theme.space(self._size.value)
        )

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the focused button, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, focus ring, then icon, words and key-cap in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = _CHECKED if self.isChecked() else _LOOKS[self._variant]
        self._paint_ground(painter, look)
        self._paint_content(painter, look)
        painter.end()

    def _paint_ground(self, painter: QPainter, look: _ButtonStyle) -> None:
        theme = self._kit.theme
        ring = theme.space("ring")
        radius = theme.space("radius_m")
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.hasFocus():
            # Ring, gap, fill: seen on every ground, also on a fill of the ring's own colour.
            painter.setPen(QPen(theme.color("focus"), ring))
            painter.setBrush(theme.color("surface"))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
            rect = rect.adjusted(ring + 1, ring + 1, -ring - 1, -ring - 1)
            radius -= ring
        ground = self._ground(look)
        line = look.line if not self.hasFocus() else ""
        painter.setPen(
            QPen(theme.color(line), theme.space("border")) if line else Qt.PenStyle.NoPen
        )
        painter.setBrush(theme.color(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, radius, radius)

    def _ground(self, look: _ButtonStyle) -> str:
        if not self.isEnabled():
            return "grey_soft" if look.ground else ""
        if self.isDown():
            return look.pressed
        if self.underMouse():
            return look.hover
        return look.ground

    def _paint_content(self, painter: QPainter, look: _ButtonStyle) -> None:
        theme = self._kit.theme
        ink = theme.color(look.text if self.isEnabled() else "text_disabled")
        middle = self.height() / 2
        x = (self.width() - self._content_width()) / 2
        gap = theme.space("space_xs")
        if self._icon_name:
            side = theme.space("icon_s")
            place = QRectF(x, middle - side / 2, side, side)
            self._kit.icons.paint(painter, place, self._icon_name, ink)
            x += side + (gap if self.text() else 0)
        painter.setPen(ink)
        painter.setFont(self.font())
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(x, 0, width + 1, self.height()), flags, self.text())
        if self._cap:
            self._paint_cap(painter, look, x + width + gap)

    def _paint_cap(self, painter: QPainter, look: _ButtonStyle, x: float) -> None:
        theme = self._kit.theme
        height = theme.space("keycap_height")
        place = QRectF(x, (self.height() - height) / 2, self._cap_width(), height)
        place = place.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color(look.cap_line), theme.space("border")))
        painter.drawRoundedRect(place, theme.space("radius_s"), theme.space("radius_s"))
        painter.setPen(theme.color(look.cap_text if self.isEnabled() else "text_disabled"))
        painter.setFont(self._cap_font())
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._cap)

    def _content_width(self) -> float:
        theme = self._kit.theme
        gap = theme.space("space_xs")
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        if self._icon_name:
            width += theme.space("icon_s") + (gap if self.text() else 0)
        if self._cap:
            width += gap + self._cap_width()
        return width

    def _cap_font(self) -> QFont:
        return self._kit.theme.font("keycap")

    def _cap_width(self) -> float:
        padding = self._kit.theme.space("keycap_padding")
        return QFontMetricsF(self._cap_font()).horizontalAdvance(self._cap) + 2 * padding + 1


class IconButton(Button):
    """A quiet button of one icon; the words are its accessible name and its tooltip."""

    def __init__(
        self, kit: Kit, key: str, icon: str, *, size: Size = Size.COMPACT, name: str = ""
    ) -> None:
        super().__init__(kit, key, variant=Variant.QUIET, size=size, icon=icon, name=name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Words are named and shown as a tip, not painted."""
        self.setAccessibleName(text)
        self.setToolTip(text)

    def sizeHint(self) -> QSize:
        """A square."""
        side = self._kit.theme.space(self._size.value)
        return QSize(side, side)
