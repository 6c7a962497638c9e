"""The record side of the pane: how items were obtained, custody, completeness, filming; each with its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence import Evidence
from desktop.domain.ids import EvidenceId
from desktop.ui.evidence.custody_deeds import CustodyDeeds
from desktop.ui.evidence.filming_deeds import FilmingDeeds
from desktop.ui.evidence.meter_deeds import MeterDeeds
from desktop.ui.evidence.papers_deeds import PapersDeeds
from desktop.ui.evidence.record_deeds import RecordDeeds
from desktop.ui.evidence.record_port import RecordPort
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit

_GROUP = "evidence.keys.title"
_KEYS = {
    "record": "Ctrl+Shift+E",
    "seal": "Ctrl+Shift+L",
    "hand_on": "Ctrl+Shift+G",
    "meter": "Ctrl+Shift+Y",
    "md5": "Ctrl+Shift+D",
    "film": "Ctrl+Shift+F",
    "papers": "Ctrl+Shift+P",
}


_ALWAYS = ("film", "papers")
"""What needs no chosen item."""
_READS = ("meter", "papers")
"""What changes nothing."""


class RecordSide(QObject):
    """``changed``: the items are to be read anew. ``told(key)``: something to say. ``check_wanted``: verify all.
    ``met(Meter | None)``: how the evidence stands before the court's list. ``paper_ready(Pdf, title)``: show it."""

    changed = Signal()
    failed = Signal(object)
    told = Signal(str)
    check_wanted = Signal()
    met = Signal(object)
    paper_ready = Signal(object, str)

    def __init__(
        self,
        kit: Kit,
        port: RecordPort,
        pane: QWidget,
        current: Callable[[], Evidence | None],
        *,
        writes: bool = True,
    ) -> None:
        super().__init__(pane)
        self._current = current
        self._writes = writes
        self._records = RecordDeeds(kit, port, pane)
        self._custody = CustodyDeeds(kit, port, pane)
        self._meters = MeterDeeds(kit, port, pane)
        self._filming = FilmingDeeds(kit, port, pane)
        self._papers = PapersDeeds(kit, port, pane)
        self._papers.ready.connect(self.paper_ready)
        self._papers.failed.connect(self.failed)
        for deeds in (self._records, self._custody, self._filming):
            deeds.changed.connect(self.changed)
            deeds.failed.connect(self.failed)
        self._meters.read.connect(self.met)
        self._meters.record_wanted.connect(self._records.ask)
        self._meters.seal_wanted.connect(self._custody.ask_seal)
        self._meters.check_wanted.connect(self.check_wanted)
        self._meters.told.connect(self.told)
        self._meters.failed.connect(self.failed)
        handlers: Mapping[str, Callable[[EvidenceId], object]] = {
            "record": self._records.ask,
            "seal": self._custody.ask_seal,
            "hand_on": self._custody.ask_pass,
            "meter": self._meters.ask,
            "md5": self._custody.digest,
        }
        self._handlers = handlers
        self.actions: dict[str, Action] = {
            name: kit.actions.add(
                pane, f"evidence.{name}", keys, getattr(self, f"_do_{name}"), group_key=_GROUP
            )
            for name, keys in _KEYS.items()
        }

    @property
    def deeds(self) -> dict[str, Action]:
        """What is done to the chosen item."""
        return {name: action for name, action in self.actions.items() if name != "film"}

    def need_item(self, *, chosen: bool) -> None:
        """Allow what makes sense now."""
        for name, action in self.actions.items():
            may = self._writes or name in _READS
            action.set_enabled(enabled=may and (chosen or name in _ALWAYS))

    def refresh(self) -> None:
        """Read how the evidence stands again."""
        self._meters.refresh()

    def _do(self, name: str) -> None:
        item = self._current()
        if item is not None:
            self._handlers[name](item.id)

    def _do_record(self) -> None:
        self._do("record")

    def _do_seal(self) -> None:
        self._do("seal")

    def _do_hand_on(self) -> None:
        self._do("hand_on")

    def _do_meter(self) -> None:
        self._do("meter")

    def _do_papers(self) -> None:
        self._papers.ask()

    def _do_film(self) -> None:
        self._filming.ask()

    def _do_md5(self) -> None:
        self._do("md5")
