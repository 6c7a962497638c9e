"""Synchronisation: what only this desk has, out; receipts and replies, in; and whom we trust."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QStackedWidget, QWidget

from desktop.domain.errors import TrustError
from desktop.domain.exchange.peers import Peer, PeerState
from desktop.domain.progress import Progress
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.sync_status import SyncStatus, sync_status
from desktop.services.exchange.take_in.adopt_records import OrphanedRecords, adopt_records
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.shared.dialogs.taking_in import tell_broken_off
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.bundle_texts import first_problems
from desktop.ui.shared.text.local_paths import local_paths
from desktop.ui.shared.trust.card_files import is_card_file
from desktop.ui.shared.trust.peer_actions import PeerActions
from desktop.ui.shared.trust.peers_dialog import day_text
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.input.drives import Drives
from desktop.ui.shared.widgets.input.file_drop import FileDrop
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.pages.work_card import WorkCard
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.tables.listing import ListOrEmpty
from desktop.ui.shared.widgets.texts.icon_label import IconLabel
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label
from desktop.ui.sync.enrolling import CentreEnrolment
from desktop.ui.sync.export_card import ExportCard
from desktop.ui.sync.exporting import Exporting, ExportTarget
from desktop.ui.sync.history_table import (
    HistoryTable,
    OwnInstallation,
    may_repeat,
    own_installation,
)
from desktop.ui.sync.importing import Importing
from desktop.ui.sync.order_slips_card import OrderSlipsCard


@dataclass(frozen=True, slots=True)
class TrustActions:
    """What the buttons do."""

    import_bundle: Action
    verify_bundle: Action
    own_card: Action
    approval: Action
    peers: Action
    quarantine: Action


class TrustCard(Card):
    """Names and fingerprints, and the ways in."""

    def __init__(self, kit: Kit, own: OwnInstallation, actions: TrustActions) -> None:
        super().__init__(kit, "sync.trust.title")
        self._kit = kit
        row = Row(kit)
        row.addWidget(Label(kit, "sync.trust.centre", ink="muted"))
        self._name = ElidedLabel(kit)
        self._name.setObjectName("sync_centre_name")
        row.addWidget(self._name, 1)
        row.addWidget(Chip(kit, "sync.trust.compared", tone=Tone.OK))
        self.body.addLayout(row)
        self._centre = self._fingerprint("sync_centre_fingerprint")
        self.body.addWidget(self._centre)
        row = Row(kit)
        row.addWidget(Label(kit, "sync.trust.own", ink="muted"))
        name = ElidedLabel(kit)
        name.setObjectName("sync_own_name")
        kit.texts.bind(name.setText, "sync.trust.own_name", unit=own.unit_name, letter=own.letter)
        row.addWidget(name, 1)
        self._own = self._fingerprint("sync_own_fingerprint", grouped(own.fingerprint))
        row.addWidget(self._own)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self._add_buttons(actions)

    def show_centre(self, peer: Peer) -> None:
        """Show the trusted centre."""
        self._name.set_text(peer.card.unit_name)
        self._centre.set_text(grouped(peer.card.fingerprint))

    def show_own(self, own: OwnInstallation) -> None:
        """Show our fingerprint, which new keys change."""
        self._own.set_text(grouped(own.fingerprint))

    def _fingerprint(self, name: str, text: str = "") -> Label:
        shown = Label(self._kit, role="digits")
        shown.setObjectName(name)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.set_text(text)
        return shown

    def _add_buttons(self, actions: TrustActions) -> None:
        grid = QGridLayout()
        grid.setSpacing(self._kit.theme.space("space_s"))
        buttons = (
            (actions.import_bundle, "sync_import"),
            (actions.verify_bundle, "sync_verify"),
            (actions.own_card, "sync_own_card"),
            (actions.approval, "sync_approval"),
            (actions.peers, "sync_parties"),
            (actions.quarantine, "sync_quarantine"),
        )
        for place, (action, name) in enumerate(buttons):
            button = Button.of(self._kit, action, name=name)
            grid.addWidget(button, place // 2, place % 2)
        self.body.addLayout(grid)


class EnrolView(QWidget):
    """Card out, card back. The desk works all the same meanwhile; only nothing is sent."""

    def __init__(self, kit: Kit, own: OwnInstallation, own_card: Action, approval: Action) -> None:
        super().__init__()
        self._kit = kit
        column = Column(kit, self, gap="card_gap")
        column.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(IconLabel(kit, "centre", size="icon_empty", ink="text_faint"), 0, middle)
        title = Label(kit, "sync.enrol.title", role="page_title")
        title.setAlignment(middle)
        column.addWidget(title)
        why = Label(kit, "sync.enrol.why", ink="muted", wrap=True)
        why.setAlignment(middle)
        column.addWidget(why)
        row = Row(kit, gap="card_gap")
        row.addStretch(1)
        first = self._step("first", own_card, Variant.PRIMARY, "enrol_own_card")
        first.body.addWidget(
            Label(kit, "sync.enrol.own_fingerprint", role="label", ink="muted", wrap=True)
        )
        self._own = shown = Label(kit, role="digits")
        shown.setObjectName("enrol_fingerprint")
        shown.set_text(grouped(own.fingerprint))
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        first.body.addWidget(shown)
        second = self._step("second", approval, Variant.PLAIN, "enrol_approval")
        for card in (first, second):
            card.body.addStretch(1)
            row.addWidget(card)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)

    def show_own(self, own: OwnInstallation) -> None:
        """Show our fingerprint, which new keys change."""
        self._own.set_text(grouped(own.fingerprint))

    def _step(self, name: str, action: Action, variant: Variant, button: str) -> Card:
        kit = self._kit
        card = Card(kit, f"sync.enrol.{name}_title")
        card.setFixedWidth(kit.theme.space("side_card_wide"))
        card.body.addWidget(Label(kit, f"sync.enrol.{name}_text", wrap=True))
        row = Row(kit)
        row.addWidget(Button.of(kit, action, variant=variant, name=button))
        row.addStretch(1)
        card.body.addLayout(row)
        return card


class StatusBanner(Banner):
    """``adopt`` is offered while ``gone``, a desk that left records here which the centre lacks, is told."""

    def __init__(self, kit: Kit, adopt: Action) -> None:
        super().__init__(kit, "sync_standing")
        self._adopt = adopt
        self.gone: OrphanedRecords | None = None
        self.offer(adopt)

    def show_status(self, status: SyncStatus) -> None:
        """Show the one that matters most; nothing where all is well."""
        self.gone = None if status.rolled_back else next(iter(status.left), None)
        self._adopt.set_enabled(enabled=self.gone is not None)
        if status.rolled_back:
            self.show_error(TrustError("journal.rolled_back"))
        elif self.gone is not None:
            letter = self.gone.peer.card.device_letter
            self.show_key(Tone.WARN, "sync.left", letter=letter, count=len(self.gone.records))
        elif status.expiring:
            self._show_expiring(status)
        elif status.quarantined:
            self.show_key(Tone.INFO, "sync.quarantined", count=status.quarantined)
        elif status.uncopied:
            self.show_key(Tone.WARN, "sync.uncopied", count=status.uncopied)
        else:
            self.clear()

    def _show_expiring(self, status: SyncStatus) -> None:
        kit, peer = self._kit, status.expiring[0]
        ended = peer.state_at(kit.ticks.now()) is PeerState.EXPIRED
        self.show_key(
            Tone.WARN,
            "sync.expired" if ended else "sync.expiring",
            unit=peer.card.unit_name,
            day=day_text(kit, peer.valid_until),
        )


class SyncScreen(ListPage[SyncStatus]):
    """``changed`` after anything was carried, taken in or trusted: the status bar reads again. ``open_paper`` shows a
    finished paper of that title, to be looked at and printed."""

    follows = True

    def __init__(
        self,
        kit: Kit,
        session: Session,
        open_paper: Callable[[Pdf, str], None],
        drives: Drives,
    ) -> None:
        super().__init__(kit, "sync.title", "sync", "sync.keys.title")
        self._session = session
        self._open_paper = open_paper
        own = own_installation(session)
        self._work = WorkCard(kit, name="sync_work")
        self._exporting = Exporting(kit.runner, session, self)
        self._importing = Importing(kit, session, self, self._work)
        self._enrolling = CentreEnrolment(kit, session, self)
        self._peers = PeerActions(kit, self, session, own_unit=own.unit_code)
        self._export = self.add("sync.export", "Ctrl+E", self._start_export)
        actions = TrustActions(
            self.add(
                "sync.import_bundle", "Ctrl+I", partial(self._afresh, self._importing.choose_import)
            ),
            self.add(
                "sync.verify_bundle", "", partial(self._afresh, self._importing.choose_verify)
            ),
            self.add("sync.own_card", "", self._enrolling.show_card),
            self.add("sync.approval", "", partial(self._afresh, self._enrolling.import_card)),
            self.add("sync.parties", "Ctrl+T", self._peers.open),
            self.add("sync.quarantine_open", "", self._importing.open_quarantine),
        )
        self._quarantine = actions.quarantine
        self._export_card = ExportCard(kit, drives, self._exporting, self._export)
        self.history = HistoryTable(kit)
        self._again = Button(kit, "sync.again", size=Size.COMPACT, name="sync_again")
        self._no_history = EmptyState(kit, "sync", "sync.no_history")
        self._slip_card = OrderSlipsCard(kit, session)
        self._trust_card = TrustCard(kit, own, actions)
        self._enrol = EnrolView(kit, own, actions.own_card, actions.approval)
        self._status_banner = StatusBanner(kit, self.add("sync.adopt", "", self._adopt_left))
        self._stack = QStackedWidget()
        self._left = Column(kit, gap="card_gap")
        self._build()
        self._connect()

    def work(self) -> Callable[[Progress], SyncStatus]:
        """What is pending, what went to and fro, whom we trust."""
        return work_of(sync_status, self._session)

    def reload(self) -> None:
        """Read the drives too."""
        super().reload()
        self._export_card.target.refresh()

    def first_focus(self) -> QWidget | None:
        """The history once there is one to read; before that the place to write to."""
        return self.history if self.history.rows.rowCount() else self._export_card.target

    def show_view(self, status: SyncStatus) -> None:
        """Show a reading. What nobody has heard of is read beside it: the first time all cases are reckoned for it, and
        an export waits for nothing."""
        own = own_installation(self._session)
        self._trust_card.show_own(own)
        self._enrol.show_own(own)
        if status.centre is None or status.pending is None:
            self._turn_to(1)
            self._export.set_enabled(enabled=False)
            return
        self._turn_to(0)
        self._export_card.show_pending(
            status.pending,
            status.centre.card.unit_name,
            status.delivery,
            to_write=status.to_write,
        )
        self._trust_card.show_centre(status.centre)
        self.history.show_rows(status.bundles)
        self._slip_card.reload()
        self._quarantine.set_enabled(enabled=status.quarantined > 0)
        self._status_banner.show_status(status)
        self._row_changed()

    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Look into bundles and the card that were opened or dropped."""
        self.banner.clear()
        cards = tuple(path for path in paths if is_card_file(path))
        if cards:
            self._enrolling.take(cards[0])
        else:
            self._importing.look_into(paths)

    def _dropped(self, data: QMimeData) -> None:
        self.take_files(local_paths(data))

    def _build(self) -> None:
        kit = self.kit
        history = Card(kit, "sync.history_title")
        history.header.addWidget(self._again)
        policy = QSizePolicy.Policy
        self._no_history.setSizePolicy(
            policy.Preferred, policy.Ignored
        )  # there is room before the first export
        listing = ListOrEmpty(self.history, self._no_history, self.history.rows)
        history.body.addWidget(listing, 1)
        main = QWidget()
        row = Row(kit, main, gap="card_gap")
        left, right = self._left, Column(kit, gap="card_gap")
        left.addWidget(self._export_card)
        left.addWidget(history, 1)
        for card in (self._slip_card, self._trust_card):
            card.setFixedWidth(kit.theme.space("side_card_wide"))
        right.addWidget(self._slip_card)
        right.addWidget(self._trust_card, 1)
        row.addLayout(left, 1)
        row.addLayout(right)
        self._stack.addWidget(main)
        self._stack.addWidget(self._enrol)
        self.body.addWidget(self._stack, 1)
        self._turn_to(0)

    def _turn_to(self, index: int) -> None:
        """Show the exchange (0) or the way to it (1); news and work stand above where there is room for them."""
        place = self.body if index else self._left
        for row, widget in enumerate((self._status_banner, self.banner, self._work)):
            place.insertWidget(row, widget)
        self._stack.setCurrentIndex(index)

    def _connect(self) -> None:
        FileDrop(self, local_paths).dropped.connect(self._dropped)
        self._export_card.exported.connect(self._reread)
        self._export_card.allowed.connect(self._row_changed)
        self._exporting.failed.connect(self._reread)
        self._importing.done.connect(self._applied)
        self._importing.released.connect(self._released)
        self._importing.failed.connect(self.fail)
        self._importing.broken_off.connect(self._broken_off)
        self._enrolling.trusted.connect(self._trusted)
        self._enrolling.failed.connect(self.fail)
        self._enrolling.paper_wanted.connect(self._open_paper)
        self._peers.changed.connect(self.reload)
        self._peers.failed.connect(self.fail)
        self._peers.paper_wanted.connect(self._open_paper)
        self._peers.export_wanted.connect(self._export_for)
        self._slip_card.failed.connect(self.fail)
        self._slip_card.paper_wanted.connect(self._open_paper)
        self.history.current_changed.connect(self._row_changed)
        self._again.clicked.connect(self._export_afresh)

    def _start_export(self) -> None:
        self.banner.clear()
        self._export_card.begin()

    def _export_afresh(self) -> None:
        """Everything that its receiver has not acknowledged, although it may stand on another stick."""
        row = self.history.selected()
        if row is not None:
            self.banner.clear()
            receiver = row.peer if row.peer_letter else None
            self._export_card.begin(ExportTarget(receiver, afresh=row.state != "begun"))

    def _afresh(self, work: Callable[[], object]) -> None:
        """What came of something before is no answer to this."""
        self.banner.clear()
        work()

    def _export_for(self, peer: Peer) -> None:
        self.banner.clear()
        self._export_card.begin(ExportTarget(peer.card.device))

    def _reread(self, _outcome: object) -> None:
        self.reload()
        self.changed.emit()

    def _applied(self, applied: AppliedBundle) -> None:
        self._export_card.forget()
        if applied.problems:
            problems = [(item.path, item.error) for item in applied.problems]
            lines = partial(first_problems, self.kit, problems)
            key = "sync.import.partly" if applied.volumes else "sync.import.kept"
            self.banner.show_found(Tone.WARN, key, lines, count=len(problems))
        elif applied.conflicts:
            self.banner.show_key(
                Tone.WARN,
                "sync.import.done_conflicts",
                cases=len(applied.cases),
                count=applied.conflicts,
            )
        else:
            self.banner.clear()
            key = "sync.import.done" if applied.cases else "sync.import.done_none"
            toast(self.kit, self, key, cases=len(applied.cases))
        self._reread(applied)

    def _broken_off(self, error: Exception) -> None:
        """What came in before the person stopped it stays and is shown."""
        self._export_card.forget()
        tell_broken_off(self.banner, error)
        self._reread(error)

    def _released(self, applied: AppliedBundle) -> None:
        if applied.volumes and not applied.problems:
            self._applied(applied)
            return
        key = "sync.quarantine.partly" if applied.volumes else "sync.quarantine.still"
        self.banner.show_key(Tone.INFO, key, count=len(applied.problems))
        self._reread(applied)

    def _adopt_left(self) -> None:
        """Say again what the first of those that are gone left; the next one is shown after it."""
        gone = self._status_banner.gone
        if gone is not None:
            work = work_of(adopt_records, self._session, gone.peer.card.device)
            self.kit.runner.start("db", work, self._adopted, self.fail)

    def _adopted(self, count: int) -> None:
        toast(self.kit, self, "sync.adopted", count=count)
        self._reread(count)

    def _trusted(self, peer: Peer) -> None:
        toast(self.kit, self, "sync.trusted", unit=peer.card.unit_name)
        self._reread(peer)

    def _row_changed(self) -> None:
        row = self.history.selected()
        for_desk = row is not None and bool(row.peer_letter)
        self._again.setVisible(may_repeat(row))
        self._again.setEnabled(self._export_card.ready if for_desk else self._export.enabled)
