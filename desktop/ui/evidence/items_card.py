"""The left column: add, paste, the grid, and the place to drop files."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import EvidenceId
from desktop.ui.evidence.items.item_model import (
    CHECK_ROLE,
    ITEM_ROLE,
    THUMB_ROLE,
    EvidenceModel,
    IntegrityState,
)
from desktop.ui.evidence.items.kinds import GROUNDS, kind_of
from desktop.ui.evidence.items.signs import SIGNS
from desktop.ui.evidence.pane_actions import PaneActions
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shared.widgets.texts.painting import paint_ring

_Index = QModelIndex | QPersistentModelIndex


class TileDelegate(QStyledItemDelegate):
    """Sizes itself so that ``columns`` tiles fill the width it was told."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit = kit
        self._size = QSize(kit.theme.space("thumb_width"), self.height())
        kit.theme.changed.connect(self._repaint)

    def height(self) -> int:
        """Of a cell, gap included."""
        theme = self._kit.theme
        caption = QFontMetricsF(theme.font("small")).height() + 2 * theme.space("space_xs")
        return round(theme.space("thumb_height") + caption + theme.space("card_gap"))

    def set_cell(self, size: QSize) -> None:
        """The size of a cell, gap included."""
        self._size = size

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """All cells are alike."""
        return self._size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Tile with border; the chosen one with a ring."""
        item = index.data(ITEM_ROLE)
        if not isinstance(item, Evidence):
            return
        theme = self._kit.theme
        rect, state = option.rect, option.state  # type: ignore[attr-defined]  # the stubs lack them
        gap = theme.space("card_gap")
        place = QRectF(rect).adjusted(0.5, 0.5, -gap + 0.5, -gap + 0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        radius = theme.space("radius_m")
        shape = QPainterPath()
        shape.addRoundedRect(place, radius, radius)
        painter.fillPath(shape, theme.color("surface"))
        top = QRectF(place.left(), place.top(), place.width(), theme.space("thumb_height"))
        painter.setClipPath(shape)
        self._paint_top(painter, top, item, index.data(THUMB_ROLE))
        painter.setClipping(False)
        self._paint_name(painter, place, top, item.name)
        painter.setPen(QPen(theme.color("line_strong"), theme.space("border")))
        painter.drawPath(shape)
        if index.data(CHECK_ROLE) is IntegrityState.BAD:
            self._paint_bad(painter, top)
        if state & QStyle.StateFlag.State_Selected:
            self._paint_choice(
                painter, place, focused=bool(state & QStyle.StateFlag.State_HasFocus)
            )
        painter.restore()

    def _paint_choice(self, painter: QPainter, place: QRectF, *, focused: bool) -> None:
        theme = self._kit.theme
        edge = place.adjusted(-0.5, -0.5, 0.5, 0.5)
        paint_ring(painter, edge, theme, ink="focus" if focused else "primary")
        if focused:  # ring, gap, picture: seen on a picture of any colour
            ring = theme.space("ring")
            inner = edge.adjusted(ring, ring, -ring, -ring)
            paint_ring(painter, inner, theme, ink="surface")

    def _paint_top(self, painter: QPainter, top: QRectF, item: Evidence, thumb: object) -> None:
        theme = self._kit.theme
        kind = kind_of(item.name, item.media_type)
        painter.fillRect(top, theme.color(GROUNDS[kind]))
        if isinstance(thumb, QImage):
            painter.drawImage(top, thumb, _cover(thumb, top))
            return
        side = theme.space("icon_l")
        sign = QRectF(top.center().x() - side / 2, top.center().y() - side / 2, side, side)
        self._kit.icons.paint(painter, sign, SIGNS[kind], theme.color("on_thumb"))

    def _paint_name(self, painter: QPainter, place: QRectF, top: QRectF, name: str) -> None:
        theme = self._kit.theme
        font = theme.font("small")
        inset = theme.space("space_s") - 1
        below = QRectF(place.left() + inset, top.bottom(), place.width() - 2 * inset, 0)
        below.setBottom(place.bottom())
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        shown = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideMiddle, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_bad(self, painter: QPainter, top: QRectF) -> None:
        theme = self._kit.theme
        side, inset = theme.space("icon_m"), theme.space("space_xs")
        place = QRectF(top.right() - side - inset, top.top() + inset, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone_ground(Tone.BAD))
        painter.drawEllipse(place)
        inner = place.adjusted(2, 2, -2, -2)
        self._kit.icons.paint(painter, inner, "warning", theme.tone(Tone.BAD))

    def _repaint(self) -> None:
        parent = self.parent()
        if isinstance(parent, QWidget):
            parent.update()


def _cover(image: QImage, place: QRectF) -> QRectF:
    """The part of ``image`` that fills ``place`` without distortion: its middle, its top when it is tall."""
    wanted = place.width() / place.height()
    width, height = float(image.width()), float(image.height())
    if width / height > wanted:
        shown = height * wanted
        return QRectF((width - shown) / 2, 0, shown, height)
    return QRectF(0, 0, width, width / wanted)


class EvidenceGrid(QListView):
    """``chosen(item | None)`` follows the selection, ``opened`` asks for the viewer."""

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, kit: Kit, model: EvidenceModel) -> None:
        super().__init__()
        self._kit = kit
        self._model = model
        self._tiles = TileDelegate(kit, self.viewport())
        self.setObjectName("evidence_grid")
        self.setModel(model)
        self.setItemDelegate(self._tiles)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: a bar that comes and goes would re-flow the tiles under the mouse.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        kit.texts.bind(self.setAccessibleName, "evidence.grid")
        self.activated.connect(self._activated)

    def current(self) -> Evidence | None:
        """The chosen item."""
        return self._model.item_at(self.currentIndex().row())

    def choose(self, evidence: EvidenceId) -> bool:
        """Select that item; False if it is not here."""
        row = self._model.row_of(evidence)
        if row < 0:
            return False
        self.setCurrentIndex(self._model.index(row))
        return True

    def choose_first(self) -> None:
        """Select the first item, if nothing is selected."""
        if self.current() is None and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell who is chosen now."""
        super().selectionChanged(selected, deselected)
        indexes = self.selectedIndexes()
        self.chosen.emit(self._model.item_at(indexes[0].row()) if indexes else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit, filling the width."""
        width = self.viewport().width()
        columns = max(1, width // self._kit.theme.space("thumb_width"))
        # One pixel less: a row that fills the width to the last pixel is wrapped by the view.
        cell = QSize((width - 1) // columns, self._tiles.height())
        self._tiles.set_cell(cell)
        self.setGridSize(cell)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space turn to the viewer."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and self.current() is not None:
            self.opened.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def _activated(self) -> None:
        self.opened.emit()


class DropArea(QFrame):
    """Says where files can be dropped; lights up while something hovers over the pane."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setObjectName("evidence_drop")
        set_look(self, panel="drop")
        self.setMinimumHeight(kit.theme.space("drop_area"))
        column = Column(kit, self, gap="space_xxs")
        margin = kit.theme.space("space_s")
        column.setContentsMargins(margin, margin, margin, margin)
        column.addStretch(1)
        for key in ("evidence.drop.what", "evidence.drop.promise"):
            line = Label(kit, key, role="small", ink="muted", wrap=True)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(line)
        column.addStretch(1)

    def light(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Show that letting go here takes the files in."""
        set_look(self, panel="blue" if on else "drop")


class ItemsCard(Card):
    """Grid and what fills it."""

    def __init__(self, kit: Kit, model: EvidenceModel, actions: PaneActions) -> None:
        super().__init__(kit)
        self._kit = kit
        self._model = model
        self.title.hide()
        buttons = Row(kit)
        add = actions.add
        self._add = Button(
            kit, add.name_key, variant=Variant.PRIMARY, icon="add", name="evidence_add"
        )
        self._add.setToolTip(add.keys)  # there is no room for its key-cap
        self._add.clicked.connect(add.trigger)
        self._add.setEnabled(add.enabled)
        add.enabled_changed.connect(self._add.setEnabled)
        buttons.addWidget(self._add)
        buttons.addWidget(Button.of(kit, actions.paste, name="evidence_paste"))
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.grid = EvidenceGrid(kit, model)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(EmptyState(kit, "image", "evidence.empty"))
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(Button.of(kit, actions.read, name="evidence_read"))
        self._seldom = Row(kit, gap="space_xs")
        self.body.addLayout(self._seldom)
        self.add_action(actions.read_all, "read_all")
        self.drop = DropArea(kit)
        self.body.addWidget(self.drop)
        model.rowsInserted.connect(self._count)
        model.rowsRemoved.connect(self._count)
        self._count()

    def add_action(self, action: Action, name: str) -> None:
        """What is done seldom with many items at once; ``name`` is of ``evidence.short``."""
        button = Button(self._kit, f"evidence.short.{name}", name=f"evidence_{name}")
        button.setToolTip(action.cap)  # there is no room for its key-cap
        button.clicked.connect(action.trigger)
        button.setEnabled(action.enabled)
        action.enabled_changed.connect(button.setEnabled)
        self._seldom.addWidget(button, 1)

    def first_focus(self) -> QWidget:
        """The grid; while it is empty, what fills it."""
        return self.grid if self._model.rowCount() else self._add

    def _count(self) -> None:
        held = self.window().focusWidget() is self._add
        self._stack.setCurrentIndex(0 if self._model.rowCount() else 1)
        if held:
            self.first_focus().setFocus()
