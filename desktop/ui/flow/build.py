"""Makes the flow pane of a case, or of a series."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget

from desktop.domain.flow.sheet import FlowAccount, FlowSheet
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.money.cash_out import is_chain_address
from desktop.domain.money.dispositions import Disposition
from desktop.domain.money.money_flow import CashOutKind
from desktop.domain.orders.order import OrderKind
from desktop.domain.progress import Progress
from desktop.runtime.files.atomic_file import write_atomic
from desktop.services.flow.account_targets import AccountTargets, account_targets
from desktop.services.flow.export_flow import DATA, FlowFormat, export_flow, note_export
from desktop.services.session import Session
from desktop.ui.flow.pane import FlowPane
from desktop.ui.flow.sankey_view import FlowDrawing, Pens, SankeyPainter
from desktop.ui.flow.texts import FlowTexts
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.picture_octets import png_octets
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Theme
from desktop.ui.shared.orders.ordering.actions import OrderActions
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.input.file_chooser import choose_folder
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.texts.label import Label

_ACTIONS: Final = (
    ("stop", OrderKind.STOP, "Alt+S", Variant.DANGER),
    ("details", OrderKind.QUERY_DETAILS, "Alt+Q", Variant.PLAIN),
    ("holder", OrderKind.QUERY_HOLDER, "Alt+H", Variant.PLAIN),
    ("freeze", OrderKind.FREEZE, "Alt+F", Variant.PLAIN),
)


_MARGIN = 24.0
_SHARP = 2
_DPI = 96
_A4_POINTS = 12.0
"""Millimetres of margin on a page."""


@dataclass(frozen=True, slots=True)
class FlowPictureText:
    """What stands on the picture: a title, the drawing, and the lines of the conservation table (cells)."""

    title: str
    note: str
    drawing: FlowDrawing
    table: tuple[tuple[str, ...], ...]


def png_of(theme: Theme, sheet: FlowPictureText) -> bytes:
    """A picture at twice the size of the window's drawing."""
    size = _size(theme, sheet)
    image = QImage(
        round(size.width() * _SHARP), round(size.height() * _SHARP), QImage.Format.Format_RGB32
    )
    image.fill(QColor(theme.tokens.colours["light"]["paper"]))
    painter = QPainter(image)
    painter.scale(_SHARP, _SHARP)
    _paint(painter, theme, sheet)
    painter.end()
    return png_octets(image)


