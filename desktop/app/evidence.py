"""The evidence of a case with the windows that read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.domain.ids import CaseId
from desktop.services.desk import Desk
from desktop.services.ports import Pdf
from desktop.ui.evidence.build import evidence_pane
from desktop.ui.evidence.desk_records import Confirm
from desktop.ui.evidence.pane import EvidencePane
from desktop.ui.evidence.port import Decoders
from desktop.ui.reading.build import evidence_reading
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.reading_sink import ReadingSink


@dataclass(frozen=True, slots=True)
class EvidenceParts:
    """What every pane is made from. ``confirm`` checks the password of a second officer; ``show_paper`` shows a
    finished paper under its title."""

    kit: Kit
    decoders: Decoders
    confirm: Confirm
    show_paper: Callable[[Pdf, str], object]


def evidence_of(parts: EvidenceParts, desk: Desk, case: CaseId, sink: ReadingSink) -> EvidencePane:
    """The pane of ``case``; what is picked in the windows that read its items goes to ``sink``."""
    kit = parts.kit
    pane = evidence_pane(kit, desk, case, parts.decoders, parts.confirm)
    pane.paper_ready.connect(parts.show_paper)
    reading = evidence_reading(kit, pane, desk, case, sink)
    reading.read.connect(pane.custody_changed)
    pane.read_wanted.connect(reading.start)
    pane.all_wanted.connect(reading.start_all)
    return pane
