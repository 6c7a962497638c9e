"""The map of a series: cases on the left, the values they share on the right, a line for each place where one holds
another. Who is chosen lights up what it shares."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.domain.series.series import SeriesSheet
from desktop.ui.series.tables import plain
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.views.layered_scene import (
    SankeyScene,
    SceneLink,
    SceneNode,
    SceneSizes,
    lay_out,
)

_CASE, _VALUE = "case/", "value/"


class LinkMap(QWidget):
    """``show_sheet`` draws; ``choose`` lights a case."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._sheet: SeriesSheet | None = None
        self._chosen = ""
        self.setObjectName("series_map")
        kit.theme.changed.connect(self.update)
        kit.texts.bind(self.setAccessibleName, "series.tab.map")

    def show_sheet(self, sheet: SeriesSheet) -> None:
        """Draw another series."""
        self._sheet = sheet
        self.setMinimumHeight(round(self._scene(0).height))
        description = self._kit.texts.text(
            "series.map_told", cases=len(sheet.cases), links=len(sheet.links)
        )
        self.setAccessibleDescription(description)
        self.update()

    def forget(self) -> None:
        """Draw nothing."""
        self._sheet = None
        self.setMinimumHeight(0)
        self.setAccessibleDescription("")
        self.update()

    def choose(self, case: str) -> None:
        """Light what a case shares."""
        self._chosen = case
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its nodes need."""
        return QSize(self._kit.theme.space("dialog_width"), round(self._scene(0).height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lines first, then the names on both sides."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scene = self._scene(self.height())
        boxes = {box.key: box for box in scene.boxes}
        for band in scene.bands:
            lit = self._chosen and band.source == _CASE + self._chosen
            ink = self._kit.theme.color("primary" if lit else "line_strong")
            painter.setPen(QPen(ink, 2 if lit else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(self._line(boxes[band.source], boxes[band.target]))
        for box in scene.boxes:
            self._node(painter, box)
        painter.end()

    def _scene(self, height: float) -> SankeyScene:
        sheet, space = self._sheet, self._kit.theme.space
        if sheet is None:
            return SankeyScene()
        cases = [_CASE + item.id for item in sheet.cases]
        values = [_VALUE + link.normal for link in sheet.links]
        links = [
            SceneLink(_CASE + case, _VALUE + link.normal, 1)
            for link in sheet.links
            for case in link.cases
        ]
        slot, label = float(space("control")), self.width() * 0.4
        room = SceneSizes(
            float(self.width()), height, float(space("space_s")), float(space("dot")),
            float(space("space_xs")), slot, self.width() * 0.5, label,
        )  # fmt: skip
        return lay_out([cases, values], links, room)

    def _line(self, source: SceneNode, target: SceneNode) -> QPainterPath:
        dot = self._kit.theme.space("dot")
        start = QPointF(self._right(source), source.y + source.slot / 2)
        end = QPointF(target.x + dot / 2, target.y + target.slot / 2)
        bend = (end.x() - start.x()) / 2
        path = QPainterPath(start)
        path.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end)
        return path

    def _right(self, box: SceneNode) -> float:
        """Lines leave a case behind its text."""
        return box.x + self.width() * 0.36

    def _node(self, painter: QPainter, box: SceneNode) -> None:
        theme, sheet = self._kit.theme, self._sheet
        if sheet is None:
            return
        is_case = box.key.startswith(_CASE)
        key = box.key.partition("/")[2]
        dot = theme.space("dot")
        centre = QPointF(box.x + dot / 2, box.y + box.slot / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("primary" if is_case else "flow_node"))
        painter.drawEllipse(centre, dot / 2, dot / 2)
        text = self._case_words(key) if is_case else plain(key)
        font = theme.font("small_strong" if key == self._chosen else "small")
        wide = self.width() * (0.34 if is_case else 0.42)
        place = QRectF(box.x + dot + 6, box.y, wide, box.slot)
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideMiddle, wide)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _case_words(self, case: str) -> str:
        found = next((c for c in self._sheet.cases if c.id == case), None) if self._sheet else None
        if found is None:
            return ""
        return f"{found.victim}  {found.unit_name}  ¥ {yuan(found.loss_fen)}"
