"""Own icons: line drawings in ``resources/icons`` painted in a colour of the theme."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.ui.shared.kit.theme import Theme

_INK = b"currentColor"


class Icons(QObject):
    """Draws icons by name. ``resource`` turns a name below ``resources/`` into a path."""

    def __init__(self, theme: Theme, resource: Callable[[str], Path]) -> None:
        super().__init__()
        self._theme = theme
        self._resource = resource
        self._sources: dict[str, bytes] = {}
        self._renderers: dict[tuple[str, str], QSvgRenderer] = {}

    def paint(self, painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
        """Draw the icon into ``rect``, sharp at any scale; ``FileNotFoundError`` for an unknown
        name."""
        self._renderer(name, colour).render(painter, rect)

    def pixmap(self, name: str, size: int, ink: str) -> QPixmap:
        """The icon as a picture of ``size`` pixels in the colour ``ink``."""
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRectF(0, 0, size, size), name, self._theme.color(ink))
        painter.end()
        return picture

    def icon(self, name: str, ink: str = "text") -> QIcon:
        """The icon for places that want a ``QIcon``; it does not follow a later change of the
        theme."""
        found = QIcon()
        for size in ("icon_s", "icon_l", "icon_empty"):
            found.addPixmap(self.pixmap(name, self._theme.space(size), ink))
        return found

    def _renderer(self, name: str, colour: QColor) -> QSvgRenderer:
        slot = (name, colour.name())
        found = self._renderers.get(slot)
        if found is None:
            drawing = self._source(name).replace(_INK, colour.name().encode())
            found = self._renderers[slot] = QSvgRenderer(QByteArray(drawing), self)
        return found

    def _source(self, name: str) -> bytes:
        if name not in self._sources:
            self._sources[name] = self._resource(f"icons/{name}.svg").read_bytes()
        return self._sources[name]
