"""The drawing itself: columns, bands, nodes and their two lines. The same hand draws the window, the picture and the
page, in whatever colours it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from desktop.ui.flow.graph import Ends, NodeKind
from desktop.ui.shared.widgets.views.layered_scene import SankeyScene, SceneBand, SceneNode

_VALUES = {
    NodeKind.VICTIM: "primary",
    NodeKind.ACCOUNT: "flow_node",
    NodeKind.EXIT: "red",
    NodeKind.HELD: "green",
}
_FAINT = 0.35


@dataclass(frozen=True, slots=True)
class NodeText:
    """How a node is told of: two lines, its kind, and all of it for the tooltip."""

    name: str
    amount: str
    kind: NodeKind
    whole: str
    state: str = ""
    """What was ordered about it, in a word; ``ink`` is its colour."""
    ink: str = "text_muted"


@dataclass(frozen=True, slots=True)
class Pens:
    """Where colours and type come from."""

    color: Callable[[str], QColor]
    font: Callable[[str], QFont]


@dataclass(frozen=True, slots=True)
class FlowDrawing:
    """What is drawn. ``picked``: the chosen node; ``path``: the links through it; ``node``: a node's width."""

    scene: SankeyScene
    faces: Mapping[str, NodeText]
    heads: tuple[str, ...]
    node: float
    picked: str = ""
    path: frozenset[Ends] = frozenset()
    focused: bool = False


class SankeyPainter:
    """Draws at the painter's origin."""

    def __init__(self, painter: QPainter, pens: Pens, drawing: FlowDrawing) -> None:
        self._painter = painter
        self._pens = pens
        self._drawing = drawing

    def paint(self, clip: QRectF) -> None:
        """Everything that touches ``clip``, the heads of the columns where they lie now."""
        painter, scene = self._painter, self._drawing.scene
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for band in scene.bands:
            if self._touches(band, clip):
                self._band(band)
        for box in scene.boxes:
            if box.y - box.slot <= clip.bottom() and box.y + box.slot >= clip.top():
                self._box(box)

    def paint_heads(self, top: float) -> None:
        """The names of the columns, at ``top``."""
        self._painter.setFont(self._pens.font("small"))
        self._painter.setPen(self._pens.color("text_muted"))
        metrics = QFontMetricsF(self._pens.font("small"))
        for left, head in zip(self._drawing.scene.columns, self._drawing.heads, strict=False):
            place = QRectF(left, top, self._wide, metrics.height() + 2)
            shown = metrics.elidedText(head, Qt.TextElideMode.ElideRight, place.width())
            self._painter.drawText(place, Qt.AlignmentFlag.AlignLeft, shown)

    @property
    def _wide(self) -> float:
        """The room from one column to the next."""
        columns = self._drawing.scene.columns
        if len(columns) < 2:
            return self._drawing.scene.width
        return columns[1] - columns[0]

    def _touches(self, band: SceneBand, clip: QRectF) -> bool:
        top = min(band.y1, band.y2)
        bottom = max(band.y1, band.y2) + band.thick
        return top <= clip.bottom() and bottom >= clip.top()

    def _band(self, band: SceneBand) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._ink(band))
        self._painter.drawPath(_ribbon(band, self._wide))

    def _ink(self, band: SceneBand) -> QColor:
        drawing = self._drawing
        face = drawing.faces.get(band.target)
        held = face is not None and face.kind is NodeKind.HELD
        if (band.source, band.target) in drawing.path:
            return self._pens.color("flow_band_held" if held else "flow_band_picked")
        ink = self._pens.color("flow_band_held" if held else "flow_band")
        if drawing.path:
            ink.setAlphaF(ink.alphaF() * _FAINT * 2)
        return ink

    def _box(self, box: SceneNode) -> None:
        drawing, painter = self._drawing, self._painter
        face = drawing.faces[box.key]
        place = QRectF(box.x, box.y, drawing.node, box.height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._pens.color(_VALUES[face.kind]))
        painter.drawRoundedRect(place, 3, 3)
        if box.key == drawing.picked:
            ink = self._pens.color("focus" if drawing.focused else "line_strong")
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ink, 2))
            painter.drawRoundedRect(place.adjusted(-3, -3, 3, 3), 5, 5)
        self._lines(box, face)

    def _lines(self, box: SceneNode, face: NodeText) -> None:
        left = box.x + self._drawing.node + 6
        room = self._wide - self._drawing.node - 14
        strong = box.key == self._drawing.picked
        role = "small_strong" if strong else "small"
        high = QFontMetricsF(self._pens.font(role)).height()
        self._line(QPointF(left, box.y - 1), face.name, (role, "text"), room)
        below = QPointF(left, box.y - 1 + high)
        taken = self._line(below, face.amount, ("small", "text_muted"), room)
        if face.state and taken < room:
            gap = high / 3
            beside = QPointF(left + taken + gap, below.y())
            self._line(beside, face.state, ("small_strong", face.ink), room - taken - gap)

    def _line(self, at: QPointF, text: str, look: tuple[str, str], room: float) -> float:
        """Draw a text; how wide it is."""
        font = self._pens.font(look[0])
        metrics = QFontMetricsF(font)
        self._painter.setFont(font)
        self._painter.setPen(self._pens.color(look[1]))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        self._painter.drawText(QPointF(at.x(), at.y() + metrics.ascent()), shown)
        return metrics.horizontalAdvance(shown)


def _ribbon(band: SceneBand, wide: float) -> QPainterPath:
    """A band between two nodes; one that leads back bows out beyond both."""
    bend = (band.x2 - band.x1) / 2
    if band.back:
        bend = wide * 0.6
    path = QPainterPath(QPointF(band.x1, band.y1))
    path.cubicTo(
        QPointF(band.x1 + bend, band.y1),
        QPointF(band.x2 - bend, band.y2),
        QPointF(band.x2, band.y2),
    )
    path.lineTo(QPointF(band.x2, band.y2 + band.thick))
    path.cubicTo(
        QPointF(band.x2 - bend, band.y2 + band.thick),
        QPointF(band.x1 + bend, band.y1 + band.thick),
        QPointF(band.x1, band.y1 + band.thick),
    )
    path.closeSubpath()
    return path
