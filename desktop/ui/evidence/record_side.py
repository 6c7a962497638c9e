"""The record side of the pane: how items were obtained, custody, completeness, filming; each with its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import EvidenceId
from desktop.ui.evidence.checklist.actions import ChecklistActions
from desktop.ui.evidence.custody.actions import CustodyActions
from desktop.ui.evidence.papers_actions import PapersActions
from desktop.ui.evidence.photographing.actions import PhotographingActions
from desktop.ui.evidence.port import PictureDecoder
from desktop.ui.evidence.record.actions import RecordActions
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
        pictures: PictureDecoder,
        *,
        writes: bool = True,
    ) -> None:
        super().__init__(pane)
        self._current = current
        self._writes = writes
        self._records = RecordActions(kit, port, pane)
        self._custody = CustodyActions(kit, port, pane)
        self._checklists = ChecklistActions(kit, port, pane)
        self._photographing = PhotographingActions(kit, port, pictures, pane)
        self._papers = PapersActions(kit, port, pane)
        self._papers.ready.connect(self.paper_ready)
        self._papers.failed.connect(self.failed)
        for actions in (self._records, self._custody, self._photographing):
            actions.changed.connect(self.changed)
            actions.failed.connect(self.failed)
        self._checklists.read.connect(self.met)
        self._checklists.record_wanted.connect(self._records.ask)
        self._checklists.seal_wanted.connect(self._custody.ask_seal)
        self._checklists.check_wanted.connect(self.check_wanted)
        self._checklists.told.connect(self.told)
        self._checklists.failed.connect(self.failed)
        handlers: Mapping[str, Callable[[], object]] = {
            "record": self._about_item(self._records.ask),
            "seal": self._about_item(self._custody.ask_seal),
            "hand_on": self._about_item(self._custody.ask_pass),
            "meter": self._about_item(self._checklists.ask),
            "md5": self._about_item(self._custody.digest),
            "film": self._photographing.ask,
            "papers": self._papers.ask,
        }
        self.actions: dict[str, Action] = {
            name: kit.actions.add(pane, f"evidence.{name}", _KEYS[name], work, group_key=_GROUP)
            for name, work in handlers.items()
        }

    @property
    def item_actions(self) -> dict[str, Action]:
        """What is done to the chosen item."""
        return {name: action for name, action in self.actions.items() if name != "film"}

    def need_item(self, *, chosen: bool) -> None:
        """Allow what makes sense now."""
        for name, action in self.actions.items():
            may = self._writes or name in _READS
            action.set_enabled(enabled=may and (chosen or name in _ALWAYS))

    def refresh(self) -> None:
        """Read how the evidence stands again."""
        self._checklists.refresh()

    def _about_item(self, work: Callable[[EvidenceId], object]) -> Callable[[], None]:
        """Does ``work`` to the chosen item."""

        def done() -> None:
            item = self._current()
            if item is not None:
                work(item.id)

        return done
