"""Paints one card from the tokens: the still parts once into a picture, the clock chip live on top."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPixmap

from desktop.domain.cases.case import Visit
from desktop.domain.records.numbers import short_case_number
from desktop.domain.text.hidden_signs import spelled_out
from desktop.ui.board.board_item import BoardItem
from desktop.ui.board.board_rules import BoardRules
from desktop.ui.board.card_name import card_name, card_type
from desktop.ui.board.card_note import card_note, is_late
from desktop.ui.board.chip_face import ChipFace, chip_face
from desktop.ui.board.desk_mark import desk_mark
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Theme, Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.texts.painting import paint_chip, paint_ring

_NAME, _CLOCK = 3 * "\u3000", "11:28:00"
"""What is to be seen of a card at a glance: a name of three signs, each as wide as this blank, and a clock."""


class CardMetrics:
    """Fonts, their metrics and the heights of the four rows of a card."""

    def __init__(self, theme: Theme) -> None:
        self.padding = theme.space("space_m")
        self.gap = theme.space("space_xs")
        self.below = theme.space("space_s")
        """The lane seen under each card."""
        self.radius = theme.space("radius_l")
        self.chip_height = theme.space("chip_height")
        self.chip_padding = theme.space("chip_padding")
        self.dot = theme.space("dot")
        self.name = FontFace(theme.font("section"))
        self.chip = FontFace(theme.font("chip"))
        self.amount = FontFace(theme.font("amount"))
        self.small = FontFace(theme.font("small"))
        self.number = FontFace(theme.font("digits_small"))
        self.top_row = max(self.name.height, self.chip_height)
        rows = (self.top_row, self.chip_height, self.amount.height, self.number.height)
        self.card_height = round(2 * self.padding + sum(rows) + 2 * self.gap)
        self.row_height = self.card_height + self.below

    def card_rect(self, width: float) -> QRectF:
        """The card within a row of that width; half a pixel in, so that its border is sharp."""
        return QRectF(0.5, 0.5, width - 1, self.card_height - 1)

    def rows(self, width: float) -> tuple[QRectF, QRectF, QRectF, QRectF]:
        """Name and chip, type, amount, number: from top to bottom, inside the padding."""
        x, y, inner = self.padding, self.padding, width - 2 * self.padding
        top = QRectF(x, y, inner, self.top_row)
        kind = QRectF(x, top.bottom() + self.gap, inner, self.chip_height)
        amount = QRectF(x, kind.bottom() + self.gap, inner, self.amount.height)
        number = QRectF(x, amount.bottom(), inner, self.number.height)
        return top, kind, amount, number

    def is_narrow(self, width: float) -> bool:
        """Whether a usual name and a clock do not fit beside each other (a small screen at 150 %)."""
        both = self.name.width(_NAME) + self.gap + self.chip_width(_CLOCK)
        return width - 2 * self.padding < both

    def chip_row(self, width: float) -> QRectF:
        """Where the chip stands: beside the name, or below it, in place of the type, where it would cut the name."""
        top, kind, _, _ = self.rows(width)
        return kind if self.is_narrow(width) else top

    def chip_rect(self, width: float, text: str, name: str) -> QRectF:
        """The chip at the right end of the row of the name, which it leaves room for a few characters, or at the left
        of the one below."""
        row = self.chip_row(width)
        if self.is_narrow(width):
            return QRectF(
                row.left(), row.top(), min(self.chip_width(text), row.width()), row.height()
            )
        name_room = min(self.name.width(name), row.width() / 4) + self.gap
        width = min(self.chip_width(text), row.width() - name_room)
        top = row.top() + (row.height() - self.chip_height) / 2
        return QRectF(row.right() - width, top, width, self.chip_height)

    def note_place(self, row: QRectF, number: str) -> QRectF:
        """What the number at the left end of the last row leaves to the note: people look a case up by its number."""
        taken = self.number.width(number) + self.gap / 2
        return row.adjusted(min(taken, row.width()), 0, 0, 0)

    def chip_width(self, text: str) -> float:
        """The natural width of a chip."""
        return self.chip.width(text) + 2 * self.chip_padding


class FontFace:
    """A font and what is asked of its metrics."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.height = self.metrics.height()

    def width(self, text: str) -> float:
        """The advance of a text."""
        return self.metrics.horizontalAdvance(text)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode.ElideRight
