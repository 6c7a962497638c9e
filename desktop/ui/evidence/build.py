"""Makes the evidence pane of a case."""

from __future__ import annotations

from desktop.domain.ids import CaseId
from desktop.services.desk import Desk
from desktop.ui.evidence.desk_evidence import DeskEvidence
from desktop.ui.evidence.pane import EvidencePane
from desktop.ui.evidence.port import Pictures
from desktop.ui.shared.kit import Kit


def evidence_pane(kit: Kit, desk: Desk, case: CaseId, pictures: Pictures) -> EvidencePane:
    """The pane for ``case``; ``pictures`` renders PDF pages."""
    return EvidencePane(kit, DeskEvidence(desk, case), pictures)
