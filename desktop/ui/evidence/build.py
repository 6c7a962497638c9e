"""Makes the evidence pane of a case."""

from __future__ import annotations

from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.services.desk import Desk
from desktop.ui.evidence.desk_evidence import DeskEvidence
from desktop.ui.evidence.desk_records import Confirm, DeskRecords
from desktop.ui.evidence.pane import EvidencePane
from desktop.ui.evidence.port import Decoders
from desktop.ui.shared.kit.kit import Kit


def evidence_pane(
    kit: Kit, desk: Desk, case: CaseId, decoders: Decoders, confirm: Confirm
) -> EvidencePane:
    """The pane for ``case``; ``decoders`` turn content into something to show."""
    return EvidencePane(
        kit,
        DeskEvidence(desk, case),
        decoders,
        DeskRecords(desk, case, confirm, decoders.files),
        writes=desk.may(Permission.ADD_EVIDENCE),
    )
