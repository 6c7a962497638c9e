"""What the flow screen asks of the desk."""

from __future__ import annotations

from typing import Protocol

from desktop.domain.flow.sheet import FlowScope, FlowSheet
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind
from desktop.domain.progress import Progress
from desktop.services.flow.account_targets import AccountTargets
from desktop.services.flow.export_flow import FlowFormat
from desktop.services.flow.flow_exchange import TableTexts
from desktop.services.flow.show_flow import WithStatements
from desktop.services.ports import Pdf


class FlowPort(Protocol):
    """The services behind the screen. All may be slow, run in lane ``db`` and raise ``AppError``."""

    def load(self, scope: FlowScope) -> FlowSheet:
        """The money within a scope, followed by every method."""
        ...

    def with_statements(self, scope: FlowScope, progress: Progress) -> WithStatements:
        """The same with the statements among the evidence; only for one case."""
        ...

    def targets(self, sheet: FlowSheet, key: str, kind: OrderKind) -> AccountTargets:
        """What an order about an account would be about; raises the rule that forbids it."""
        ...

    def refund(self, case: CaseId) -> Pdf:
        """The shares of a victim in what is frozen, on paper; recorded."""
        ...

    def content(self, sheet: FlowSheet, kind: FlowFormat, words: TableTexts) -> bytes:
        """The facts in a format of ``DATA``, a table in these words; recorded."""
        ...

    def note_picture(self, sheet: FlowSheet, kind: FlowFormat) -> None:
        """Record that the drawing was written to a file."""
        ...
