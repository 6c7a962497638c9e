"""That the wizard holds changes of the case which nobody saved into it yet."""

from __future__ import annotations

from desktop.domain.clock import from_wire
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.banner import Banner


class AmendmentBanner(Banner):
    """Above every part of the case: papers and orders know only what was recorded."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "case_amendment")

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Say who typed it and when, or nothing."""
        draft = sheet.amendment
        if draft is None:
            self.clear()
            return
        at = moment(self._kit, from_wire(draft.saved_at))
        self.show_key(Tone.WARN, "case.amendment", officer=sheet.officer(draft.officer), at=at)
