"""What the officer adds to the evidence: files and folders chosen or dropped, a picture or files from the clipboard."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError, Cancelled
from desktop.domain.evidence.item import Evidence
from desktop.domain.progress import Progress
from desktop.services.ports.reading.contents import FileContents
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.evidence.items.drops import Given, given
from desktop.ui.evidence.items.taken import (
    AddedEvidence,
    DuplicateItem,
    take_files,
    take_out,
    take_picture,
)
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import Runner
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.file_chooser import choose_files
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.toast import toast


@dataclass(frozen=True, slots=True)
class Batch:
    """What comes in together; ``to_read``: what it says is to be read at once."""

    files: int
    work: Callable[[Progress], AddedEvidence]
    to_read: bool = False


class TakeIn(QObject):
    """``taken(Taken, to_read)`` or ``failed(error)`` for each batch."""

    taken = Signal(object, bool)
    failed = Signal(object)
    digested = Signal()
    """SM3 of something became known."""

    def __init__(
        self,
        runner: Runner,
        evidence: CaseEvidence,
        files: FileContents,
        work: OneWork,
        owner: QObject,
    ) -> None:
        super().__init__(owner)
        self._files = files
        self._runner = runner
        self._evidence = evidence
        self._work = work
        self._waiting: deque[Batch] = deque()
        self._to_read = False
        self._digesting = False
        self._more_to_digest = False
        work.cancelled.connect(self._waiting.clear)

    def take(self, what: Given, picture_name: str, *, to_read: bool = False) -> None:
        """Take in what was chosen, dropped or pasted; a picture gets ``picture_name``."""
        if what.paths:
            work = partial(take_files, self._evidence, what.paths)
            self._waiting.append(Batch(len(what.paths), work, to_read))
        elif what.picture is not None:
            picture = partial(take_picture, self._evidence, picture_name, what.picture)
            self._waiting.append(Batch(1, picture, to_read))
        self._next()

    def take_out(
        self, item: Evidence, places: Sequence[Sequence[int]], sources: Sequence[str]
    ) -> None:
        """Make attachments of ``item`` evidence of their own, each with its source in words."""
        work = partial(
            take_out, self._evidence, self._files, item, list(zip(places, sources, strict=True))
        )
        self._waiting.append(Batch(len(places), work))
        self._next()

    def digest(self) -> None:
        """Work out the digests that are still owed, unless that is under way."""
        if self._digesting:
            self._more_to_digest = True
            return
        self._digesting = True
        work = partial(_digest, self._evidence)
        self._runner.start("files", work, self._digested, self._undigested)

    def _next(self) -> None:
        if self._work.busy or not self._waiting:
            return
        batch = self._waiting.popleft()
        self._to_read = batch.to_read
        self._work.start(
            "evidence.work.take", batch.work, self._done, self._failed, count=batch.files
        )

    def _done(self, taken: AddedEvidence) -> None:
        self.taken.emit(taken, self._to_read)
        self._go_on()

    def _failed(self, error: Exception) -> None:
        self.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        self._next()
        if not self._work.busy:
            self.digest()

    def _digested(self, count: int) -> None:
        self._digesting = False
        if count:
            self.digested.emit()
        if self._more_to_digest:
            self._more_to_digest = False
            self.digest()

    def _undigested(self, _error: Exception) -> None:
        """Owed digests stay owed; a damaged item is told of by verification, which names it."""
        self._digesting = False
        self._more_to_digest = False


def _digest(evidence: CaseEvidence, progress: Progress) -> int:
    return evidence.digest_pending(progress)


_OTHERS_ARE_IN: Final = "evidence.some_unreadable"
"""It says itself that all others came in."""
_NUMBERED: Final = 6
"""Items that are named by their numbers; more are a flood nobody reads."""


def show_taken(kit: Kit, pane: QWidget, banner: Banner, taken: AddedEvidence) -> None:
    """What ended it half-way, and what was in the list already, stay in ``banner``; what came in passes as a toast."""
    if taken.failure is not None:
        _show_half(kit, pane, banner, taken, taken.failure)
        return
    if taken.known:
        banner.show_lines(
            Tone.INFO,
            lambda: (_known_words(kit, taken.known), kit.texts.text("evidence.known.why")),
        )
    if taken.new:
        toast(kit, pane, "evidence.taken", count=len(taken.new))


def _show_half(
    kit: Kit, pane: QWidget, banner: Banner, taken: AddedEvidence, failure: AppError
) -> None:
    if failure.code == _OTHERS_ARE_IN:
        banner.show_error(failure)
        toast(kit, pane, "evidence.taken", count=len(taken.new))
        return

    def half() -> str:
        return kit.texts.text("evidence.half.taken", count=len(taken.new))

    if isinstance(failure, Cancelled):
        banner.show_lines(Tone.INFO, lambda: (kit.texts.text("evidence.half.stopped"), half()))
    else:
        banner.show_error(failure, half)


def _known_words(kit: Kit, known: Sequence[DuplicateItem]) -> str:
    if len(known) == 1:
        (one,) = known
        return kit.texts.text("evidence.known.one", name=one.name, number=one.number)
    numbers = kit.texts.text("evidence.known.comma").join(
        str(item.number) for item in known[:_NUMBERED]
    )
    key = "evidence.known.some" if len(known) <= _NUMBERED else "evidence.known.many"
    return kit.texts.text(key, count=len(known), numbers=numbers)


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
        evidence: CaseEvidence,
        files: FileContents,
        work: OneWork,
    ) -> None:
        super().__init__(pane)
        self._kit = kit
        self._pane = pane
        self._banner = banner
        self._evidence = evidence
        self._take_in = TakeIn(kit.runner, evidence, files, work, self)
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
        now = self._evidence.now().astimezone(self._kit.zone)
        name = self._kit.texts.text("evidence.pasted_name", stamp=f"{now:%Y%m%d-%H%M%S}")
        self._take_in.take(what, f"{name}.png", to_read=to_read)

    def _taken(self, taken: AddedEvidence, to_read: bool) -> None:  # noqa: FBT001 - Qt's signal
        show_taken(self._kit, self._pane, self._banner, taken)
        self.added.emit(taken, to_read and taken.failure is None)

    def _failed(self, error: Exception) -> None:
        self._banner.show_error(error)
        self.added.emit(AddedEvidence(()), False)
