"""Receipts and replies out to the stations: where to, how far, and when the stick may be pulled."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.centre.replies import ReplyBundle, write_replies
from desktop.services.session import Session
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.bundle_texts import problem_line
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.drives import Drives
from desktop.ui.shared.widgets.input.target_combo import TargetCombo
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.work_card import WorkCard


class ReplyWriting(QWidget):
    """Target and button in a row; progress and outcome go to the page's own strip."""

    written = Signal()

    def __init__(
        self,
        kit: Kit,
        session: Session,
        drives: Drives,
        write: Action,
        news: tuple[WorkCard, Banner],
    ) -> None:
        super().__init__()
        self._kit = kit
        self._session = session
        self._action = write
        card, self._banner = news
        self._work = OneWork(kit, card, self)
        self._folder = Path()
        row = Row(kit, self)
        self.target = TargetCombo(kit, drives, "dispatch_target")
        row.addWidget(self.target)
        row.addWidget(Button.of(kit, write, icon="usb", name="dispatch_write"))
        self.target.target_changed.connect(self._allow)
        self._work.stirred.connect(self._allow)
        self._allow()

    def start(self) -> None:
        """Write to the chosen target."""
        folder = self.target.target()
        if folder is None or self._work.busy:
            return
        self._folder = folder
        self._banner.clear()
        work = self.target.guarded(partial(write_replies, self._session, folder))
        self._work.start("centre.writing", work, self._done, self._banner.show_error)

    def _done(self, done: tuple[ReplyBundle, ...]) -> None:
        bundles = [item for item in done if item.error is None]
        self._banner.show_found(
            Tone.OK if len(bundles) == len(done) else Tone.WARN,
            "centre.written" if bundles else "centre.written_none",
            [
                problem_line(self._kit, item.unit_name, item.error)
                for item in done
                if item.error is not None
            ],
            units=len({bundle.unit_name for bundle in bundles}),
            bundles=len(bundles),
            volumes=sum(len(bundle.volumes) for bundle in bundles),
            folder=str(self._folder),
        )
        self.written.emit()

    def _allow(self) -> None:
        self.target.setEnabled(not self._work.busy)
        self._action.set_enabled(enabled=not self._work.busy and self.target.target() is not None)
