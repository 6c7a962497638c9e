"""Working out the next things in a thread while the present ones are used."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Final, Generic, TypeVar

_DEPTH: Final = 6
_PATIENCE: Final = 0.05  # seconds between looks whether the other side gave up

T = TypeVar("T")


class ReadAhead(Generic[T]):
    """``items``, produced at most ``depth`` ahead in a thread that ends with the ``with`` block. An error met there
    comes out where the item would have come."""

    def __init__(self, items: Iterable[T], depth: int = _DEPTH) -> None:
        self._items = items
        self._ready: queue.Queue[tuple[T | None, BaseException | None]] = queue.Queue(depth)
        self._given_up = threading.Event()
        self._thread = threading.Thread(target=self._produce, name="read-ahead", daemon=True)

    def __enter__(self) -> Iterator[T]:
        self._thread.start()
        return self._consume()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._given_up.set()
        self._thread.join()

    def _offer(self, item: T | None, error: BaseException | None = None) -> bool:
        while not self._given_up.is_set():
            with contextlib.suppress(queue.Full):
                self._ready.put((item, error), timeout=_PATIENCE)
                return True
        return False

    def _produce(self) -> None:
        try:
            for item in self._items:
                if not self._offer(item):
                    return
            self._offer(None)
        except BaseException as error:  # noqa: BLE001 - it is raised in the thread that reads
            self._offer(None, error)

    def _consume(self) -> Iterator[T]:
        while True:
            item, error = self._ready.get()
            if error is not None:
                raise error
            if item is None:
                return
            yield item
