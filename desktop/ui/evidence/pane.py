"""The evidence of a case: take in, look at, prove unchanged."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.citation import Citation
from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.ui.evidence.adding import Adding
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.evidence.case_records import CaseRecords
from desktop.ui.evidence.checking import Checking, IntegrityOutcome
from desktop.ui.evidence.compare.dialog import CompareEvidenceDialog
from desktop.ui.evidence.court_handover import CourtHandoverFlow
from desktop.ui.evidence.facts.card import FactsActions, FactsCard
from desktop.ui.evidence.items.drops import usable
from desktop.ui.evidence.items.item_model import EvidenceModel, IntegrityState
from desktop.ui.evidence.items.taken import AddedEvidence
from desktop.ui.evidence.items_card import ItemsCard
from desktop.ui.evidence.pane_actions import PaneHandlers, pane_actions, viewer_actions
from desktop.ui.evidence.record_side import RecordSide
from desktop.ui.evidence.record_views import Checklist
from desktop.ui.evidence.viewing.decoders import Decoders
from desktop.ui.evidence.viewing.looking import Looking
from desktop.ui.evidence.viewing.thumbnails import Thumbnails
from desktop.ui.evidence.viewing.viewer import Viewer
from desktop.ui.evidence.work_strip import WorkStrip
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.kit.translator import Translator
from desktop.ui.shared.widgets.input.file_drop import FileDrop
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.toast import toast


def cited_text(texts: Translator, item: Evidence, number: int, citation: Citation) -> str:
    """``number`` is the item's place in the list of the case, from 1."""
    key = f"viewer.cite.{citation.kind.value}"
    if citation.kind.value == "message" and not citation.sender:
        key = "viewer.cite.message_plain"
    return texts.text(
        key,
        item=number,
        name=item.name,
        place=citation.place,
        time=citation.time,
        sender=citation.sender,
        quote=citation.quote,
    )


class References(QObject):
    """``noted``: the custody log has a new line; ``failed(error)``."""

    noted = Signal()
    failed = Signal(object)

    def __init__(
        self,
        kit: Kit,
        pane: QWidget,
        evidence: CaseEvidence,
        decoders: Decoders,
        viewer: Viewer,
        model: EvidenceModel,
    ) -> None:
        super().__init__(pane)
        self._kit = kit
        self._pane = pane
        self._evidence = evidence
        self._decoders = decoders
        self._model = model
        self._viewer = viewer
        self._item: Evidence | None = None
        viewer.cited.connect(self._cite)
        viewer.compare_wanted.connect(self.compare)

    def choose(self, item: Evidence | None) -> None:
        """It is about another item now."""
        self._item = item

    def compare(self) -> None:
        """Lay the chosen item beside the next of its sort; the person may choose others."""
        items = self._model.items
        if self._item is None or len(items) < 2:
            return
        dialog = CompareEvidenceDialog(
            self._kit, self._pane, self._evidence, self._decoders, items, self._item
        )
        dialog.finished.connect(self._compared)
        dialog.open()

    def _compared(self, _outcome: int) -> None:
        self.noted.emit()

    def _cite(self, citation: Citation) -> None:
        item = self._item
        if item is None:
            return
        if self._viewer.inside:
            toast(self._kit, self._pane, "viewer.attachment.cite_later")
            return
        number = self._model.row_of(item.id) + 1
        QGuiApplication.clipboard().setText(cited_text(self._kit.texts, item, number, citation))
        toast(self._kit, self._pane, "viewer.cite.copied")
        note = partial(_note, self._evidence, item.id, citation)
        self._kit.runner.start("db", note, self._cited, self._fail)

    def _cited(self, _nothing: None) -> None:
        self.noted.emit()

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)


def _note(
    evidence: CaseEvidence, item: EvidenceId, citation: Citation, _progress: Progress
) -> None:
    evidence.cite(item, citation)


class ClaimedKeys(QObject):
    """``claimed`` tells the action that has a key; what it tells none of goes on to the window."""

    def __init__(self, pane: QWidget, claimed: Callable[[QKeySequence], Action | None]) -> None:
        super().__init__(pane)
        self._claimed = claimed
        pane.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the key from the window's shortcuts, then do what it means."""
        if not isinstance(event, QKeyEvent) or event.type() is QEvent.Type.KeyRelease:
            return False
        action = self._claimed(QKeySequence(event.keyCombination()))
        if action is None:
            return False
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            action.trigger()
        return True


