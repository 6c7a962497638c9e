"""Cycles with widgets die on the GUI thread, whoever allocates."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.shared.kit.collector import GuiCollector


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
        junk = [[number] for number in range(50_000)]
        assert collector.collect_if_due() >= 0
        gc.collect()
        assert where == [threading.get_ident()]
        assert len(junk) == 50_000
    finally:
        collector.stop()
    assert gc.isenabled()
