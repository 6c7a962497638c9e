"""Makes the evidence pane of a case."""

from __future__ import annotations

from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.services.session import Session
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.evidence.case_records import CaseRecords, Confirm
from desktop.ui.evidence.decoders import Decoders
from desktop.ui.evidence.pane import EvidencePane
from desktop.ui.shared.kit.kit import Kit


def evidence_pane(
    kit: Kit, session: Session, case: CaseId, decoders: Decoders, confirm: Confirm
) -> EvidencePane:
    """The pane for ``case``; ``decoders`` turn content into something to show."""
    return EvidencePane(
        kit,
        CaseEvidence(session, case),
        decoders,
        CaseRecords(session, case, confirm, decoders.files),
        writes=session.may(Permission.ADD_EVIDENCE),
    )
