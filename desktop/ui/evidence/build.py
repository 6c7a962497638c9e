"""Makes the evidence pane of a case."""

from __future__ import annotations

from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.services.session import Session
from desktop.ui.evidence.pane import EvidencePane
from desktop.ui.evidence.port import Decoders
from desktop.ui.evidence.session_evidence import SessionEvidence
from desktop.ui.evidence.session_records import Confirm, SessionRecords
from desktop.ui.shared.kit.kit import Kit


def evidence_pane(
    kit: Kit, session: Session, case: CaseId, decoders: Decoders, confirm: Confirm
) -> EvidencePane:
    """The pane for ``case``; ``decoders`` turn content into something to show."""
    return EvidencePane(
        kit,
        SessionEvidence(session, case),
        decoders,
        SessionRecords(session, case, confirm, decoders.files),
        writes=session.may(Permission.ADD_EVIDENCE),
    )
