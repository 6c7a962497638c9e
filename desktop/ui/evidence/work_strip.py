"""Long work of the pane, one row each, above everything; hidden while nothing is going on."""

from __future__ import annotations

from desktop.ui.shared.card import Card
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.progress_row import ProgressRow


class WorkStrip(Card):
    """``take``: files coming in; ``verify``: digests compared; ``copy``: a copy going out; ``hand_over``: a folder for
    the court."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.setObjectName("evidence_work")
        self.take = ProgressRow(kit, "bytes", name="evidence_take")
        self.verify = ProgressRow(kit, "bytes", name="evidence_verifying")
        self.copy = ProgressRow(kit, "bytes", name="evidence_copying")
        self.hand_over = ProgressRow(kit, "bytes", name="evidence_handing_over")
        self._rows = (self.take, self.verify, self.copy, self.hand_over)
        for row in self._rows:
            self.body.addWidget(row)
        self.hide()

    def begin(self, row: ProgressRow, title_key: str, **params: str | int) -> None:
        """Show ``row`` at nought."""
        row.begin(title_key, **params)
        self.show()

    def finish(self, row: ProgressRow) -> None:
        """Hide ``row``, and the strip with the last one."""
        row.finish()
        self.setVisible(any(not other.isHidden() for other in self._rows))