def pdf_of(theme: Theme, sheet: FlowPictureText) -> bytes:
    """One page of A4, landscape, everything as large as fits."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Landscape)
    writer.setPageMargins(
        QMarginsF(_A4_POINTS, _A4_POINTS, _A4_POINTS, _A4_POINTS), QPageLayout.Unit.Millimeter
    )
    writer.setResolution(_DPI)
    writer.setTitle(sheet.title)
    painter = QPainter(writer)
    size, page = _size(theme, sheet), painter.viewport()
    scale = min(page.width() / size.width(), page.height() / size.height())
    painter.scale(scale, scale)
    _paint(painter, theme, sheet)
    painter.end()
    buffer.close()
    return bytes(data.data())


def _row(theme: Theme) -> float:
    return float(theme.space("chip_height"))


def _size(theme: Theme, sheet: FlowPictureText) -> QRectF:
    scene = sheet.drawing.scene
    high = scene.height + _row(theme) * (len(sheet.table) + 4) + 2 * _MARGIN
    return QRectF(0, 0, scene.width + 2 * _MARGIN, high)


def _paint(painter: QPainter, theme: Theme, sheet: FlowPictureText) -> None:
    scene, row = sheet.drawing.scene, _row(theme)
    colours = theme.tokens.colours["light"]

    def light(name: str) -> QColor:
        return QColor(colours[name])

    def line(left: float, top: float, text: str, role: str = "small", ink: str = "text") -> None:
        painter.setFont(theme.font(role))
        painter.setPen(light(ink))
        painter.drawText(QRectF(left, top, scene.width, row), Qt.AlignmentFlag.AlignLeft, text)

    painter.translate(_MARGIN, _MARGIN)
    line(0, 0, sheet.title, "dialog_title")
    line(0, row * 1.2, sheet.note, "small", "text_muted")
    painter.translate(0, row * 2.6)
    hand = SankeyPainter(painter, Pens(light, theme.font), sheet.drawing)
    hand.paint_heads()
    hand.paint(QRectF(0, 0, scene.width, scene.height))
    painter.translate(0, scene.height + row / 2)
    wide = scene.width / max(len(sheet.table[0]) if sheet.table else 1, 1)
    for number, cells in enumerate(sheet.table):
        for place, cell in enumerate(cells):
            role = "small_strong" if number == 0 else "small"
            line(place * wide, number * row, cell, role, "text" if number else "text_muted")


_KEY = "Ctrl+Shift+E"
_NAMED = 3
"""Victims whose names a heading has room for."""


class FlowExport(QObject):
    """Buttons in the head of a pane, one a format; ``Ctrl+Shift+E`` goes to the first. ``written(Path)``."""

    written = Signal(object)

    def __init__(self, kit: Kit, pane: FlowPane) -> None:
        super().__init__(pane)
        self._kit = kit
        self._pane = pane
        self.bar = QWidget()
        row = Row(kit, self.bar, gap="space_xxs")
        row.addWidget(Label(kit, "flow.export.title", role="hint", ink="muted"))
        self.buttons: dict[FlowFormat, Button] = {}
        for kind in FlowFormat:
            button = Button(
                kit, f"flow.export.{kind.value}", variant=Variant.QUIET, size=Size.COMPACT,
                name=f"flow_export_{kind.value}",
            )  # fmt: skip
            kit.texts.bind(button.setToolTip, f"flow.export.{kind.value}_tip")
            button.clicked.connect(partial(self._ask, kind))
            self.buttons[kind] = button
            row.addWidget(button)
        pane.card.header.insertWidget(2, self.bar)
        kit.actions.add(pane, "flow.export.key", _KEY, self._focus, group_key="flow.title")

    def _focus(self) -> None:
        self.buttons[FlowFormat.PNG].setFocus()

    def _ask(self, kind: FlowFormat) -> None:
        if self._pane.sheet is not None:
            choose_folder(
                self._kit, self._pane, f"flow.export.{kind.value}_tip", partial(self.write, kind)
            )

    def write(self, kind: FlowFormat, folders: tuple[Path, ...]) -> None:
        """Write the chosen format into a folder."""
        sheet = self._pane.sheet
        if sheet is None or not folders:
            return
        stamp = f"{self._kit.ticks.now().astimezone(self._kit.zone):%Y%m%d-%H%M%S}"
        target = folders[0] / f"{self._kit.texts.text('flow.export.name')}-{stamp}.{kind.suffix}"
        drawn = None if kind in DATA else self._drawn(sheet, kind)
        session = self._pane.session
        data = partial(export_flow, session, sheet, kind, self._pane.texts.table)
        work = partial(_write, session, sheet, kind, (target, drawn, data))
        self._kit.runner.start("db", work, self._done, self._pane.banner.show_error)

    def _drawn(self, sheet: FlowSheet, kind: FlowFormat) -> bytes:
        """The drawing is made here: only the GUI thread may measure its fonts."""
        make = pdf_of if kind is FlowFormat.PDF else png_of
        return make(self._kit.theme, self._page(sheet))

    def _page(self, sheet: FlowSheet) -> FlowPictureText:
        words = self._pane.texts
        names = _named(words, sheet.victims)
        at = show_local(self._kit.ticks.now(), self._kit.zone)
        note = words.text(
            "export.note", method=words.method(self._pane.method), at=at, scope=words.scope(sheet),
        )  # fmt: skip
        title = words.text("export.heading", names=names, yuan=yuan(sheet.loss_fen))
        return FlowPictureText(
            title, note, self._pane.drawing.drawing(chosen=False), _table(words, sheet)
        )

    def _done(self, target: Path) -> None:
        toast(self._kit, self._pane, "flow.export.done", file=target.name)
        self.written.emit(target)


def _named(texts: FlowTexts, victims: Sequence[str]) -> str:
    """The victims; of many the first and their count, so that the loss behind them still stands on the sheet."""
    names = list(dict.fromkeys(victims))
    if len(names) <= _NAMED:
        return " · ".join(names)
    first = " · ".join(names[:_NAMED])
    return texts.text("export.and_others", names=first, count=len(victims))


def _table(texts: FlowTexts, sheet: FlowSheet) -> tuple[tuple[str, ...], ...]:
    head = (
        texts.text("method.title"),
        *(texts.disposition(disposition) for disposition in Disposition),
        texts.text("sum"),
    )
    rows = [
        (
            texts.method(method),
            *(yuan(view.sums.fen(disposition)) for disposition in Disposition),
            yuan(view.sums.loss_fen),
        )
        for method, view in sheet.methods.items()
    ]
    return (head, *rows)


def _write(
    session: Session,
    sheet: FlowSheet,
    kind: FlowFormat,
    made: tuple[Path, bytes | None, Callable[[], bytes]],
    _progress: Progress,
) -> Path:
    target, drawn, facts = made
    if drawn is None:
        data = facts()
    else:
        note_export(session, tuple(sheet.cases), kind)
        data = drawn
    write_atomic(target, data)
    return target


class FlowOrdering(QObject):
    """Buttons below the facts of the account, each with its key; Enter on an order asks what is done next with it."""

    def __init__(self, kit: Kit, pane: FlowPane) -> None:
        super().__init__(pane)
        self._kit = kit
        self._pane = pane
        self._account: FlowAccount | None = None
        self._kind = OrderKind.STOP
        self.actions = OrderActions(kit, pane.session, pane)
        self.bar = QWidget()
        row = Row(kit, self.bar, gap="space_xs")
        self._actions: list[Action] = []
        for name, kind, keys, variant in _ACTIONS:
            key = f"flow.order.{name}"
            action = kit.actions.add(
                pane, key, keys, partial(self.order, kind), group_key="flow.title"
            )
            button = Button(kit, key, variant=variant, size=Size.COMPACT, name=f"flow_order_{name}")
            button.clicked.connect(action.trigger)
            action.enabled_changed.connect(button.setEnabled)
            kit.texts.bind(button.setToolTip, f"{key}_tip")
            row.addWidget(button)
            self._actions.append(action)
        row.addStretch(1)
        pane.details.order_buttons.addWidget(self.bar)
        pane.account_shown.connect(self._show)
        pane.order_wanted.connect(self.actions.ask_act)
        self.actions.changed.connect(self._changed)
        self.actions.failed.connect(pane.banner.show_error)
        self.actions.paper_ready.connect(pane.paper_ready)

    def order(self, kind: OrderKind) -> None:
        """The form of an order of this kind about the chosen account."""
        sheet, account = self._pane.sheet, self._account
        if sheet is None or account is None:
            return
        work = work_of(account_targets, self._pane.session, sheet, account.key, kind)
        self._kind = kind
        self._kit.runner.start("db", work, self._propose, self._pane.banner.show_error)

    def _propose(self, targets: AccountTargets) -> None:
        if targets.more:
            toast(self._kit, self._pane, "flow.order.more", count=targets.more)
        self.actions.propose(targets.case, self._kind, targets.abouts)

    def _show(self, account: FlowAccount, alone: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Nothing is ordered about money that is still the victim's own or was drawn in cash or lies on a public
        chain, nor about an account that is not the one thing chosen."""
        self._account = account
        self._pane.banner.clear()
        out = account.cash_out is CashOutKind.CASH or is_chain_address(account.number)
        may = alone and not account.victim and not out
        for action in self._actions:
            action.set_enabled(enabled=may)
        self.bar.setVisible(may)

    def _changed(self) -> None:
        self._pane.reload()
        self._pane.ordered.emit()


def flow_pane(kit: Kit, session: Session, *cases: CaseId) -> FlowPane:
    """The pane of these cases, with its exports, and with orders about its accounts; ``reload`` fills it."""
    pane = FlowPane(kit, session, *cases)
    FlowExport(kit, pane)
    if session.officer.may(Permission.ISSUE_ORDERS):
        FlowOrdering(kit, pane)
    action = kit.actions.add(
        pane,
        "flow.statements.join",
        "Ctrl+Shift+I",
        pane.join_statements,
        group_key="flow.title",
    )
    button = Button.of(kit, action, variant=Variant.QUIET, size=Size.COMPACT)
    button.setObjectName("flow_statements")
    pane.card.header.insertWidget(2, button)
    return pane
