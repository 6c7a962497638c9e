"""The deed of handing evidence over: asked in a dialog, done in the background with progress and a way to stop."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.court_handover import CourtHandoverRequest, HandedOver
from desktop.domain.evidence.item import Evidence
from desktop.domain.progress import Progress
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.evidence.court_handover_dialog import CourtHandoverDialog
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.drives import Drives, SystemDrives
from desktop.ui.shared.widgets.pages.banner import Banner


class CourtHandoverFlow(QObject):
    """One at a time; ``done``: the logs say so. Where it lies, or what went wrong, stands in ``banner``."""

    done = Signal()

    def __init__(
        self,
        kit: Kit,
        window: QWidget,
        banner: Banner,
        evidence: CaseEvidence,
        work: OneWork,
        drives: Drives | None = None,
    ) -> None:
        super().__init__(window)
        self._kit = kit
        self._window = window
        self._banner = banner
        self._evidence = evidence
        self._work = work
        self._drives = drives or SystemDrives()

    def ask(self, items: Sequence[Evidence]) -> None:
        """Open the dialog, unless one is being written already."""
        if self._work.busy or not items:
            return
        dialog = CourtHandoverDialog(
            self._kit, self._window, items, self._drives, self._evidence.medium
        )
        dialog.given.connect(self._begin)
        dialog.open()

    def _begin(self, wanted: tuple[CourtHandoverRequest, Path]) -> None:
        wish, folder = wanted
        work = partial(_hand_over, self._evidence, folder, wish)
        self._work.start("evidence.work.hand_over", work, self._done, self._failed)

    def _done(self, handed: HandedOver) -> None:
        self._banner.show_key(
            Tone.OK,
            "court_handover.done",
            count=len(handed.files),
            folder=str(handed.folder),
            fingerprint=handed.fingerprint,
        )
        self.done.emit()

    def _failed(self, error: Exception) -> None:
        self._banner.show_error(error)


def _hand_over(
    evidence: CaseEvidence, folder: Path, wish: CourtHandoverRequest, progress: Progress
) -> HandedOver:
    return evidence.hand_over_to_court(folder, wish, progress)
