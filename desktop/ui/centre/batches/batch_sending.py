"""Dispatch batches and reminders are made up and written to a stick or a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch, WrittenBatch
from desktop.domain.errors import Cancelled, WorldError
from desktop.domain.progress import Progress
from desktop.services.orders.answers.dispatch_batches import batch_orders, dispatch_to, remind
from desktop.services.orders.answers.slip_batches import batch_slips
from desktop.services.session import Session
from desktop.ui.centre.batches.receiver_naming import NamedReceiver
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.target_combo import TargetCombo
from desktop.ui.shared.widgets.pages.banner import Banner

WriteBatches = Callable[[Session, Sequence[DispatchBatch], Path, Progress], Sequence[WrittenBatch]]


class Sending(QObject):
    """``sent`` when files are written."""

    sent = Signal()

    def __init__(
        self,
        kit: Kit,
        session: Session,
        write: WriteBatches,
        target: TargetCombo,
        work: OneWork,
        banner: Banner,
    ) -> None:
        super().__init__(target)
        self._kit = kit
        self._session = session
        self._write = write
        self._target = target
        self._work = work
        self._banner = banner
        self._folder = Path()

    @property
    def ready(self) -> bool:
        """Whether there is a place to write to, and nothing being written."""
        return not self._work.busy and self._target.target() is not None

    def send(self, receivers: Sequence[str]) -> None:
        """Make up and write the batches of these receivers."""
        self._start(partial(_send, self._session, self._write, tuple(receivers)))

    def send_slips(self) -> None:
        """Make up and write batches of what is known by its slip alone."""
        self._start(partial(_send_slips, self._session, self._write))

    def send_named(self, named: NamedReceiver) -> None:
        """Make up and write the batch of an order whose receiver somebody found out."""
        self._start(partial(_send_named, self._session, self._write, named))

    def write_again(self, batch: DispatchBatch) -> None:
        """Write the files of a batch anew."""
        self._start(partial(_again, self._session, self._write, batch))

    def remind(self) -> None:
        """Write the reminders of everything overdue."""
        self._start(partial(_remind, self._session, self._write))

    def _start(self, action: partial[Sequence[WrittenBatch]]) -> None:
        folder = self._target.target()
        if folder is None or self._work.busy:
            return
        self._folder = folder
        self._banner.clear()
        work = self._target.guarded(partial(action, folder))
        self._work.start("centre.batches.writing", work, self._done, self._failed)

    def _done(self, written: Sequence[WrittenBatch]) -> None:
        reminded = any(item.batch.reminds for item in written)
        beside = [item.workbook.name for item in written if item.beside]
        self._banner.show_found(
            Tone.WARN if beside else Tone.OK,
            "centre.batches.reminded" if reminded else "centre.batches.written",
            partial(_beside, self._kit, beside),
            batches=len(written),
            orders=sum(len(item.batch.orders) for item in written),
            folder=str(self._folder),
        )
        self.sent.emit()

    def _failed(self, error: Exception) -> None:
        """Dispatch batches are recorded before their files are written: another send would find nothing that waits."""
        if isinstance(error, Cancelled):
            self._banner.show_key(Tone.WARN, "centre.batches.stopped")
        else:
            self._banner.show_error(error)
        if isinstance(error, WorldError):
            self._banner.add_line("centre.batches.unwritten")
        self.sent.emit()  # packs are recorded before their files are written


def _beside(kit: Kit, names: Sequence[str]) -> Iterator[str]:
    if names:
        listed = kit.texts.text("centre.comma").join(names)
        yield kit.texts.text("centre.batches.beside", names=listed)


def _send(
    session: Session,
    write: WriteBatches,
    receivers: Sequence[str],
    folder: Path,
    progress: Progress,
) -> Sequence[WrittenBatch]:
    return write(session, batch_orders(session, receivers), folder, progress)


def _send_slips(
    session: Session, write: WriteBatches, folder: Path, progress: Progress
) -> Sequence[WrittenBatch]:
    return write(session, batch_slips(session), folder, progress)


def _send_named(
    session: Session, write: WriteBatches, named: NamedReceiver, folder: Path, progress: Progress
) -> Sequence[WrittenBatch]:
    made = dispatch_to(session, (named.order,), named.name, named.source)
    return write(session, made, folder, progress)


def _again(
    session: Session, write: WriteBatches, batch: DispatchBatch, folder: Path, progress: Progress
) -> Sequence[WrittenBatch]:
    return write(session, (batch,), folder, progress)


def _remind(
    session: Session, write: WriteBatches, folder: Path, progress: Progress
) -> Sequence[WrittenBatch]:
    return write(session, remind(session), folder, progress)
