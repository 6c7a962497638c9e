"""Bundles of stations: looked into first, taken in when the dispatcher agrees."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.centre.ingest import ingest
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle, release_quarantine
from desktop.services.session import Session
from desktop.ui.shared.dialogs.bundle_findings import finding_rows, problem_rows
from desktop.ui.shared.dialogs.form_dialog import Form, FormDialog, FormText, Rows
from desktop.ui.shared.dialogs.taking_in import TakingIn
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.pages.work_card import WorkCard


class IngestDialog(FormDialog):
    """``accepted``: take them in. Refused ones go into quarantine with their reason."""

    def __init__(self, kit: Kit, parent: QWidget, found: AppliedBundle) -> None:
        none = "centre.ingest.all_refused" if found.problems else "centre.ingest.none"
        counts = {
            "bundles": found.bundles,
            "volumes": found.volumes,
            "entries": found.applied,
            "cases": len(found.cases),
        }
        headline = "centre.ingest.headline" if found.volumes else none
        rows: Rows = (
            FormText(headline, name="ingest_headline", role="strong", ink="", params=counts),
            *finding_rows(kit, "centre.ingest", "ingest", found),
            *problem_rows(kit, found.problems),
        )
        accept = "centre.ingest.accept" if found.volumes else "centre.ingest.quarantine"
        form = Form(
            "ingest", "centre.ingest.title", accept, rows, width="dialog_width_wide", closes=True
        )
        super().__init__(kit, parent, form)
        self.offer(offered=bool(found.volumes or found.problems))


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
