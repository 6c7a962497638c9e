"""Bundles of stations: looked into first, taken in when the dispatcher agrees."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.centre.ingest import ingest
from desktop.services.exchange.apply_bundle import AppliedBundle, release_quarantine
from desktop.services.session import Session
from desktop.ui.shared.dialogs.bundle_findings import add_counts, add_problems
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.dialogs.taking_in import TakingIn
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.work_card import WorkCard


class IngestDialog(DialogFrame):
    """``accepted``: take them in. Refused ones go into quarantine with their reason."""

    def __init__(self, kit: Kit, parent: QWidget, found: AppliedBundle) -> None:
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

    def _head(self, headline: Label, found: AppliedBundle) -> None:
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


class Ingesting(TakingIn):
    """``done(AppliedBundle)`` also when bundles went to quarantine; ``released(AppliedBundle)`` after that was tried
    again."""

    released = Signal(object)

    def __init__(self, kit: Kit, session: Session, page: QWidget, work: WorkCard) -> None:
        take = partial(ingest, session, session.quarantine)
        super().__init__(kit, page, work, "centre.ingest", take, IngestDialog)
        self._release = partial(release_quarantine, session)

    def choose_bundles(self) -> None:
        """Ask for bundles to take in."""
        self.choose("centre.ingest.choose", self.look_into)

    def release(self) -> None:
        """Take in what was quarantined for want of trust."""
        self.change("centre.ingest.releasing", self._release, self.released.emit)
