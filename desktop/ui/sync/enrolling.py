"""Cards: ours out to a file, the centre's in, after its fingerprint was compared by voice."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.domain.progress import Progress
from desktop.ui.shared.card_dialog import CARD_SUFFIX, write_card_file
from desktop.ui.shared.file_chooser import choose_target
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.toast import toast
from desktop.ui.shared.trusting import Trusting
from desktop.ui.sync.port import SyncPort


class Enrolling(Trusting):
    """``trusted(Party)`` when a centre was accepted; ``failed(error)`` if something could not be done."""

    def __init__(self, kit: Kit, port: SyncPort, page: QWidget) -> None:
        super().__init__(kit, page, port.read_card, port.trust)
        self._port = port

    def export_card(self) -> None:
        """Ask where to write our card."""
        own = self._port.own()
        name = f"{own.unit_code}-{own.letter}{CARD_SUFFIX}"
        choose_target(self._kit, self._page, "sync.own_card", name, self._target_chosen)

    def import_card(self) -> None:
        """Ask for the card that came back."""
        self.ask("sync.approval_title", "sync.approval_text")

    def _target_chosen(self, paths: tuple[Path, ...]) -> None:
        work = partial(_write, self._port, paths[0])
        self._kit.runner.start("files", work, self._written, self._fail)

    def _written(self, _path: Path) -> None:
        toast(self._kit, self._page, "sync.card_written")


def _write(port: SyncPort, path: Path, progress: Progress) -> Path:
    return write_card_file(path, port.card(), progress)
