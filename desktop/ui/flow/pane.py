"""The money flow: drawing or list on the left over the conservation table, the chosen account on the right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QWidget

from desktop.domain.flow.flow_moves import WHOLE, FlowScope
from desktop.domain.flow.sheet import FlowAccount, FlowSheet
from desktop.domain.ids import CaseId
from desktop.domain.money.dispositions import Disposition, MoneySums
from desktop.domain.money.money_flow import TracingMethod
from desktop.domain.progress import Progress
from desktop.services.audit.open_case import note_opened
from desktop.services.flow.show_flow import (
    WithStatements,
    show_flow,
    show_flow_with_statements,
)
from desktop.services.papers.draw_form import draw_form
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.flow.detail_card import DetailCard, FlowLine
from desktop.ui.flow.graph import FlowGraph, Node, graph_of
from desktop.ui.flow.sankey_view import NodeText, SankeyView
from desktop.ui.flow.texts import FlowTexts
from desktop.ui.flow.tier_table import TierRow, TierTable
from desktop.ui.shared.dialogs.form_dialog import (
    DIGITS,
    MOMENT,
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.tables.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table
from desktop.ui.shared.widgets.texts.label import Label

_MINUTE: Final = 60
_LONGEST: Final = 24 * 60
"""Minutes: clocks that differ by more order nothing."""


_TONES = {
    Disposition.HELD: Tone.OK, Disposition.FROZEN: Tone.OK, Disposition.LAPSED: Tone.BAD,
    Disposition.LEFT: Tone.BAD, Disposition.RESTING: Tone.WARN,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MethodRow:
    """What became of the money by one method."""

    method: TracingMethod
    sums: MoneySums


class DispositionCard(QWidget):
    """``chosen(Method)`` when the person stands on another row."""

    chosen = Signal(object)

    def __init__(self, kit: Kit, texts: FlowTexts) -> None:
        super().__init__()
        self._texts = texts
        columns: tuple[TableColumn[MethodRow], ...] = (
            TableColumn("method", "flow.method.title", self._method, tip=self._tip),
            *(_column(disposition) for disposition in Disposition),
            TableColumn("sum", "flow.sum", _sum, align_right=True, digits=True),
        )
        self.model = RowsModel[MethodRow](kit, columns, _key, self)
        self.table = Table[MethodRow](kit, self.model, "flow_dispositions")
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        # "First in, first out" is wider than the sums.
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        kit.texts.bind(self.table.setAccessibleName, "flow.conservation")
        rows = kit.theme.space("control_compact") + kit.theme.space("space_xxs")
        self.table.verticalHeader().setDefaultSectionSize(rows)
        high = (
            kit.theme.space("table_header")
            + len(TracingMethod) * rows
            + kit.theme.space("space_xs")
        )
        self.table.setFixedHeight(high)
        card = Card(kit, "flow.conservation")
        self._note = Label(kit, role="hint", ink="muted")
        card.header.addWidget(self._note)
        card.body.addWidget(self.table)
        Column(kit, self).addWidget(card)
        self.table.current_changed.connect(self._moved)

    def show_sheet(self, sheet: FlowSheet, method: TracingMethod) -> None:
        """Show the answers of all methods, and stand on one."""
        self.model.set_rows([MethodRow(name, view.sums) for name, view in sheet.methods.items()])
        self.table.select_key(method)
        self._note.set_text(self._texts.scope(sheet))

    def _moved(self) -> None:
        row = self.table.selected()
        if row is not None:
            self.chosen.emit(row.method)

    def _method(self, row: MethodRow) -> str:
        return self._texts.method(row.method)

    def _tip(self, row: MethodRow) -> str:
        return self._texts.text(f"method.{row.method.value}_tip")


def _column(disposition: Disposition) -> TableColumn[MethodRow]:
    return TableColumn(
        disposition.value,
        f"flow.disposition.{disposition.value}",
        partial(_amount, disposition),
        align_right=True,
        digits=True,
        tone=partial(_tone, disposition),
    )


def _amount(disposition: Disposition, row: MethodRow) -> str:
    fen = row.sums.fen(disposition)
    return yuan(fen) if fen else "—"


def _tone(disposition: Disposition, row: MethodRow) -> Tone | None:
    return _TONES.get(disposition) if row.sums.fen(disposition) else None


def _sum(row: MethodRow) -> str:
    return yuan(row.sums.loss_fen)


def _key(row: MethodRow) -> TracingMethod:
    return row.method


class ScopeDialog(FormDialog):
    """``given(FlowScope)``. ``tolerance``: seconds that hold now."""

    def __init__(self, kit: Kit, parent: QWidget, scope: FlowScope, tolerance: int) -> None:
        rows = (
            FormText("flow.scope.hint"),
            (
                Input("since", "flow.scope.since", MOMENT, scope.since),
                Input("until", "flow.scope.until", MOMENT, scope.until, check=_backwards),
            ),
            Input(
                "minutes", "flow.scope.minutes", DIGITS, str(tolerance // _MINUTE),
                check=_no_minutes, params={"most": _LONGEST},
            ),
        )  # fmt: skip
        form = Form("scope", "flow.scope.title", "flow.scope.accept", rows, closes=True)
        super().__init__(kit, parent, form)
        self.setObjectName("flow_scope_dialog")
        whole = self.add_button("flow.scope.whole", name="scope_whole")
        self.buttons.insertWidget(1, whole)
        self.setTabOrder(self.field("minutes", TextField).line, whole)
        whole.clicked.connect(partial(self.given.emit, WHOLE))

    def outcome(self, filled: FilledForm) -> FlowScope:
        """What is to be counted."""
        tolerance = int(filled["minutes"]) * _MINUTE
        return FlowScope(filled.at("since"), filled.at("until"), tolerance)


def _backwards(filled: FilledForm) -> str:
    since, until = filled.at("since"), filled.at("until")
    return "flow.scope.backwards" if since and until and until < since else ""


def _no_minutes(filled: FilledForm) -> str:
    typed = filled["minutes"]
    sound = typed.isascii() and typed.isdigit() and int(typed) <= _LONGEST
    return "" if sound else "flow.scope.not_minutes"


_WAYS = ("drawing", "tiers")


class FlowPane(QWidget):
    """``reload`` reads anew; ``show_revealed`` shows numbers in full. ``loaded`` follows each reading,
    ``account_shown(FlowAccount, alone)`` each account on the right, not ``alone`` as the greatest of several.
    ``ordered`` after something was ordered, ``paper_ready(pdf, title)``, ``order_wanted(OrderView)`` by Enter on an
    order. ``cases``: whose money it is; statements are read only of one."""

    loaded = Signal()
    account_shown = Signal(object, bool)
    ordered = Signal()
    paper_ready = Signal(object, str)
    order_wanted = Signal(object)

    def __init__(self, kit: Kit, session: Session, *cases: CaseId) -> None:
        super().__init__()
        self.setObjectName("flow_pane")
        self._kit = kit
        self.session = session
        self._cases = cases
        self.texts = FlowTexts(kit)
        self._sheet: FlowSheet | None = None
        self._graph: FlowGraph | None = None
        self._method = TracingMethod.FIFO
        self._reading = Latest(kit.runner, self)
        self._statements = False
        self._scope = WHOLE
        self.banner = Banner(kit, "flow_banner", closable=True)
        self.drawing = SankeyView(kit)
        self.tiers = TierTable(kit, self.texts)
        self.dispositions = DispositionCard(kit, self.texts)
        self.details = DetailCard(kit, self.texts)
        self.ways = Segmented(
            kit,
            [Option(way, f"flow.view.{way}") for way in _WAYS],
            "flow_view",
            "flow.view.title",
        )
        self._views = QStackedWidget()
        self._whole = QStackedWidget()
        self.setFocusProxy(self.drawing)
        self._build()
        self._connect()

    @property
    def sheet(self) -> FlowSheet | None:
        """What is shown."""
        return self._sheet

    @property
    def method(self) -> TracingMethod:
        """The method whose answer is drawn."""
        return self._method

    def reload(self) -> None:
        """Read the money anew."""
        work = partial(self._load, self._scope)
        self._reading.start("db", work, self.show_sheet, self.banner.show_error)

    def _load(self, scope: FlowScope, progress: Progress) -> FlowSheet:
        if self._statements:
            return self._with_statements(scope, progress).sheet
        note_opened(self.session, self._cases)
        return show_flow(self.session, self._cases, scope)

    def _with_statements(self, scope: FlowScope, progress: Progress) -> WithStatements:
        return show_flow_with_statements(self.session, self._cases, progress, scope)

    def _read_statements(self, progress: Progress) -> tuple[FlowScope, WithStatements]:
        scope = self._scope
        return scope, self._with_statements(scope, progress)

    def join_statements(self) -> None:
        """Read the statements among the evidence and follow the money through them."""
        if self._sheet is not None:
            self._kit.runner.start(
                "db", self._read_statements, self._joined, self.banner.show_error
            )

    def _ask_scope(self) -> None:
        """From when to when the money is followed, and how far clocks may differ."""
        if self._sheet is not None:
            dialog = ScopeDialog(self._kit, self, self._scope, self._sheet.tolerance)
            dialog.given.connect(self._take_scope)
            dialog.open()

    def _take_scope(self, scope: object) -> None:
        if isinstance(scope, FlowScope):
            self._scope = scope
            self.reload()

    def _joined(self, read: tuple[FlowScope, WithStatements]) -> None:
        scope, found = read
        self._statements = True
        if scope == self._scope:
            self.show_sheet(found.sheet)
        else:
            self.reload()  # another period was chosen meanwhile
        key = "flow.statements.joined_absent" if found.absent else "flow.statements.joined"
        toast(self._kit, self, key, joined=found.joined, left=found.left, absent=found.absent)

    def show_revealed(self, *, revealed: bool) -> None:
        """Numbers in full or masked."""
        if revealed != self.texts.revealed:
            self.texts.revealed = revealed
            self._show()

    def show_sheet(self, sheet: FlowSheet) -> None:
        """Show what was read."""
        self._sheet = sheet
        self._show()
        self.loaded.emit()

    def faces(self, graph: FlowGraph) -> dict[str, NodeText]:
        """How each node of a drawing is told of."""
        fen: dict[str, tuple[int, int]] = {}
        for link in graph.links:
            came, left = fen.get(link.target, (0, 0))
            fen[link.target] = (came + link.fen, left)
            came, left = fen.get(link.source, (0, 0))
            fen[link.source] = (came, left + link.fen)
        return {
            key: self._face(node, max(fen.get(key, (0, 0)))) for key, node in graph.nodes.items()
        }

    def _face(self, node: Node, fen: int) -> NodeText:
        name, amount = self.texts.node(node), self.texts.money(fen)
        whole = self.texts.whole(node.account) if node.account else name
        holder = node.account.name if node.account else ""
        state, ink = "", ""
        if node.account is not None and self._sheet is not None:
            state, ink = self.texts.state(node.account, self._sheet)
        tip = "  ".join(dict.fromkeys(part for part in (whole, holder, amount, state) if part))
        return NodeText(name, amount, node.kind, tip, state, ink or "text_muted")

    def _show(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self._whole.setCurrentIndex(1 if sheet.moves or sheet.left_out else 0)
        if not sheet.moves and not sheet.left_out:
            return
        self._graph = graph_of(sheet, self._method)
        self.drawing.show_graph(
            self._graph, self.faces(self._graph), self.texts.columns(self._graph)
        )
        self.tiers.show_sheet(sheet, self._method)
        self.dispositions.show_sheet(sheet, self._method)
        self._show_details(self.drawing.current)

    def _choose_method(self, method: object) -> None:
        if isinstance(method, TracingMethod) and method is not self._method:
            self._method = method
            self._show()

    def _show_details(self, key: str) -> None:
        """Held money is told of by the account most of it lies in; nothing is ordered about one of several."""
        if self._sheet is None:
            return
        holders = self._holders(key)
        account = self._sheet.accounts.get(key) or next(iter(holders), None)
        if account is not None:
            self.details.show_account(self._sheet, self._method, account)
            self.account_shown.emit(account, len(holders) < 2)
            if key in self._sheet.accounts:
                self.tiers.select_key(key)

    def _holders(self, key: str) -> list[FlowAccount]:
        """The accounts that held money lies in, the greatest sum first; none for an account."""
        if self._sheet is None or self._graph is None or key in self._sheet.accounts:
            return []
        links = sorted(self._graph.links, key=lambda link: -link.fen)
        sources = [link.source for link in links if link.target == key]
        return [
            self._sheet.accounts[source] for source in sources if source in self._sheet.accounts
        ]

    def _row_moved(self) -> None:
        row = self.tiers.selected()
        if isinstance(row, TierRow) and row.account.key != self.drawing.current:
            self.drawing.choose(row.account.key)

    def _light(self) -> None:
        """The bands of the payments that the line under the keyboard tells of."""
        line = self.details.lines.selected() if self.details.lines.hasFocus() else None
        self.drawing.light(line.lights if line is not None else frozenset())

    def _follow(self, line: object) -> None:
        if isinstance(line, FlowLine) and line.order is not None:
            self.order_wanted.emit(line.order)
        elif isinstance(line, FlowLine) and line.refund is not None:
            work = work_of(draw_form, self.session, "return_shares", line.refund)
            self._kit.runner.start("db", work, self._refund_made, self.banner.show_error)
        elif isinstance(line, FlowLine) and line.leads_to:
            self.drawing.choose(line.leads_to)

    def _refund_made(self, pdf: Pdf) -> None:
        self.paper_ready.emit(pdf, self._kit.texts.text("flow.refund"))

    def _enter_details(self, _key: str) -> None:
        self.details.lines.setFocus()

    def _choose_view(self, way: str) -> None:
        self._views.setCurrentIndex(_WAYS.index(way))

    def _build(self) -> None:
        kit = self._kit
        self.card = Card(kit, "flow.title")
        action = kit.actions.add(
            self, "flow.scope.button", "Ctrl+Shift+W", self._ask_scope, group_key="flow.title"
        )
        scope = Button(
            kit, action.name_key, variant=Variant.QUIET, size=Size.COMPACT, name="flow_scope"
        )
        kit.texts.bind(scope.setToolTip, "flow.scope.tip")
        scope.clicked.connect(action.trigger)
        self.card.header.addWidget(scope)
        self.card.header.addWidget(self.ways)
        self._views.addWidget(self.drawing)
        self._views.addWidget(self.tiers)
        self.card.body.addWidget(self._views, 1)
        left = Column(kit, gap="card_gap")
        left.addWidget(self.card, 1)
        left.addWidget(self.dispositions)
        self.details.setFixedWidth(kit.theme.space("side_card"))
        filled = QWidget()
        row = Row(kit, filled, gap="card_gap")
        row.addLayout(left, 1)
        row.addWidget(self.details)
        self._whole.addWidget(EmptyState(kit, "flow", "flow.none"))
        self._whole.addWidget(filled)
        column = Column(kit, self, gap="card_gap")
        column.addWidget(self.banner)
        column.addWidget(self._whole, 1)

    def _connect(self) -> None:
        self.drawing.picked.connect(self._show_details)
        self.drawing.opened.connect(self._enter_details)
        self.dispositions.chosen.connect(self._choose_method)
        self.tiers.current_changed.connect(self._row_moved)
        self.details.lines.activated_row.connect(self._follow)
        self.details.lines.current_changed.connect(self._light)
        self.ways.chosen.connect(self._choose_view)
        self._kit.texts.changed.connect(self._show)
