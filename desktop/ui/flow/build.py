"""Makes the flow pane of a case, or of a series."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.domain.flow.sheet import FlowAccount
from desktop.domain.ids import CaseId
from desktop.domain.money.cash_out import is_chain_address
from desktop.domain.money.money_flow import CashOutKind
from desktop.domain.officer import Permission
from desktop.domain.orders.order import OrderKind
from desktop.services.flow.account_targets import AccountTargets, account_targets
from desktop.services.session import Session
from desktop.ui.flow.exporting import FlowExport
from desktop.ui.flow.pane import FlowPane
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.orders.ordering.actions import OrderActions
from desktop.ui.shared.widgets.button import Button, Size, Variant
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.toast import toast

_DEEDS: Final = (
    ("stop", OrderKind.STOP, "Alt+S", Variant.DANGER),
    ("details", OrderKind.QUERY_DETAILS, "Alt+Q", Variant.PLAIN),
    ("holder", OrderKind.QUERY_HOLDER, "Alt+H", Variant.PLAIN),
    ("freeze", OrderKind.FREEZE, "Alt+F", Variant.PLAIN),
)


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
        for name, kind, keys, variant in _DEEDS:
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
