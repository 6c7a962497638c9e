"""Makes the flow pane of a case, or of a series."""

from __future__ import annotations

from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.services.session import Session
from desktop.ui.flow.exporting import FlowExport
from desktop.ui.flow.ordering import FlowOrdering
from desktop.ui.flow.pane import FlowPane
from desktop.ui.flow.session_flow import SessionFlow
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.ordering.port import OrderPort
from desktop.ui.shared.widgets.button import Button, Size, Variant


def flow_pane(
    kit: Kit, session: Session, *cases: CaseId, ordering: OrderPort | None = None
) -> FlowPane:
    """The pane of these cases, with its exports, and with orders about its accounts; ``reload`` fills it."""
    pane = FlowPane(kit, SessionFlow(session, *cases))
    FlowExport(kit, pane)
    if ordering is not None and session.officer.may(Permission.ISSUE_ORDERS):
        FlowOrdering(kit, pane, ordering)
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
