"""The money flow: drawing or list on the left over the conservation table, the chosen account on the right."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.flow.sheet import WHOLE, FlowAccount, FlowScope, FlowSheet
from desktop.domain.ids import CaseId
from desktop.domain.money.money_flow import TracingMethod
from desktop.domain.progress import Progress
from desktop.services.audit.open_case import note_looks
from desktop.services.flow.show_flow import (
    WithStatements,
    show_flow,
    show_flow_with_statements,
)
from desktop.services.papers.draw_form import draw_form
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.flow.detail_card import DetailCard
from desktop.ui.flow.disposition_table import DispositionCard
from desktop.ui.flow.graph import FlowGraph, Node, graph_of
from desktop.ui.flow.lines import FlowLine
from desktop.ui.flow.painter import NodeText
from desktop.ui.flow.sankey_view import SankeyView
from desktop.ui.flow.texts import FlowTexts
from desktop.ui.flow.tier_table import TierRow, TierTable
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import TaskHandle, work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Button, Size, Variant
from desktop.ui.shared.widgets.card import Card, Column, Row
from desktop.ui.shared.widgets.datetime_field import DateTimeField
from desktop.ui.shared.widgets.empty_state import EmptyState
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.line_edit import Option
from desktop.ui.shared.widgets.segmented import Segmented
from desktop.ui.shared.widgets.toast import toast

_MINUTE: Final = 60
_LONGEST: Final = 24 * 60
"""Minutes: clocks that differ by more order nothing."""


class ScopeDialog(DialogFrame):
    """``chosen(FlowScope)``. ``tolerance``: seconds that hold now."""

    chosen = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, scope: FlowScope, tolerance: int) -> None:
        super().__init__(kit, parent, "flow.scope.title")
        self.setObjectName("flow_scope_dialog")
        self.since = DateTimeField(kit, "scope_since", "flow.scope.since")
        self.until = DateTimeField(kit, "scope_until", "flow.scope.until")
        self.minutes = TextField(kit, "scope_minutes", "flow.scope.minutes", digits=True)
        self.since.set_instant(scope.since)
        self.until.set_instant(scope.until)
        self.minutes.set_value(str(tolerance // _MINUTE))
        self.until.edited.connect(self.until.clear_hint)
        self.minutes.edited.connect(self.minutes.clear_hint)
        self.body.addWidget(Label(kit, "flow.scope.hint", ink="muted", wrap=True))
        row = Row(kit, gap="space_m")
        row.addWidget(self.since, 1)
        row.addWidget(self.until, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.minutes)
        whole = self.add_button("flow.scope.whole", name="scope_whole", closes=False)
        whole.clicked.connect(self._choose_whole)
        self.add_button("shared.cancel", name="scope_cancel")
        accept = self.add_button(
            "flow.scope.accept", variant=Variant.PRIMARY, name="scope_accept", closes=False
        )
        accept.clicked.connect(self._give)
        self.set_default(accept)
        self.since.setFocus()

    def _choose_whole(self) -> None:
        self.chosen.emit(WHOLE)
        self.accept()

    def _give(self) -> None:
        for field in (self.since, self.until):
            if field.value() and field.instant() is None:
                field.set_hint_key(Tone.BAD, "shared.field.not_a_time")
                field.setFocus()
                return
        since, until = self.since.instant(), self.until.instant()
        if since is not None and until is not None and until < since:
            self.until.set_hint_key(Tone.BAD, "flow.scope.backwards")
            self.until.setFocus()
            return
        typed = self.minutes.value()
        if not (typed.isascii() and typed.isdigit()) or int(typed) > _LONGEST:
            self.minutes.set_hint_key(Tone.BAD, "flow.scope.not_minutes", most=_LONGEST)
            self.minutes.setFocus()
            return
        self.chosen.emit(FlowScope(since, until, int(typed) * _MINUTE))
        self.accept()


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
        self.words = FlowTexts(kit)
        self._sheet: FlowSheet | None = None
        self._graph: FlowGraph | None = None
        self._method = TracingMethod.FIFO
        self._loading: TaskHandle | None = None
        self._statements = False
        self._scope = WHOLE
        self.banner = Banner(kit, "flow_banner", closable=True)
        self.drawing = SankeyView(kit)
        self.tiers = TierTable(kit, self.words)
        self.dispositions = DispositionCard(kit, self.words)
        self.details = DetailCard(kit, self.words)
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
        """Read the money anew; a reading that is still queued will do."""
        if self._loading is not None and not self._loading.finished:
            return
        self._loading = self._kit.runner.start("db", self._load, self._take, self.banner.show_error)

    def _load(self, progress: Progress) -> tuple[FlowScope, FlowSheet]:
        scope = self._scope  # as it is when the reading begins, not when it was asked for
        if self._statements:
            return scope, self._with_statements(scope, progress).sheet
        note_looks(self.session, self._cases)
        return scope, show_flow(self.session, self._cases, scope)

    def _with_statements(self, scope: FlowScope, progress: Progress) -> WithStatements:
        return show_flow_with_statements(self.session, self._cases, progress, scope)

    def _take(self, read: tuple[FlowScope, FlowSheet]) -> None:
        scope, sheet = read
        if scope == self._scope:
            self.show_sheet(sheet)
        else:
            self.reload()  # another period was chosen meanwhile

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
            dialog.chosen.connect(self._take_scope)
            dialog.open()

    def _take_scope(self, scope: object) -> None:
        if isinstance(scope, FlowScope):
            self._scope = scope
            self.reload()

    def _joined(self, read: tuple[FlowScope, WithStatements]) -> None:
        scope, found = read
        self._statements = True
        self._take((scope, found.sheet))
        key = "flow.statements.joined_absent" if found.absent else "flow.statements.joined"
        toast(self._kit, self, key, joined=found.joined, left=found.left, absent=found.absent)

    def show_revealed(self, *, revealed: bool) -> None:
        """Numbers in full or masked."""
        if revealed != self.words.revealed:
            self.words.revealed = revealed
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
        name, amount = self.words.node(node), self.words.money(fen)
        whole = self.words.whole(node.account) if node.account else name
        holder = node.account.name if node.account else ""
        state, ink = "", ""
        if node.account is not None and self._sheet is not None:
            state, ink = self.words.state(node.account, self._sheet)
        told = "  ".join(dict.fromkeys(part for part in (whole, holder, amount, state) if part))
        return NodeText(name, amount, node.kind, told, state, ink or "text_muted")

    def _show(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self._whole.setCurrentIndex(1 if sheet.moves or sheet.left_out else 0)
        if not sheet.moves and not sheet.left_out:
            return
        self._graph = graph_of(sheet, self._method)
        self.drawing.show_graph(
            self._graph, self.faces(self._graph), self.words.columns(self._graph)
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
