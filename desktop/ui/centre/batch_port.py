"""What the screen of packs asks of the centre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from desktop.domain.case_file.dispatch_batch import DispatchBatch
from desktop.domain.errors import AppError
from desktop.domain.orders.answer import QueuedAnswer
from desktop.domain.orders.order import OrderReply
from desktop.domain.progress import Progress
from desktop.services.orders.answer_queue import Comparison
from desktop.services.orders.take_answers import TakenAnswers
from desktop.ui.shared.orders.order_clock import OrderRow


class AnsweredFile(Protocol):
    """A file of answers and what became of it."""

    @property
    def name(self) -> str:
        """Of the file."""
        ...

    @property
    def taken(self) -> TakenAnswers | None:
        """None where it could not be read."""
        ...

    @property
    def error(self) -> AppError | None:
        """Why not."""
        ...


class BatchPort(Protocol):
    """Everything may be slow and raise ``AppError``."""

    def to_send(self) -> Mapping[str, tuple[OrderRow, ...]]:
        """Receiver → orders that wait to be sent to it."""
        ...

    def batches(self) -> tuple[DispatchBatch, ...]:
        """Every pack, newest first."""
        ...

    def send(
        self, receivers: Sequence[str], folder: Path, progress: Progress
    ) -> tuple[DispatchBatch, ...]:
        """Make up packs for these receivers and write their files."""
        ...

    def write_again(self, batch: DispatchBatch, folder: Path, progress: Progress) -> None:
        """The files of a pack anew."""
        ...

    def remind(self, folder: Path, progress: Progress) -> tuple[DispatchBatch, ...]:
        """Write what is overdue, one letter and table for each receiver."""
        ...

    def take(self, paths: Sequence[Path], progress: Progress) -> tuple[AnsweredFile, ...]:
        """Take files of answers."""
        ...

    def queue(self) -> tuple[QueuedAnswer, ...]:
        """Answers that wait for a person, the oldest first."""
        ...

    def compare(self, key: str, order: str) -> Comparison:
        """A waiting answer beside the reply that stands for the order."""
        ...

    def parts(self, item: QueuedAnswer) -> OrderReply:
        """What can be read of an answer that could not be read as a whole, save what was done. Fast."""
        ...

    def orders(self) -> tuple[OrderRow, ...]:
        """Orders of all stations, to choose the one an answer is about."""
        ...

    def settle(
        self, key: str, order: str, seen: OrderReply | None, typed: OrderReply | None = None
    ) -> None:
        """Take a waiting answer for this order, in place of the reply ``seen`` there; as a person ``typed`` it where it
        could not be read."""
        ...

    def set_aside(self, key: str, reason: str) -> None:
        """Put a waiting answer away."""
        ...
