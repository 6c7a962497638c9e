"""The centre's inbox: bundles in, stations with freshness and gaps, what was refused, and enrolment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.centre.inbox import StationRow, stations
from desktop.centre.ingest import ingest
from desktop.centre.waiting_slips import WaitingSlip, waiting_slips
from desktop.domain.errors import TrustError
from desktop.domain.exchange.peers import Peer, PeerCard
from desktop.domain.progress import Progress
from desktop.domain.time.clock import to_wire
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.peers.card_sheets import CardSheet, card_sheet
from desktop.services.exchange.peers.trust import approve, expiring
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle, release_quarantine
from desktop.services.officers.second_officer import TypedSecond, proved
from desktop.services.ports import Pdf
from desktop.services.ports.exchange.quarantine import Quarantined
from desktop.services.session import Session
from desktop.ui.centre.scanning import Scan, Scanning, is_picture
from desktop.ui.centre.slip_card import SlipCard
from desktop.ui.centre.station_table import StationTable
from desktop.ui.shared.dialogs.bundle_findings import finding_rows, problem_rows
from desktop.ui.shared.dialogs.form_dialog import Form, FormDialog, FormText, Rows
from desktop.ui.shared.dialogs.taking_in import TakingIn, tell_broken_off
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_clock import ClockLimits
from desktop.ui.shared.text.bundle_texts import first_problems, note_text
from desktop.ui.shared.text.local_paths import local_paths
from desktop.ui.shared.trust.card_files import is_card_file
from desktop.ui.shared.trust.card_sheet_dialog import CardSheetDialog
from desktop.ui.shared.trust.peer_actions import PeerActions
from desktop.ui.shared.trust.peers_dialog import day_text
from desktop.ui.shared.trust.quarantine_list import QuarantineList
from desktop.ui.shared.trust.trusting import Trusting
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.input.file_drop import FileDrop
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.pages.work_card import WorkCard
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.tables.listing import ListOrEmpty
from desktop.ui.shared.widgets.texts.label import Label


class IngestDialog(FormDialog):
    """``accepted``: take them in. Refused ones go into quarantine with their reason."""

    def __init__(self, kit: Kit, parent: QWidget, found: AppliedBundle) -> None:
        none = "centre.ingest.all_refused" if found.problems else "centre.ingest.none"
        counts = {
            "bundles": found.bundles,
            "volumes": found.volumes,
            "entries": found.applied,
            "cases": len(found.cases),
        }
        headline = "centre.ingest.headline" if found.volumes else none
        rows: Rows = (
            FormText(headline, name="ingest_headline", role="strong", ink="", params=counts),
            *finding_rows(kit, "centre.ingest", "ingest", found),
            *problem_rows(kit, found.problems),
        )
        accept = "centre.ingest.accept" if found.volumes else "centre.ingest.quarantine"
        form = Form(
            "ingest", "centre.ingest.title", accept, rows, width="dialog_width_wide", closes=True
        )
        super().__init__(kit, parent, form)
        self.offer(offered=bool(found.volumes or found.problems))


class Ingesting(TakingIn):
    """``done(AppliedBundle)`` also when bundles went to quarantine; ``released(AppliedBundle)`` after that was tried
    again."""

    released = Signal(object)

    def __init__(self, kit: Kit, session: Session, page: QWidget, work: WorkCard) -> None:
        take = partial(ingest, session, session.quarantine)
        super().__init__(kit, page, work, "centre.ingest", take, IngestDialog)
        self._release = partial(release_quarantine, session)

    def choose_bundles(self) -> None:
        """Ask for bundles to take in."""
        self.choose("centre.ingest.choose", self.look_into)

    def release(self) -> None:
        """Take in what was quarantined for want of trust."""
        self.change("centre.ingest.releasing", self._release, self.released.emit)


class DeviceEnrolment(Trusting):
    """``enrolled(PeerCard)`` once the device is trusted; ``failed(error)`` if something could not be done;
    ``paper_wanted(pdf, title)``: the approval card on paper."""

    enrolled = Signal(object)
    paper_wanted = Signal(object, str)

    def __init__(self, kit: Kit, session: Session, page: QWidget) -> None:
        super().__init__(kit, page, session, partial(_enrol, session))
        self.trusted.connect(self._approved)

    def start(self) -> None:
        """Ask for the card."""
        self.ask("centre.enrol.title", "centre.enrol.text")

    def _approved(self, approval: str) -> None:
        if self._card is not None:
            self.enrolled.emit(self._card)
        work = work_of(card_sheet, self._session, approval)
        self._kit.runner.start("db", work, self._show, self._fail)

    def _show(self, sheet: CardSheet) -> None:
        dialog = CardSheetDialog(self._kit, self._page, sheet, "approval")
        dialog.paper_wanted.connect(self.paper_wanted)
        dialog.open()


def tell_taken(kit: Kit, banner: Banner, result: AppliedBundle) -> None:
    """What the disk or the server refused is in no quarantine: its reason is told here or nowhere."""
    set_aside = [item for item in result.problems if isinstance(item.error, TrustError)]
    left = [(item.path, item.error) for item in result.problems if item not in set_aside]
    noted = result.held or result.conflicts or result.notes
    tone = Tone.BAD if left else Tone.WARN if set_aside or noted else Tone.OK

    def lines() -> Iterator[str]:
        for name, count in (("held", result.held), ("conflicts", result.conflicts)):
            if count:
                yield kit.texts.text(f"centre.ingest.{name}", count=count)
        yield from (note_text(kit, note) for note in result.notes)
        yield from first_problems(kit, left)

    banner.show_found(
        tone,
        f"centre.ingest.{_outcome(result.bundles, len(set_aside), len(left))}",
        lines,
        bundles=result.bundles,
        entries=result.applied,
        cases=len(result.cases),
        blobs=result.blobs,
        refused=len(set_aside),
    )


def _outcome(bundles: int, set_aside: int, left: int) -> str:
    """Which sentence tells how it went; no receipt goes out for what was not taken in."""
    if left and not bundles and not set_aside:
        return "done_none"
    if set_aside:
        return "done_some" if bundles else "done_kept"
    return "done"


@dataclass(frozen=True, slots=True)
class InboxView:
    """One reading."""

    stations: tuple[StationRow, ...]
    quarantine: tuple[Quarantined, ...]
    slips: tuple[WaitingSlip, ...] = ()
    """Orders known by their urgent slip alone."""
    ending: tuple[Peer, ...] = ()
    """Enrolments that end soon or have ended, the first to end first."""


class InboxScreen(ListPage[InboxView]):
    """``changed`` after bundles were taken in or a device was enrolled. ``scan``: what the codes in a picture say."""

    follows = True

    def __init__(
        self,
        kit: Kit,
        session: Session,
        open_paper: Callable[[Pdf, str], object],
        limits: ClockLimits,
        scan: Scan,
    ) -> None:
        super().__init__(kit, "centre.inbox.title", "inbox", "centre.keys.inbox")
        self._session = session
        self._open_paper = open_paper
        self._ending = Banner(kit, "inbox_standing")
        self._work = WorkCard(kit, name="inbox_work")
        self._ingesting = Ingesting(kit, session, self, self._work)
        self._enrolling = DeviceEnrolment(kit, session, self)
        self._scanning = Scanning(kit, session, self, scan)
        self._choose = self.add(
            "centre.inbox.choose", "Ctrl+I", partial(self._afresh, self._ingesting.choose_bundles)
        )
        self._enrol = self.add(
            "centre.inbox.enrol", "", partial(self._afresh, self._enrolling.start)
        )
        self._scan = self.add(
            "centre.inbox.scan", "Ctrl+Q", partial(self._afresh, self._scanning.open)
        )
        self._peers = PeerActions(kit, self, session)
        self._trusted = self.add("centre.inbox.parties", "Ctrl+T", self._peers.open)
        self._release = self.add("centre.inbox.release", "Ctrl+R", self._ingesting.release)
        self.stations = StationTable(kit)
        self.slips = SlipCard(kit, session, limits, self)
        self.quarantine = QuarantineList(kit)
        self._drop = Card(kit, panel="drop")
        self._build()
        self._connect()

    def work(self) -> Callable[[Progress], InboxView]:
        """Stations and quarantine."""
        return work_of(_load, self._session)

    def first_focus(self) -> QWidget | None:
        """The stations."""
        return self.stations

    def show_view(self, view: InboxView) -> None:
        """Show a reading."""
        self._own.set_text(grouped(self._session.keys.current))
        refused = Counter((row.unit_code, row.letter) for row in view.quarantine)
        self.stations.show_stations(view.stations, refused)
        self.slips.show_slips(view.slips)
        units = {row.unit_code: row.unit_name for row in view.stations}
        self.quarantine.show_rows(view.quarantine, units)
        self._release.set_enabled(enabled=bool(view.quarantine))
        self._show_ending(view.ending)

    def _show_ending(self, ending: tuple[Peer, ...]) -> None:
        if not ending:
            self._ending.clear()
            return
        first = ending[0]
        self._ending.show_key(
            Tone.WARN,
            "centre.inbox.ending",
            count=len(ending),
            unit=first.card.unit_name,
            letter=first.card.device_letter,
            day=day_text(self.kit, first.valid_until),
        )

    def _dropped(self, data: QMimeData) -> None:
        self.take_files(local_paths(data))

    def _light(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        set_look(self._drop, panel="blue" if on else "drop")

    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Look into bundles and folders of bundles; a card is that of a device, pictures alone are read as slips."""
        self.banner.clear()
        cards = tuple(path for path in paths if is_card_file(path))
        if cards:
            self._enrolling.take(cards[0])
        elif all(map(is_picture, paths)):
            self._scanning.look_at(paths)
        else:
            self._ingesting.look_into(paths)

    def _afresh(self, work: Callable[[], object]) -> None:
        """What came of something before is no answer to this."""
        self.banner.clear()
        work()

    def _build(self) -> None:
        kit = self.kit
        row = Row(kit, gap="card_gap")
        left, right = Column(kit, gap="card_gap"), Column(kit, gap="card_gap")
        left.addWidget(self._ending)
        left.addWidget(self.banner)
        left.addWidget(self._work)
        self._build_drop()
        left.addWidget(self._drop)
        left.addWidget(self.slips)
        card = Card(kit, "centre.inbox.stations")
        empty = EmptyState(kit, "station", "centre.inbox.none", self._enrol)
        card.body.addWidget(ListOrEmpty(self.stations, empty, self.stations.rows), 1)
        left.addWidget(card, 1)
        devices = self._devices_card()
        release = Button.of(kit, self._release, size=Size.COMPACT, name="inbox_release")
        refused = Card(kit, "trust.quarantine.title")
        refused.header.addWidget(release)
        refused.body.addWidget(self.quarantine, 1)
        for widget in (devices, refused):
            widget.setFixedWidth(kit.theme.space("side_card_wide"))
        right.addWidget(devices)
        right.addWidget(refused, 1)
        row.addLayout(left, 1)
        row.addLayout(right)
        self.body.addLayout(row, 1)

    def _build_drop(self) -> None:
        kit = self.kit
        row = Row(kit, gap="space_m")
        words = Column(kit, gap="space_xxs")
        words.addWidget(Label(kit, "centre.inbox.drop", role="strong", wrap=True))
        words.addWidget(Label(kit, "centre.inbox.drop_note", role="small", ink="muted", wrap=True))
        row.addLayout(words, 1)
        choose = Button.of(
            kit, self._choose, variant=Variant.PRIMARY, icon="inbox", name="inbox_choose"
        )
        row.addWidget(choose)
        self._drop.body.addLayout(row)

    def _devices_card(self) -> Card:
        kit = self.kit
        card = Card(kit, "centre.inbox.own_title")
        self._own = own = Label(kit, role="digits")
        own.setObjectName("inbox_own_fingerprint")
        own.set_text(grouped(self._session.keys.current))
        own.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(own)
        row = Row(kit)
        row.addWidget(Button.of(kit, self._enrol, icon="key", name="inbox_enrol"))
        row.addWidget(Button.of(kit, self._scan, icon="qr", name="inbox_scan"))
        row.addStretch(1)
        card.body.addLayout(row)
        row = Row(kit)
        row.addWidget(Button.of(kit, self._trusted, icon="lock", name="inbox_parties"))
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _connect(self) -> None:
        drop = FileDrop(self, local_paths)
        drop.hovering.connect(self._light)
        drop.dropped.connect(self._dropped)
        self._ingesting.done.connect(self._ingested)
        self._ingesting.released.connect(self._released)
        self._ingesting.failed.connect(self.fail)
        self._ingesting.broken_off.connect(self._broken_off)
        self._enrolling.enrolled.connect(self._enrolled)
        self._enrolling.failed.connect(self.fail)
        self._enrolling.paper_wanted.connect(self._open_paper)
        self._scanning.failed.connect(self.fail)
        self._scanning.read.connect(self.reload)
        self._peers.changed.connect(self.recorded)
        self._peers.failed.connect(self.fail)
        self._peers.paper_wanted.connect(self._open_paper)

    def _ingested(self, result: AppliedBundle) -> None:
        tell_taken(self.kit, self.banner, result)
        self.reload()
        self.changed.emit()

    def _broken_off(self, error: Exception) -> None:
        """What came in before the person stopped it, or the server went away, stays and is shown."""
        tell_broken_off(self.banner, error)
        self.reload()
        self.changed.emit()

    def _released(self, result: AppliedBundle) -> None:
        if result.volumes:
            self._ingested(result)
        else:
            self.banner.show_key(Tone.INFO, "centre.ingest.still")
            self.reload()

    def _enrolled(self, card: PeerCard) -> None:
        self.banner.show_key(
            Tone.OK, "centre.enrol.trusted", unit=card.unit_name, letter=card.device_letter
        )
        self.reload()
        self.changed.emit()


def _enrol(session: Session, text: str, second: TypedSecond | None) -> str:
    """Trust the device on the card; the approval card that goes back."""
    return approve(session, text, proved(session, second))


def _load(session: Session) -> InboxView:
    slips = waiting_slips(session)
    ending = sorted(
        expiring(session), key=lambda peer: to_wire(peer.valid_until or peer.trusted_at)
    )
    return InboxView(stations(session), session.quarantine.rows(), slips, tuple(ending))
