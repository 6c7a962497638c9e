"""The calls of the screen of packs, answered by the centre's verbs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop.centre.answers import AnswerFile, readable_parts, take_files
from desktop.centre.dispatch_batches import write_batches
from desktop.domain.case_file.dispatch_batch import DispatchBatch
from desktop.domain.orders.answer import QueuedAnswer
from desktop.domain.orders.order import OrderReply
from desktop.domain.progress import Progress
from desktop.services.orders.answer_queue import (
    Comparison,
    compare_answer,
    queued_answers,
    set_answer_aside,
    settle_answer,
)
from desktop.services.orders.dispatch_batches import batch_orders, dispatch_batches, remind, to_send
from desktop.services.orders.list_orders import orders_on_clock
from desktop.services.orders.record_reply import ReplyBaseline
from desktop.services.session import Session
from desktop.ui.shared.orders.order_clock import OrderRow, row_of


class BatchWork:
    """Implements :class:`desktop.ui.centre.batch_port.BatchPort`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def to_send(self) -> Mapping[str, tuple[OrderRow, ...]]:
        """Receiver → orders that wait to be sent to it; the clocks are read second, so that none is missing."""
        waiting = to_send(self._session)
        rows = {item.view.order.id: row_of(item) for item in orders_on_clock(self._session)}
        return {
            name: tuple(rows[view.order.id] for view in views) for name, views in waiting.items()
        }

    def batches(self) -> tuple[DispatchBatch, ...]:
        """Every pack, newest first."""
        return dispatch_batches(self._session)

    def send(
        self, receivers: Sequence[str], folder: Path, progress: Progress
    ) -> tuple[DispatchBatch, ...]:
        """Make up packs and write their files."""
        made = batch_orders(self._session, receivers)
        write_batches(self._session, made, folder, progress)
        return made

    def write_again(self, batch: DispatchBatch, folder: Path, progress: Progress) -> None:
        """The files of a pack anew."""
        write_batches(self._session, (batch,), folder, progress)

    def remind(self, folder: Path, progress: Progress) -> tuple[DispatchBatch, ...]:
        """Write what is overdue."""
        made = remind(self._session)
        write_batches(self._session, made, folder, progress)
        return made

    def take(self, paths: Sequence[Path], progress: Progress) -> tuple[AnswerFile, ...]:
        """Take files of answers."""
        return take_files(self._session, paths, progress)

    def queue(self) -> tuple[QueuedAnswer, ...]:
        """Answers that wait for a person."""
        return queued_answers(self._session)

    def compare(self, key: str, order: str) -> Comparison:
        """A waiting answer beside the reply that stands for the order."""
        return compare_answer(self._session, key, order)

    def parts(self, item: QueuedAnswer) -> OrderReply:
        """What can be read of an answer that could not be read as a whole."""
        return readable_parts(item)

    def orders(self) -> tuple[OrderRow, ...]:
        """Orders of all stations."""
        return tuple(row_of(item) for item in orders_on_clock(self._session))

    def settle(
        self, key: str, order: str, seen: OrderReply | None, typed: OrderReply | None = None
    ) -> None:
        """Take a waiting answer for this order, in place of the reply ``seen`` there."""
        settle_answer(self._session, key, order, ReplyBaseline(seen), typed)

    def set_aside(self, key: str, reason: str) -> None:
        """Put a waiting answer away."""
        set_answer_aside(self._session, key, reason)
