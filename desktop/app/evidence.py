"""The evidence of a case with the windows that read it."""

from __future__ import annotations

from desktop.domain.ids import CaseId
from desktop.services.desk import Desk
from desktop.ui.evidence.build import evidence_pane
from desktop.ui.evidence.desk_records import Confirm
from desktop.ui.evidence.pane import EvidencePane
from desktop.ui.evidence.port import Decoders
from desktop.ui.reading.build import evidence_reading
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.reading_sink import ReadingSink


def evidence_of(
    kit: Kit, desk: Desk, decoders: Decoders, confirm: Confirm, case: CaseId, sink: ReadingSink
) -> EvidencePane:
    """The pane of ``case``; ``confirm`` checks the password of a second officer; what is picked in the windows that
    read its items goes to ``sink``."""
    pane = evidence_pane(kit, desk, case, decoders, confirm)
    reading = evidence_reading(kit, pane, desk, case, sink)
    reading.read.connect(pane.custody_changed)
    pane.read_wanted.connect(reading.start)
    pane.all_wanted.connect(reading.start_all)
    return pane
