"""The list that drops below a search field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.domain.text.hidden_signs import spelled_out
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shared.widgets.texts.painting import chip_width, paint_chip

Index = QModelIndex | QPersistentModelIndex
_HIT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_NO_INDEX = QModelIndex()
_NOTHING: Final = "shared.search.nothing"
_NOTHING_CHOSEN: Final = "shared.search.nothing_chosen"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing found. ``kind`` ends the catalogue key ``shared.search.kind.<kind>``."""

    kind: str
    title: str
    detail: str
    target: object
    """Given back when the person opens the hit."""
    marks: tuple[tuple[int, int], ...] = ()
    """From and to of what was asked for, in ``detail``."""


@dataclass(frozen=True, slots=True)
class SearchHits:
    """The first things found; ``more``: there are others; ``nothing``: the key of what is said where there are none."""

    hits: tuple[SearchHit, ...] = ()
    more: bool = False
    nothing: str = _NOTHING


class HitsModel(QAbstractListModel):
    """The hits in the order they were found."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: tuple[SearchHit, ...] = ()

    def set_hits(self, hits: Sequence[SearchHit]) -> None:
        """Show other hits."""
        self.beginResetModel()
        self._hits = tuple(hits)
        self.endResetModel()

    def hit(self, row: int) -> SearchHit:
        """The hit of that row."""
        return self._hits[row]

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """How many hits."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Title for reading aloud, the hit itself for the delegate."""
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        if role == _DISPLAY:
            return f"{hit.title} {hit.detail}"
        return hit if role == _HIT_ROLE else None


class _HitDelegate(QStyledItemDelegate):
    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit = kit

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        theme = self._kit.theme
        return QSize(theme.space("search_width_min"), theme.space("popup_row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = index.data(_HIT_ROLE)
        if not isinstance(hit, SearchHit):
            return
        theme = self._kit.theme
        rect = QRectF(option.rect)  # type: ignore[attr-defined]  # the stubs lack the members
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "blue_soft" if state & QStyle.StateFlag.State_Selected else ""
        if not ground and state & QStyle.StateFlag.State_MouseOver:
            ground = "hover"
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(ground))
            painter.drawRoundedRect(rect, theme.space("radius_m"), theme.space("radius_m"))
        gap = theme.space("space_s")
        place = rect.adjusted(gap, 0, -gap, 0)
        kind = self._kit.texts.text(f"shared.search.kind.{hit.kind}")
        wide = chip_width(theme, kind)
        chip = QRectF(place.right() - wide, place.top(), wide, place.height())
        paint_chip(painter, chip, theme, kind, Tone.NEUTRAL)
        texts = place.adjusted(0, theme.space("space_xs"), -wide - gap, -theme.space("space_xs"))
        self._line(painter, texts, "body", "text", hit.title, Qt.AlignmentFlag.AlignTop)
        self._detail(painter, texts, hit)
        painter.restore()

    def _detail(self, painter: QPainter, place: QRectF, hit: SearchHit) -> None:
        """What was asked for stands out within it."""
        left = place.left()
        for part, ink in _parts(hit):
            rest = QRectF(left, place.top(), place.right() - left, place.height())
            if rest.width() > 0:
                left += self._line(painter, rest, "small", ink, part, Qt.AlignmentFlag.AlignBottom)

    def _line(
        self,
        painter: QPainter,
        place: QRectF,
        role: str,
        ink: str,
        text: str,
        side: Qt.AlignmentFlag,
    ) -> float:
        """How wide it is."""
        font = self._kit.theme.font(role)
        painter.setFont(font)
        painter.setPen(self._kit.theme.color(ink))
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(spelled_out(text), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | side, shown)
        return metrics.horizontalAdvance(shown)


def _parts(hit: SearchHit) -> Iterator[tuple[str, str]]:
    """The pieces of what is said of a hit, each with its ink."""
    at = 0
    for begin, end in hit.marks:
        yield hit.detail[at:begin], "text_muted"
        yield hit.detail[begin:end], "blue"
        at = end
    yield hit.detail[at:], "text_muted"


class SearchPopup(QFrame):
    """Floats over the window and never takes the keyboard: typing goes on in the field. ``bar``: what the hits are
    narrowed by, above them."""

    opened = Signal(object)

    def __init__(self, kit: Kit, window: QWidget, bar: QWidget) -> None:
        super().__init__(window)
        self._kit = kit
        self.setObjectName("search_popup")
        self.setProperty("floating", True)
        set_look(self, panel="popup")
        pad = kit.theme.space("space_xs")
        column = Column(kit, self, gap="space_xs")
        column.setContentsMargins(pad, pad, pad, pad)
        self._bar = bar
        column.addWidget(bar)
        self.model = HitsModel()
        self.view = QListView()
        self.view.setObjectName("search_hits")
        self.view.setModel(self.model)
        self.view.setItemDelegate(_HitDelegate(kit, self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.clicked.connect(self._clicked)
        kit.texts.bind(self.view.setAccessibleName, "shared.search.results")
        column.addWidget(self.view)
        self.note = Label(kit, role="small", ink="muted")
        self.note.setObjectName("search_note")
        self.note.setContentsMargins(pad, pad, pad, pad)
        column.addWidget(self.note)
        self.hide()

    def show_hits(self, found: SearchHits, *, chosen: bool) -> None:
        """Show what was found, or that nothing was; ``chosen``: of what was chosen only."""
        self.model.set_hits(found.hits)
        self.view.setVisible(bool(found.hits))
        if found.hits:
            self.view.setCurrentIndex(self.model.index(0))
            self._say("shared.search.more" if found.more else "")
        else:
            self._say(_NOTHING_CHOSEN if chosen and found.nothing == _NOTHING else found.nothing)

    def show_note(self, key: str) -> None:
        """Show a sentence instead of hits."""
        self.model.set_hits(())
        self.view.hide()
        self._say(key)

    def place_below(self, field: QWidget) -> None:
        """Come to the front below ``field``, at least as wide as it and within the window."""
        theme = self._kit.theme
        rows = min(self.model.rowCount(), theme.space("popup_rows"))
        pad = theme.space("space_xs")
        self.view.setFixedHeight(max(rows, 1) * theme.space("popup_row"))
        corner = field.mapTo(self.window(), field.rect().bottomLeft())
        wide = self._bar.sizeHint().width() + 2 * pad
        wide = min(max(field.width(), wide), self.window().width())
        self.setFixedWidth(wide)
        self.adjustSize()
        self.move(min(corner.x(), self.window().width() - wide), corner.y() + pad)
        self.show()
        self.raise_()

    def move_choice(self, step: int) -> None:
        """Up or down by ``step``, staying inside the list."""
        count = self.model.rowCount()
        if count:
            row = min(max(self.view.currentIndex().row() + step, 0), count - 1)
            self.view.setCurrentIndex(self.model.index(row))

    def open_choice(self) -> bool:
        """Open the chosen hit; ``False`` if there is none."""
        index = self.view.currentIndex()
        if not self.isVisible() or not index.isValid():
            return False
        self._clicked(index)
        return True

    def _clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.hit(index.row()).target)

    def _say(self, key: str) -> None:
        self.note.setVisible(bool(key))
        if key:
            self.note.set_key(key)
