"""What bundles of stations would bring, before they are taken in."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.ui.centre.port import IngestResult
from desktop.ui.shared.dialogs.bundle_findings import add_counts, add_problems
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.label import Label


class IngestDialog(DialogFrame):
    """``accepted``: take them in. Refused ones go into quarantine with their reason."""

    def __init__(self, kit: Kit, parent: QWidget, found: IngestResult) -> None:
        super().__init__(kit, parent, "centre.ingest.title", wide=True)
        self.setObjectName("ingest_dialog")
        headline = Label(kit, role="strong", wrap=True)
        headline.setObjectName("ingest_headline")
        self._head(headline, found)
        self.body.addWidget(headline)
        add_counts(self, "centre.ingest", "ingest", found)
        add_problems(self, found.problems)
        self.add_button("shared.cancel", name="ingest_cancel")
        accept = self.add_button(
            "centre.ingest.accept" if found.volumes else "centre.ingest.quarantine",
            variant=Variant.PRIMARY,
            name="ingest_accept",
        )
        accept.setVisible(bool(found.volumes or found.problems))
        self.set_default(accept)
        accept.setFocus()

    def _head(self, headline: Label, found: IngestResult) -> None:
        if found.volumes:
            headline.set_key(
                "centre.ingest.headline",
                bundles=found.bundles,
                volumes=found.volumes,
                entries=found.applied,
                cases=len(found.cases),
            )
        else:
            headline.set_key(
                "centre.ingest.all_refused" if found.problems else "centre.ingest.none"
            )
