"""Cycles with widgets die on the GUI thread, whoever allocates."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.shared.kit.collector import GuiCollector
from tests.support.frozen_modules import thawed


@pytest.fixture(autouse=True)
def all_objects() -> Iterator[None]:
    """Those of all tests too."""
    with thawed():
        yield


class _Knot(QWidget):
    """A widget that holds itself."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self


def test_a_worker_thread_never_destroys_a_widget(qtbot: QtBot) -> None:
    collector = GuiCollector()
    collector.start()
    try:
        where: list[int] = []
        knot = _Knot()
        weakref.finalize(knot, lambda: where.append(threading.get_ident()))
        del knot

        def allocate() -> None:
            for _ in range(20_000):
                [[] for _ in range(5)]

        thread = threading.Thread(target=allocate)
        thread.start()
        thread.join()
        assert where == []
        junk = [[number] for number in range(5_000)]
        assert collector.collect_if_due() >= 0
        gc.collect()
        assert where == [threading.get_ident()]
        assert len(junk) == 5_000
    finally:
        collector.stop()
    assert gc.isenabled()


class _Web:
    """Plain objects that hold each other; many in one go, as when a worker reads every case."""

    def __init__(self) -> None:
        self.rest = [[number] for number in range(200_000)]
        self.me = self


def test_what_a_worker_brought_waits_for_a_quiet_hour() -> None:
    nobody = [False]
    collector = GuiCollector(lambda: nobody[0])
    collector.start()
    try:
        web = _Web()
        alive = weakref.ref(web)
        assert collector.collect_if_due() == 0  # set aside unseen
        del web
        gc.collect()  # however often: what was set aside is not looked at while somebody works
        for _ in range(100):
            collector.collect_if_due()
        assert alive() is not None
        nobody[0] = True
        for _ in range(30):
            collector.collect_if_due()
        assert alive() is not None  # not at the first pause for thought
        for _ in range(70):
            collector.collect_if_due()
        assert alive() is None
        nobody[0] = False
    finally:
        collector.stop()


def test_what_lived_through_a_full_look_is_left_out_of_the_next() -> None:
    collector = GuiCollector()
    collector.start()
    try:
        held = [[number] for number in range(5_000)]
        for _ in range(200):  # enough for the oldest generation to become due
            young = [[number] for number in range(1_000)]
            collector.collect_if_due()
            young.clear()
        assert not any(item is held[0] for item in gc.get_objects())
        assert len(held) == 5_000
    finally:
        collector.stop()
