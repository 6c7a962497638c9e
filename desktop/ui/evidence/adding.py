"""What the officer adds to the evidence: files and folders chosen or dropped, a picture or files from the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.item import Evidence
from desktop.services.ports.contents import FileContents
from desktop.ui.evidence.drops import Given, given
from desktop.ui.evidence.port import EvidencePort
from desktop.ui.evidence.take_in import TakeIn
from desktop.ui.evidence.taken import AddedEvidence
from desktop.ui.evidence.taken_texts import show_taken
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.file_chooser import choose_files


class Adding(QObject):
    """``added(Taken, to_read)``: a batch came in, whole, in part or not at all; ``to_read``: what it says is wanted
    at once. ``digested``: a digest that was owed became known. What went wrong stands in ``banner``."""

    added = Signal(object, bool)
    digested = Signal()

    def __init__(
        self,
        kit: Kit,
        pane: QWidget,
        banner: Banner,
        port: EvidencePort,
        files: FileContents,
        work: OneWork,
    ) -> None:
        super().__init__(pane)
        self._kit = kit
        self._pane = pane
        self._banner = banner
        self._port = port
        self._take_in = TakeIn(kit.runner, port, files, work, self)
        self._take_in.taken.connect(self._taken)
        self._take_in.failed.connect(self._failed)
        self._take_in.digested.connect(self.digested)

    def choose(self) -> None:
        """Ask for files."""
        self._ask(to_read=False)

    def choose_to_read(self) -> None:
        """Ask for files whose words are wanted."""
        self._ask(to_read=True)

    def paste(self) -> None:
        """Take what the clipboard has."""
        what = given(QGuiApplication.clipboard().mimeData())
        if what.usable:
            self._take(what)
        else:
            self._banner.show_key(Tone.INFO, "evidence.paste_nothing")

    def drop(self, data: QMimeData) -> None:
        """Take what was let go. Copied, never moved: the original stays where it is."""
        self._take(given(data))

    def take_out(self, item: Evidence, number: int, places: Sequence[Sequence[int]]) -> None:
        """Make attachments of ``item``, the evidence of that ``number``, evidence of their own."""
        if not places:
            return
        self._banner.clear()
        text = partial(
            self._kit.texts.text, "viewer.attachment.source", item=number, name=item.name
        )
        sources = [text(number=".".join(map(str, place))) for place in places]
        self._take_in.take_out(item, places, sources)

    def _ask(self, *, to_read: bool) -> None:
        chosen = partial(self._chosen, to_read=to_read)
        choose_files(self._kit, self._pane, "evidence.add_title", chosen)

    def _chosen(self, paths: tuple[Path, ...], *, to_read: bool) -> None:
        self._take(Given(paths=paths), to_read=to_read)

    def _take(self, what: Given, *, to_read: bool = False) -> None:
        self._banner.clear()
        now = self._port.now().astimezone(self._kit.zone)
        name = self._kit.texts.text("evidence.pasted_name", stamp=f"{now:%Y%m%d-%H%M%S}")
        self._take_in.take(what, f"{name}.png", to_read=to_read)

    def _taken(self, taken: AddedEvidence, to_read: bool) -> None:  # noqa: FBT001 - Qt's signal
        show_taken(self._kit, self._pane, self._banner, taken)
        self.added.emit(taken, to_read and taken.failure is None)

    def _failed(self, error: Exception) -> None:
        self._banner.show_error(error)
        self.added.emit(AddedEvidence(()), False)
