"""That some evidence was not verified for longer than the rules allow."""

from __future__ import annotations

from desktop.ui.evidence.record_port import Checklist
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.banner import Banner


class OverdueBanner(Banner):
    """Hidden while every item was verified in time."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "evidence_overdue")

    def show_checklist(self, found: Checklist | None) -> None:
        """Count what is overdue."""
        overdue = found.completeness.overdue if found else ()
        if overdue:
            self.show_key(Tone.WARN, "evidence.overdue", count=len(overdue))
        else:
            self.clear()
