"""Paints one card from the tokens: the still parts once into a picture, the clock chip live on top."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from desktop.domain.cases.case import Visit
from desktop.domain.hidden_signs import spelled_out
from desktop.domain.numbers import short_case_number
from desktop.ui.board.board_item import BoardItem
from desktop.ui.board.board_rules import BoardRules
from desktop.ui.board.card_metrics import CardMetrics, FontFace
from desktop.ui.board.card_name import card_name, card_type
from desktop.ui.board.card_note import card_note, is_late
from desktop.ui.board.chip_face import ChipFace, chip_face
from desktop.ui.board.desk_mark import desk_mark
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.painting import paint_chip, paint_ring

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
        note, ink = card_note(self._kit, item, late=late)
        place = self.metrics.number_place(row, note)
        face = self.metrics.number
        number = face.metrics.elidedText(number, Qt.TextElideMode.ElideLeft, place.width())
        self._text(painter, place, number, face, "text_muted")
        if note:
            self._text(painter, row, note, self.metrics.small, ink, right=True)

    def _draw_draft(
        self, painter: QPainter, amount: QRectF, number: QRectF, item: BoardItem
    ) -> None:
        words = self._kit.texts
        self._text(painter, amount, words.text("board.card.continue"), self.metrics.small, "blue")
        saved = words.text("board.card.saved", at=show_local(item.at, self._kit.zone)[5:16])
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
