"""The Sankey as a widget: arrow keys walk along the money, Home and End go to the ends of a column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)

from desktop.ui.flow.graph import Ends, FlowGraph, NodeKind, neighbours, path_through
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.texts.painting import paint_ring
from desktop.ui.shared.widgets.views.drawn_view import DrawnView
from desktop.ui.shared.widgets.views.layered_scene import (
    SankeyScene,
    SceneBand,
    SceneNode,
    SceneSizes,
    lay_out,
)

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

    def paint_heads(self) -> None:
        """The names of the columns, at the top."""
        self._painter.setFont(self._pens.font("small"))
        self._painter.setPen(self._pens.color("text_muted"))
        metrics = QFontMetricsF(self._pens.font("small"))
        for left, head in zip(self._drawing.scene.columns, self._drawing.heads, strict=False):
            place = QRectF(left, 0, self._wide, metrics.height() + 2)
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


_EMPTY = FlowGraph((), (), cash_outs=False)
_NEAR = 6.0


class SankeyView(DrawnView):
    """``picked(key)`` when another node became the current one, ``opened(key)`` by Enter or a double click."""

    picked = Signal(str)
    opened = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "flow_sankey")
        self._graph, self._faces = _EMPTY, dict[str, NodeText]()
        self._heads: tuple[str, ...] = ()
        self._scene = SankeyScene()
        self._current = ""
        self._asked = False
        """Whether somebody chose the node; the one it begins with lights no way."""
        self._lit = frozenset[Ends]()
        kit.theme.changed.connect(self.viewport().update)
        kit.texts.bind(self.setAccessibleName, "flow.title")

    @property
    def current(self) -> str:
        """The key of the node under the keyboard; empty when there is none."""
        return self._current

    @property
    def scene(self) -> SankeyScene:
        """What is drawn, for pictures of it."""
        return self._scene

    def show_graph(
        self, graph: FlowGraph, faces: Mapping[str, NodeText], heads: tuple[str, ...]
    ) -> None:
        """Show other money; the current node stays while it is still there."""
        self._graph, self._faces, self._heads = graph, dict(faces), heads
        if self._current not in faces:
            first = next((node for column in graph.columns for node in column), None)
            self._current, self._asked = first.key if first else "", False
        self._lay_out()
        self._tell()

    def choose(self, key: str) -> None:
        """Make a node the current one and bring it into sight."""
        if key not in self._faces or (key == self._current and self._asked):
            return
        self._current, self._asked, self._lit = key, True, frozenset()
        self._reveal()
        self._tell()
        self.viewport().update()
        self.picked.emit(key)

    def light(self, bands: frozenset[Ends]) -> None:
        """Light these bands instead of the way through the chosen node; none for that way again."""
        self._lit = bands
        self.viewport().update()

    def drawing(self, *, chosen: bool = True) -> FlowDrawing:
        """What is drawn now; without the chosen node for a picture."""
        picked = self._current if chosen else ""
        path = self._path() if picked else frozenset()
        return FlowDrawing(
            self._scene, self._faces, self._heads, self._node, picked, path, self.hasFocus()
        )

    def _path(self) -> frozenset[Ends]:
        drawn = self._lit & {(link.source, link.target) for link in self._graph.links}
        if drawn or not self._asked:
            return drawn
        return path_through(self._graph.links, self._current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right and Left go with the largest sum, Up and Down within the column."""
        key = Qt.Key(event.key())
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._along(forward=key == Qt.Key.Key_Right)
        elif key in moves:
            self._within(moves[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._within(-len(self._faces) if key == Qt.Key.Key_Home else len(self._faces))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The drawing under the heads of its columns, which stay in sight."""
        painter = QPainter(self.viewport())
        area = QRectF(self.viewport().rect())
        theme = self._kit.theme
        hand = SankeyPainter(painter, Pens(theme.color, theme.font), self.drawing())
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        painter.save()
        painter.translate(-across + self._edge, -down)
        painter.setClipRect(
            QRectF(across - self._edge, down + self._top - 6, area.width(), area.height())
        )
        hand.paint(QRectF(0, down, self._scene.width, area.height()))
        painter.restore()
        painter.translate(-across + self._edge, 0)
        hand.paint_heads()
        painter.resetTransform()
        if self.hasFocus() and not self._current:
            paint_ring(painter, area, theme)
        painter.end()

    def minimumSizeHint(self) -> QSize:
        """Three columns of a few nodes."""
        return QSize(self._kit.theme.space("dialog_width"), self._kit.theme.space("flow_low"))

    @property
    def _node(self) -> float:
        return float(self._kit.theme.space("card_padding"))

    @property
    def _edge(self) -> float:
        return float(self._kit.theme.space("space_xs"))

    @property
    def _top(self) -> float:
        return float(self._kit.theme.space("space_xl") + self._kit.theme.space("space_xs"))

    def room(self, width: float, height: float) -> SceneSizes:
        """The sizes of a drawing of that size."""
        space = self._kit.theme.space
        slot = float(2 * space("card_padding") + space("space_xs"))
        label = float(space("thumb_width") + space("space_s"))
        return SceneSizes(
            width, height, self._top, self._node, float(space("space_s")), slot,
            label + self._node, label,
        )  # fmt: skip

    def laid_out(self, width: float, height: float) -> SankeyScene:
        """The drawing for another size."""
        columns = [[node.key for node in column] for column in self._graph.columns]
        return lay_out(columns, self._graph.links, self.room(width, height))

    def _lay_out(self) -> None:
        view = self.viewport()
        self._scene = self.laid_out(view.width() - 2 * self._edge, float(view.height()) - 4)
        wide, high = self.horizontalScrollBar(), self.verticalScrollBar()
        wide.setRange(0, max(round(self._scene.width + 2 * self._edge - view.width()), 0))
        high.setRange(0, max(round(self._scene.height - view.height()), 0))
        for bar, page in ((wide, view.width()), (high, view.height())):
            bar.setPageStep(page)
            bar.setSingleStep(self._kit.theme.space("space_xl"))
        view.update()

    def _along(self, *, forward: bool) -> None:
        came, left = neighbours(self._graph, self._current)
        if forward and left:
            self.choose(left[0].target)
        elif not forward and came:
            self.choose(came[0].source)

    def _within(self, step: int) -> None:
        here = self._box(self._current)
        if here is None:
            return
        column = sorted(
            (box for box in self._scene.boxes if box.column == here.column), key=lambda box: box.y
        )
        place = column.index(here) + step
        self.choose(column[min(max(place, 0), len(column) - 1)].key)

    def _box(self, key: str) -> SceneNode | None:
        return next((box for box in self._scene.boxes if box.key == key), None)

    def _sentence(self, key: str) -> str:
        return self._faces[key].whole

    def _at(self, point: QPointF) -> str:
        """The node whose bar or lines lie under ``point``."""
        x = point.x() + self.horizontalScrollBar().value() - self._edge
        y = point.y() + self.verticalScrollBar().value()
        reach = self._kit.theme.space("thumb_width")
        for box in self._scene.boxes:
            inside = box.x - _NEAR <= x <= box.x + self._node + reach
            if inside and box.y - 2 <= y <= box.y + max(box.height, box.slot):
                return box.key
        return ""

    def _open(self) -> None:
        if self._current:
            self.opened.emit(self._current)

    def _tell(self) -> None:
        face = self._faces.get(self._current)
        self.setAccessibleDescription(face.whole if face else "")

    def _reveal(self) -> None:
        box = self._box(self._current)
        if box is None:
            return
        bar, page = self.verticalScrollBar(), self.viewport().height()
        if box.y - self._top < bar.value():
            bar.setValue(round(box.y - self._top))
        elif box.y + box.slot > bar.value() + page:
            bar.setValue(round(box.y + box.slot - page))
        across, wide = self.horizontalScrollBar(), self.viewport().width()
        if box.x < across.value():
            across.setValue(round(box.x))
        elif box.x + self._node > across.value() + wide:
            across.setValue(round(box.x + self._node + self._kit.theme.space("thumb_width") - wide))
