"""The turn to write goes round."""

from __future__ import annotations

import threading

import pytest

from desktop.storage.database.turn_lock import TurnLock


def test_who_asked_first_comes_first_whoever_asks_again() -> None:
    lock = TurnLock()
    order: list[int] = []

    def take(number: int) -> None:
        with lock:
            order.append(number)

    threads = []
    with lock:
        for number in range(8):
            thread = threading.Thread(target=take, args=(number,))
            thread.start()
            while len(lock._waiting) <= number:
                pass
            threads.append(thread)
    with lock:  # whoever gave it back is the last
        order.append(8)
    for thread in threads:
        thread.join()
    assert order == list(range(9))


def test_it_is_given_back_by_whoever_fails() -> None:
    lock = TurnLock()
    for _ in range(2):
        with pytest.raises(ConnectionError), lock:
            raise ConnectionError
    with lock:
        pass