_CACHE_BYTES = 24 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CardState:
    """How a card is shown besides what it says."""

    width: int
    ratio: float
    hovered: bool = False
    focused: bool = False
    late: bool = False
    """A task of the case should have been done by now; set by the painter itself."""


class CardPainter:
    """Owned by the board; all columns share its pictures. ``forget`` after a change of looks or language."""

    def __init__(self, kit: Kit, rules: BoardRules) -> None:
        self._kit = kit
        self._rules = rules
        self._pictures: OrderedDict[tuple[object, ...], QPixmap] = OrderedDict()
        self._bytes = 0
        self.metrics = CardMetrics(kit.theme)

    def forget(self) -> None:
        """Drop every picture and measure anew."""
        self._pictures.clear()
        self._bytes = 0
        self.metrics = CardMetrics(self._kit.theme)

    def chip(self, item: BoardItem, now: datetime) -> ChipFace | None:
        """The chip of the card now."""
        return chip_face(self._kit, item, self._rules, now)

    def chip_place(self, width: int) -> QRectF:
        """Where the chip may be, in the row's own coordinates; all a tick has to repaint."""
        return self.metrics.chip_row(width)

    def paint(
        self, painter: QPainter, origin: QPointF, item: BoardItem, now: datetime, state: CardState
    ) -> None:
        """Paint the card with its top left corner at ``origin``."""
        face = self.chip(item, now)
        if is_late(item, now):
            state = replace(state, late=True)
        painter.drawPixmap(origin, self._picture(item, face, state))
        painter.save()
        painter.translate(origin)
        if face is not None:
            place = self._chip_rect(item, face, state)
            paint_chip(painter, place, self._kit.theme, face.text, face.tone)
        if state.focused:
            paint_ring(painter, self.metrics.card_rect(state.width), self._kit.theme)
        painter.restore()

    def _picture(self, item: BoardItem, face: ChipFace | None, state: CardState) -> QPixmap:
        """The still parts. What is beside the chip leaves it room, so the chip's room is part of the key."""
        room = 0
        if face is not None:
            room = round(self._chip_rect(item, face, state).width()) + self.metrics.gap
        key = (item, state.width, state.ratio, state.hovered, room, state.late)
        found = self._pictures.get(key)
        if found is not None:
            self._pictures.move_to_end(key)
            return found
        picture = self._draw(item, room, state)
        self._pictures[key] = picture
        self._bytes += picture.width() * picture.height() * 4
        while self._bytes > _CACHE_BYTES and len(self._pictures) > 1:
            _, old = self._pictures.popitem(last=False)
            self._bytes -= old.width() * old.height() * 4
        return picture

    def _chip_rect(self, item: BoardItem, face: ChipFace, state: CardState) -> QRectF:
        return self.metrics.chip_rect(state.width, face.text, self._name(item))

    def _name(self, item: BoardItem) -> str:
        return card_name(self._kit, item)

    def _draw(self, item: BoardItem, room: int, state: CardState) -> QPixmap:
        height = self.metrics.card_height
        picture = QPixmap(round(state.width * state.ratio), round(height * state.ratio))
        picture.setDevicePixelRatio(state.ratio)
        picture.fill(self._kit.theme.color("lane"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, item, state)
        top, kind, amount, number = self.metrics.rows(state.width)
        if self.metrics.is_narrow(state.width):
            kind = kind.adjusted(room, 0, 0, 0)
        else:
            top = top.adjusted(0, 0, -room, 0)
        self._draw_name(painter, top, item)
        self._draw_type(painter, kind, item)
        if item.card is None:
            self._draw_draft(painter, amount, number, item)
        else:
            self._draw_money(painter, amount, item)
            self._draw_number(painter, number, item, late=state.late)
        painter.end()
        return picture

    def _draw_ground(self, painter: QPainter, item: BoardItem, state: CardState) -> None:
        theme = self._kit.theme
        pen = QPen(theme.color("line_strong" if state.hovered else "line"), theme.space("border"))
        if item.card is None:
            pen = QPen(theme.color("blue_line"), theme.space("border"), Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.color("surface" if item.card else "surface_soft"))
        painter.drawRoundedRect(
            self.metrics.card_rect(state.width), self.metrics.radius, self.metrics.radius
        )

    def _draw_name(self, painter: QPainter, row: QRectF, item: BoardItem) -> None:
        ink = "text" if item.victim else "text_muted"
        self._text(painter, row, self._name(item), self.metrics.name, ink)

    def _draw_type(self, painter: QPainter, row: QRectF, item: BoardItem) -> None:
        row = row.adjusted(0, 0, -self._draw_desk(painter, row, item), 0)
        name = self._rules.type_name(item.type) if item.type else ""
        if item.card is None:  # the chip above says that it is a draft
            name = card_type(self._kit, item, name)
        if not name or row.width() < self.metrics.chip_width(name[:2]):
            return
        wide = row.width() - 2 * self.metrics.chip_padding
        shown = self.metrics.chip.metrics.elidedText(name, _ELIDE, wide)
        place = QRectF(row.left(), row.top(), self.metrics.chip_width(shown), row.height())
        paint_chip(painter, place, self._kit.theme, shown, Tone.INFO)

    def _draw_desk(self, painter: QPainter, row: QRectF, item: BoardItem) -> float:
        """The desk in charge at the right end, where it is another one; how much room it took."""
        mark = desk_mark(self._kit, item, self._rules.own)
        if mark is None:
            return 0
        width = self.metrics.chip_width(mark.chip)
        place = QRectF(row.right() - width, row.top(), width, row.height())
        paint_chip(painter, place, self._kit.theme, mark.chip, mark.tone)
        return width + self.metrics.gap

    def _draw_money(self, painter: QPainter, row: QRectF, item: BoardItem) -> None:
        card = item.card
        if card is None:
            return
        amount = self._kit.texts.text("board.card.amount", amount=yuan(card.loss_fen))
        if not card.loss_fen and card.visit != Visit.REPORT:
            amount = ""  # nobody lost anything, and nobody need ask
        ink = "text" if card.loss_fen else "text_muted"
        self._text(painter, row, amount, self.metrics.amount, ink)
        self._draw_sync(painter, row, card.sync)
        left = self.metrics.amount.width(amount) + 2 * self.metrics.gap
        place = row.adjusted(left, 0, -self.metrics.dot - 2 * self.metrics.gap, 0)
        files = self._kit.texts.text("board.card.files", count=card.evidence_count)
        if self.metrics.small.width(files) > place.width():
            files = str(card.evidence_count)
        self._text(painter, place, files, self.metrics.small, "text_muted", right=True)

    def _draw_sync(self, painter: QPainter, row: QRectF, sync: int) -> None:
        """◯ only here, ◐ partly at the centre, ● wholly at the centre."""
        theme, side = self._kit.theme, self.metrics.dot
        ink = theme.color("text_muted")
        place = QRectF(row.right() - side, row.center().y() - side / 2, side, side)
        place = place.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(ink, theme.space("border")))
        painter.setBrush(ink if sync >= 2 else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place)
        if sync == 1:
            painter.setBrush(ink)
            painter.drawPie(place, 90 * 16, 180 * 16)

    def _draw_number(self, painter: QPainter, row: QRectF, item: BoardItem, *, late: bool) -> None:
        """The number, and beside it the one thing that most wants doing."""
        card = item.card
        if card is None:
            return
        number = short_case_number(card.number)
        if card.merged:  # other reports of the same event are behind this card
            number = f"{number} +{card.merged}"
        self._text(painter, row, number, self.metrics.number, "text_muted")
        place = self.metrics.note_place(row, number)
        note, ink = card_note(self._kit, item, late=late)
        if self.metrics.small.width(note) > place.width():
            note, ink = card_note(self._kit, item, late=late, short=True)
        if note:
            self._text(painter, place, note, self.metrics.small, ink, right=True)

    def _draw_draft(
        self, painter: QPainter, amount: QRectF, number: QRectF, item: BoardItem
    ) -> None:
        texts = self._kit.texts
        self._text(painter, amount, texts.text("board.card.continue"), self.metrics.small, "blue")
        saved = texts.text("board.card.saved", at=show_local(item.at, self._kit.zone)[5:16])
        self._text(painter, number, saved, self.metrics.number, "text_muted")

    def _text(
        self,
        painter: QPainter,
        place: QRectF,
        text: str,
        face: FontFace,
        ink: str,
        *,
        right: bool = False,
    ) -> None:
        painter.setPen(self._kit.theme.color(ink))
        painter.setFont(face.font)
        shown = face.metrics.elidedText(spelled_out(text), _ELIDE, place.width())
        painter.drawText(place, _RIGHT if right else _LEFT, shown)