class OverdueBanner(Banner):
    """Hidden while every item was verified in time."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "evidence_overdue")

    def show_checklist(self, found: Checklist | None) -> None:
        """Count what is overdue."""
        overdue = found.completeness.overdue if found else ()
        if overdue:
            self.show_key(Tone.WARN, "evidence.overdue", count=len(overdue))
        else:
            self.clear()


class EvidencePane(QWidget):
    """Made by ``evidence_pane`` for a desk and a case. Reads its items when it is first shown. Who does not ``writes``
    sees and verifies them, and adds nothing.

    ``read_wanted(item)``: what the item says is to be read into the case; ``all_wanted(items)``: every picture's.
    ``changed``: something was taken in or recorded; what is told elsewhere of the evidence is out of date.
    """

    read_wanted = Signal(object)
    paper_ready = Signal(object, str)
    all_wanted = Signal(object)
    changed = Signal()

    def __init__(
        self,
        kit: Kit,
        evidence: CaseEvidence,
        decoders: Decoders,
        records: CaseRecords,
        *,
        writes: bool = True,
    ) -> None:
        super().__init__()
        self.setObjectName("evidence_pane")
        self._kit = kit
        self._evidence = evidence
        self._loaded = self._retired = False
        self._wanted: EvidenceId | None = None
        self._new: frozenset[EvidenceId] = frozenset()
        self._model = EvidenceModel(self)
        self._banner = Banner(kit, "evidence_banner", closable=True)
        self._overdue = OverdueBanner(kit)
        self._strip = WorkStrip(kit)
        self._adding = Adding(kit, self, self._banner, evidence, decoders.files, self._strip.take)
        self._checking = Checking(kit, self, self._banner, evidence, self._strip)
        handlers = PaneHandlers(
            self._adding.choose,
            self._adding.paste,
            self._verify,
            self._verify_all,
            self._save_copy,
            self.read,
            self.read_all,
            self._hand_over,
        )
        self._actions = acts = pane_actions(kit, self, handlers)
        ClaimedKeys(self, acts.by_key)
        for action in (acts.add, acts.paste):
            action.set_enabled(enabled=writes)
        self._items = ItemsCard(kit, self._model, self._actions)
        self._items.drop.setVisible(writes)
        if writes:
            self._take_drops()
        self._viewer = Viewer(kit)
        current, pictures = self._items.grid.current, decoders.pictures
        self._side = RecordSide(kit, records, self, current, pictures, writes=writes)
        self._items.add_action(self._side.actions["film"], "film")
        seldom = FactsActions(acts.verify, acts.verify_all, acts.save_copy, acts.hand_over_to_court)
        self._facts = FactsCard(kit, seldom, self._side.item_actions)
        viewer_actions(kit, self, self._viewer)
        self._lay_out()
        self._thumbnails = Thumbnails(kit.runner, evidence, decoders, self)
        self._looking = Looking(kit.runner, evidence, decoders, self._viewer, self)
        self._references = References(kit, self, evidence, decoders, self._viewer, self._model)
        self._handing_over = CourtHandoverFlow(
            kit, self, self._banner, evidence, self._strip.hand_over_to_court
        )
        self._connect()
        self._choose(None)

    def reload(self) -> None:
        """Read the items again, for instance after a bundle brought some."""
        self._loaded = True
        self._kit.runner.start("db", partial(_items, self._evidence), self._show_items, self._fail)

    def read(self) -> None:
        """Read what the chosen item says."""
        item = self._items.grid.current()
        if item is not None:
            self.read_wanted.emit(item)

    def show_item(self, evidence: EvidenceId) -> None:
        """Choose an item, now or once the items are read."""
        if not self._items.grid.choose(evidence):
            self._wanted = evidence

    def add_and_read(self) -> None:
        """Choose files, take them in, and read what they say at once."""
        self._adding.choose_to_read()

    def read_all(self) -> None:
        """Read what every picture says."""
        self.all_wanted.emit(self._model.items)

    def retire(self) -> None:
        """Another case is looked at: what was begun here, and what waits behind it, ends out of sight; what fails is
        told over the window. Nothing that was dropped here is lost."""
        self._retired = True
        self._choose(None)
        self.hide()
        self._banner.erred.connect(partial(present, self._kit, self.window()))
        self._strip.stirred.connect(self._leave, Qt.ConnectionType.QueuedConnection)
        self._leave()

    def _leave(self) -> None:
        """Once no batch is left: the next one begins when the former is over."""
        if not self._strip.busy:
            self.deleteLater()

    def custody_changed(self) -> None:
        """Something was entered in the log of an item."""
        self._looking.read_custody()

    def first_focus(self) -> QWidget:
        """The widget that takes the keyboard when the pane is opened."""
        return self._items.first_focus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is for what is in it."""
        super().focusInEvent(event)
        self.first_focus().setFocus(event.reason())

    def showEvent(self, event: QShowEvent) -> None:
        """Read the items when they are first looked at."""
        super().showEvent(event)
        if not self._loaded:
            self.reload()

    def _take_drops(self) -> None:
        """Files, folders and pictures may be dropped anywhere on the pane."""
        drop = FileDrop(self, usable)
        drop.hovering.connect(self._items.drop.light)
        drop.dropped.connect(self._adding.drop)

    def _lay_out(self) -> None:
        kit = self._kit
        column = Column(kit, self, gap="card_gap")
        column.addWidget(self._banner)
        column.addWidget(self._overdue)
        column.addWidget(self._strip)
        row = Row(kit, gap="card_gap")
        side = kit.theme.space("side_card")
        self._items.setFixedWidth(side)
        self._facts.setFixedWidth(side)
        row.addWidget(self._items)
        row.addWidget(self._viewer, 1)
        row.addWidget(self._facts)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self._items.grid.chosen.connect(self._choose)
        self._items.grid.opened.connect(self._viewer.take_focus)
        self._references.noted.connect(self.custody_changed)
        self._references.failed.connect(self._fail)
        self._adding.added.connect(self._added)
        self._adding.digested.connect(self.reload)
        self._thumbnails.ready.connect(self._model.set_thumb)
        self._looking.custody_read.connect(self._facts.show_custody)
        self._looking.failed.connect(self._fail)
        self._looking.attachments.attach_wanted.connect(self._take_out)
        self._checking.verified.connect(self._verified)
        self._checking.copied.connect(self.custody_changed)
        self._side.changed.connect(self._recorded)
        self._side.failed.connect(self._fail)
        self._side.notice.connect(self._tell)
        self._side.check_wanted.connect(self._verify_all)
        self._side.met.connect(self._facts.show_checklist)
        self._side.met.connect(self._overdue.show_checklist)
        self._side.paper_ready.connect(self.paper_ready)
        self._handing_over.done.connect(self.custody_changed)

    def _show_items(self, items: tuple[Evidence, ...]) -> None:
        self._model.set_items(items)
        self._thumbnails.want(items)
        self._side.refresh()
        if self._wanted is not None and self._items.grid.choose(self._wanted):
            self._wanted = None
        self._items.grid.choose_first()
        self._choose(self._items.grid.current())
        self._read_new(items)

    def _read_new(self, items: tuple[Evidence, ...]) -> None:
        """What was added to be read is read as soon as it is here."""
        new = tuple(item for item in items if item.id in self._new)
        if len(new) < len(self._new):
            return
        self._new = frozenset()
        if len(new) == 1:
            self.read_wanted.emit(new[0])
        elif new:
            self.all_wanted.emit(new)

    def _choose(self, item: Evidence | None) -> None:
        self._facts.show_item(item)
        self._looking.choose(item)
        self._side.need_item(chosen=item is not None)
        self._references.choose(item)
        self._actions.need_item(chosen=item is not None, any_item=bool(self._model.rowCount()))

    def _added(self, taken: AddedEvidence, to_read: bool) -> None:  # noqa: FBT001 - Qt's signal
        if taken.new:
            self.changed.emit()
        if self._retired:
            return
        self._wanted = taken.to_show or self._wanted
        if to_read:
            self._new |= frozenset(taken.new)
        self.reload()

    def _take_out(self, item: Evidence, places: list[tuple[int, ...]]) -> None:
        self._adding.take_out(item, self._model.row_of(item.id) + 1, places)

    def _verify(self) -> None:
        item = self._items.grid.current()
        if item is not None:
            self._checking.verify((item,), whole=False)

    def _verify_all(self) -> None:
        self._checking.verify(self._model.items, whole=True)

    def _verified(self, outcome: IntegrityOutcome) -> None:
        self._model.set_checks(
            {
                name: IntegrityState.BAD if name in outcome.bad else IntegrityState.GOOD
                for name in outcome.checked
            }
        )
        self.custody_changed()
        self._side.refresh()

    def _save_copy(self) -> None:
        item = self._items.grid.current()
        if item is not None:
            self._checking.copy(item)

    def _tell(self, key: str) -> None:
        self._banner.show_key(Tone.INFO, key)

    def _recorded(self) -> None:
        self.reload()
        self.custody_changed()
        self.changed.emit()

    def _hand_over(self) -> None:
        self._handing_over.ask(self._model.items)

    def _fail(self, error: Exception) -> None:
        self._banner.show_error(error)


def _items(evidence: CaseEvidence, _progress: Progress) -> tuple[Evidence, ...]:
    return evidence.items()
