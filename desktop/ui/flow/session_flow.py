"""The flow screen's port, bound to a desk and to one case or to those of a series."""

from __future__ import annotations

from desktop.domain.flow.sheet import FlowScope, FlowSheet
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind
from desktop.domain.progress import Progress
from desktop.services.audit.open_case import note_looks
from desktop.services.flow.account_targets import AccountTargets, account_targets
from desktop.services.flow.export_flow import FlowFormat, export_flow, note_export
from desktop.services.flow.flow_exchange import TableTexts
from desktop.services.flow.show_flow import (
    WithStatements,
    show_flow,
    show_flow_with_statements,
)
from desktop.services.papers.draw_form import draw_form
from desktop.services.ports import Pdf
from desktop.services.session import Session


class SessionFlow:
    """Implements :class:`desktop.ui.flow.port.FlowPort`."""

    def __init__(self, session: Session, *cases: CaseId) -> None:
        self._session = session
        self._cases = cases

    def load(self, scope: FlowScope) -> FlowSheet:
        """The money, followed by every method."""
        note_looks(self._session, self._cases)
        return show_flow(self._session, self._cases, scope)

    def with_statements(self, scope: FlowScope, progress: Progress) -> WithStatements:
        """The same with the statements among the evidence."""
        return show_flow_with_statements(self._session, self._cases, progress, scope)

    def targets(self, sheet: FlowSheet, key: str, kind: OrderKind) -> AccountTargets:
        """What an order about an account would be about."""
        return account_targets(self._session, sheet, key, kind)

    def refund(self, case: CaseId) -> Pdf:
        """The shares of a victim in what is frozen, on paper."""
        return draw_form(self._session, "return_shares", case)

    def content(self, sheet: FlowSheet, kind: FlowFormat, words: TableTexts) -> bytes:
        """The facts in a format of ``DATA``, a table in these words; recorded."""
        return export_flow(self._session, sheet, kind, words)

    def note_picture(self, sheet: FlowSheet, kind: FlowFormat) -> None:
        """Record that the drawing was written to a file."""
        note_export(self._session, tuple(sheet.cases), kind)
