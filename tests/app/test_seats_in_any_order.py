"""The PCs of one centre in whatever order people enrol, remove, close and restore them, and sticks come and go."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from desktop.app.installation import Installation
from desktop.app.seats.enrol_seat import enrol_seat
from desktop.app.seats.renew_seat import make_next_keys, take_next_keys
from desktop.bundles.signed_files.cards import parse_card
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import CENTRE_ROLES, Officer
from desktop.domain.orders.order import OrderState
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import text
from desktop.domain.time.clock import to_wire
from desktop.journal.authority import device_subject
from desktop.services.audit.note_lock import note_lock
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.list_devices import unlist_device
from desktop.services.exchange.peers.our_centre import require_centre
from desktop.services.exchange.peers.own_keys import rotate_keys
from desktop.services.exchange.peers.seats import keep_up
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.look_up import orders
from desktop.services.officers.second_officer import SecondOfficer, prove_second
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from tests.app.city import City, answer, city_at, sound
from tests.app.test_server_centre import BOSS
from tests.support.ceremony import COLLEAGUE, THEIR_PASSWORD, enrol
from tests.support.clocks import CountingIds, HandClock
from tests.support.databases import some_databases
from tests.support.installations import PASSWORD, machine
from tests.support.quick_places import quick_place
from tests.support.sessions import a_form
from tests.support.soak import machine_settings, seconds
from tests.support.sweep import EVERY

pytestmark = pytest.mark.timeout(seconds(600))

THEM = (BOSS, COLLEAGUE.number)
PICK = st.integers(0, 5)
WHO = st.sampled_from(THEM)
_MOST = 3
_FIRST = DeviceId("")
"""Stands for the first PC among those who sign."""


@dataclass
class Pc:
    """``removed``: the keys it held when it was taken away. ``card``, ``approval``: of new keys that it did not take
    into use yet; once they are approved the former ones are no good."""

    installation: Installation
    key: DeviceId
    removed: frozenset[DeviceId] | None = None
    card: str = ""
    approval: str = ""

    @property
    def older(self) -> Path:
        root = self.installation.paths.root
        return root.with_name(f"{root.name}-older")

    @property
    def session(self) -> Session | None:
        """None while nobody is signed in."""
        try:
            return self.installation.session
        except RuleError:
            return None


@dataclass(frozen=True)
class Stick:
    """A bundle on its way. ``key``: of the PC that signed it, or the centre's that it is sealed to."""

    folder: Path
    key: DeviceId


@dataclass
class Acknowledged:
    """What people were told is done."""

    issued: list[str] = field(default_factory=list)
    brought: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)


class SeatsInAnyOrder(RuleBasedStateMachine):
    """One station is enough: what it holds of the list is what matters."""

    @initialize()
    def open(self) -> None:
        self.closing = contextlib.ExitStack()
        folder = Path(self.closing.enter_context(quick_place()))
        server = self.closing.enter_context(some_databases("postgresql", folder))
        self.clock = HandClock()
        self.city: City = self.closing.enter_context(city_at(folder, server, self.clock))
        enrol(self.city.root, Officer(COLLEAGUE.number, COLLEAGUE.name, CENTRE_ROLES))
        self.words = {BOSS: [PASSWORD], COLLEAGUE.number: [THEIR_PASSWORD]}
        self.changed: dict[str, list[str]] = {number: [""] for number in THEM}
        self.first = Pc(self.city.first, _FIRST)
        self.seats: list[Pc] = []
        self.stolen: list[Pc] = []
        """Copies of folders of seats, from when they took new keys: removed PCs like any other."""
        self.up: list[Stick] = []
        self.down: list[Stick] = []
        self.done = Acknowledged()

    def teardown(self) -> None:
        if hasattr(self, "closing"):
            with self.closing:
                try:
                    self.come_to_rest()
                finally:
                    for pc in self.stolen:
                        pc.installation.close()

    # who is there

    @property
    def station(self) -> Session:
        return self.city.station.session

    def second(self) -> SecondOfficer:
        (other,) = {*THEM} - {self.city.root.officer.number}
        return prove_second(self.city.root, other, self.opens(self.first, other))

    def working(self) -> list[Pc]:
        return [pc for pc in (self.first, *self.seats) if pc.removed is None and not pc.approval]

    def a_pc(self, pick: int) -> Pc:
        """One that works, with somebody signed in."""
        working = self.working()
        pc = working[pick % len(working)]
        if pc.session is None:
            self.sign_in(pc, BOSS)
        return pc

    def opens(self, pc: Pc, number: str) -> str:
        """The password that opens the folder of a PC: the newest one, or the one that it heard of last."""
        slots = pc.installation.key_file().shared_slots()
        times, since = self.changed[number], slots["officers"][number]["changed"]
        return self.words[number][times.index(since) if since in times else 0]

    def sign_in(self, pc: Pc, number: str) -> None:
        """From then on the newest password counts there, for everybody."""
        pc.installation.sign_in(number, self.opens(pc, number))
        for one in THEM:
            assert self.opens(pc, one) == self.words[one][-1]

    # PCs come and go

    @precondition(lambda self: len(self.seats) < _MOST)
    @rule()
    def a_seat_joins(self) -> None:
        session = self.city.joined(BOSS, self.opens(self.first, BOSS), self.second())
        self.seats.append(Pc(self.city.seats[-1], session.keys.current))

    @precondition(lambda self: len(self.working()) > 1)
    @rule(pick=PICK)
    def a_seat_is_taken_away(self, pick: int) -> None:
        _, *seats = self.working()
        pc = seats[pick % len(seats)]
        if pc.session is None:
            self.sign_in(pc, BOSS)
        unlist_device(self.city.root, str(pc.key), self.second())
        assert pc.session is not None
        pc.removed = pc.session.keys.held

    @precondition(lambda self: len(self.working()) > 1)
    @rule(pick=PICK, number=WHO)
    def a_seat_makes_a_card_for_new_keys(self, pick: int, number: str) -> None:
        """It works on by those it has, whether or not anybody approves them."""
        _, *seats = self.working()
        pc = seats[pick % len(seats)]
        pc.installation.close()
        pc.card = make_next_keys(pc.installation, number, self.opens(pc, number))
        self.sign_in(pc, number)

    @precondition(lambda self: any(pc.card for pc in self.working()))
    @rule(pick=PICK)
    def new_keys_are_approved(self, pick: int) -> None:
        asking = [pc for pc in self.working() if pc.card]
        pc = asking[pick % len(asking)]
        if pc.session is None:
            self.sign_in(pc, BOSS)
        session = pc.session
        assert session is not None
        held = session.keys.held
        pc.installation.close()
        copied = Installation(
            self.city.folder / f"stolen{len(self.stolen)}", machine(self.clock, CountingIds("st"))
        )
        shutil.copytree(pc.installation.paths.root, copied.paths.root)
        self.stolen.append(Pc(copied, pc.key, held))
        shutil.rmtree(pc.older, ignore_errors=True)
        _, pc.approval = enrol_seat(self.city.first, pc.card, self.second(), pc.key)
        with pytest.raises(UserInputError, match=r"centre_list\.not_listed"):
            enrol_seat(self.city.first, pc.card, self.second(), pc.key)
        with pytest.raises(RuleError, match=r"seat\.removed"):
            pc.installation.sign_in(BOSS, self.opens(pc, BOSS))

    @precondition(lambda self: any(pc.approval for pc in self.seats))
    @rule(pick=PICK, number=WHO)
    def a_seat_takes_its_new_keys(self, pick: int, number: str) -> None:
        waiting = [pc for pc in self.seats if pc.approval]
        pc = waiting[pick % len(waiting)]
        take_next_keys(pc.installation, number, self.opens(pc, number), pc.approval)
        pc.key, pc.card, pc.approval = parse_card(pc.card).device, "", ""
        self.sign_in(pc, number)
        assert pc.installation.warnings == ()
        assert pc.session is not None
        assert pc.session.keys.current == pc.key

    @rule(beside=st.booleans())
    def the_centre_takes_new_keys(self, beside: bool) -> None:
        """Also in another program at the first PC."""
        if not beside:
            rotate_keys(self.city.root)
            return
        twin = Installation(self.city.first.paths.root, machine(self.clock, CountingIds("tw")))
        try:
            rotate_keys(twin.sign_in(BOSS, self.opens(self.first, BOSS)))
        finally:
            twin.close()

    @rule(pick=PICK, number=WHO)
    def is_closed_and_opened(self, pick: int, number: str) -> None:
        pc = self.a_pc(pick)
        pc.installation.close()
        self.sign_in(pc, number)
        assert pc.installation.warnings == ()

    @rule(pick=PICK)
    def goes_off(self, pick: int) -> None:
        if self.seats:
            self.seats[pick % len(self.seats)].installation.close()

    @rule(pick=PICK)
    def looks_what_is_new(self, pick: int) -> None:
        """As each window does once a second."""
        session = self.a_pc(pick).session
        assert session is not None
        with session.store.read() as reader:
            keep_up(session, reader)

    @rule(pick=PICK, number=WHO)
    def a_password_is_changed(self, pick: int, number: str) -> None:
        pc = self.a_pc(pick)
        session = pc.session
        assert session is not None
        self.clock.advance(minutes=1)
        fresh = f"Own-{len(self.words[number]):03d}-Kx8-word"
        session.slots.change(number, self.opens(pc, number), fresh, "")
        self.words[number].append(fresh)
        self.changed[number].append(to_wire(self.clock.now()))

    @rule(pick=PICK)
    def is_copied(self, pick: int) -> None:
        if self.seats:
            pc = self.seats[pick % len(self.seats)]
            pc.installation.close()
            shutil.rmtree(pc.older, ignore_errors=True)
            shutil.copytree(pc.installation.paths.root, pc.older)

    @rule(pick=PICK)
    def an_older_copy_is_restored(self, pick: int) -> None:
        copies = [pc for pc in self.seats if pc.older.exists()]
        if copies:
            pc = copies[pick % len(copies)]
            pc.installation.close()
            shutil.rmtree(pc.installation.paths.root)
            shutil.copytree(pc.older, pc.installation.paths.root)

    # what is done

    @rule()
    def the_station_stops_a_payment(self) -> None:
        issued = issue_stop(self.station, a_form(self.station), 0)
        self.done.issued.append(issued.order.number)

    @rule()
    def the_station_sends(self) -> None:
        key = require_centre(self.station).keys[0].fingerprint
        folder = self.city.stick()
        with contextlib.suppress(UserInputError):
            export_bundle(self.station, folder, SILENT)
            self.up.append(Stick(folder, DeviceId(key)))

    @precondition(lambda self: self.up)
    @rule(pick=PICK, stick=PICK)
    def a_stick_comes_in(self, pick: int, stick: int) -> None:
        session = self.a_pc(pick).session
        assert session is not None
        carried = self.up[stick % len(self.up)]
        assert ingest(session, session.quarantine, [carried.folder], SILENT).problems == ()

    @rule(pick=PICK, order=PICK)
    def a_bank_replies(self, pick: int, order: int) -> None:
        session = self.a_pc(pick).session
        assert session is not None
        known = [view.order.number for view in orders(session)]
        if known:
            with contextlib.suppress(RuleError):
                answer(session, known[order % len(known)])
            self.done.answered.add(known[order % len(known)])

    @rule(pick=PICK)
    def a_pc_writes_to_the_station(self, pick: int) -> None:
        pc, folder = self.a_pc(pick), self.city.stick()
        session = pc.session
        assert session is not None
        with contextlib.suppress(UserInputError):
            (bundle,) = write_replies(session, folder, SILENT)
            if bundle.error is None:
                self.down.append(Stick(folder, pc.key))
            else:
                assert bundle.error.code == "seat.not_known_there"
                assert pc is not self.first

    @precondition(lambda self: self.down)
    @rule(stick=PICK)
    def the_station_takes_in(self, stick: int) -> None:
        """What comes from a PC that is not on the list it holds is refused, all else that a seat signed is taken."""
        carried, before = self.down[stick % len(self.down)], self.list_at_station()
        codes = {
            item.error.code
            for item in apply_bundle(self.station, [carried.folder], SILENT).problems
        }
        if carried.key == _FIRST:
            assert codes <= {"bundle.retired_key"}
        elif carried.key in before:
            assert codes == set()
        else:
            assert codes == {"bundle.revoked_sender"}

    def list_at_station(self) -> frozenset[DeviceId]:
        device = self.city.root.profile.device
        with self.station.store.read() as reader:
            content = text(reader.current(device_subject(device)), "list.text")
        if not content:
            return frozenset()
        return frozenset(
            card.device for card in self.station.cards.parse_centre_list(content).cards
        )

    @rule(pick=PICK)
    def all_is_carried_both_ways(self, pick: int) -> None:
        """By the first PC, and then by one that the station knows by then."""
        self.exchange(self.first)
        pc = self.a_pc(pick)
        self.exchange(pc)

    # what a PC still tries that was taken away

    def gone(self) -> Iterator[Pc]:
        return (pc for pc in (*self.seats, *self.stolen) if pc.removed is not None)

    @precondition(lambda self: any(self.gone()))
    @rule(pick=PICK, stick=PICK, number=WHO)
    def a_removed_pc_tries(self, pick: int, stick: int, number: str) -> None:
        gone = [*self.gone()]
        pc = gone[pick % len(gone)]
        before, session = self.heads(), pc.session
        if session is None:
            with pytest.raises(RuleError, match=r"seat\.removed"):
                pc.installation.sign_in(number, self.opens(pc, number))
        else:
            with pytest.raises(RuleError, match=r"seat\.removed"):
                note_lock(session, locked=True)
            with session.store.read() as reader, pytest.raises(RuleError, match=r"seat\.removed"):
                keep_up(session, reader)
            self.expect_it_opens_nothing(pc, session, stick)
        assert self.heads() == before

    def expect_it_opens_nothing(self, pc: Pc, session: Session, stick: int) -> None:
        assert pc.removed is not None
        pc.installation.desk.follow()
        pc.installation.desk.try_tell()
        assert session.keys.held == pc.removed
        for carried in self.up[stick : stick + 1]:
            done = ingest(session, session.quarantine, [carried.folder], SILENT)
            assert (done.applied, len(done.problems)) == (0, 1)
            if carried.key not in pc.removed:
                assert done.problems[0].error.code == "bundle.not_for_us"

    def heads(self) -> dict[str, int]:
        with self.city.root.store.read() as reader:
            return dict(reader.heads())

    # the end

    def come_to_rest(self) -> None:
        """All is carried; then both sides agree, every chain holds, and everybody gets in everywhere."""
        while any(pc.approval for pc in self.seats):
            self.a_seat_takes_its_new_keys(0, BOSS)
        self.the_station_sends()
        for carried in self.up:
            assert (
                ingest(self.city.root, self.city.root.quarantine, [carried.folder], SILENT).problems
                == ()
            )
        for _ in range(2):
            for pc in self.working():
                self.exchange(pc)
        self.agree()
        for pc in self.working():
            for number in THEM:
                pc.installation.close()
                self.sign_in(pc, number)
                assert pc.installation.warnings == ()
            assert pc.session is not None
            assert pc.session.cards.fingerprint() == self.city.root.cards.fingerprint()
        sound(self.city.root)
        sound(self.station)

    def exchange(self, pc: Pc) -> None:
        """What one PC writes is taken in, and what the station answers comes in there."""
        if pc.session is None:
            self.sign_in(pc, BOSS)
        session, folder, back = pc.session, self.city.stick(), self.city.stick()
        assert session is not None
        with contextlib.suppress(UserInputError):
            (bundle,) = write_replies(session, folder, SILENT)
            assert bundle.error is None or pc.key not in self.list_at_station()
            assert apply_bundle(self.station, [folder], SILENT).problems == ()
        with contextlib.suppress(UserInputError):
            export_bundle(self.station, back, SILENT)
            assert ingest(session, session.quarantine, [back], SILENT).problems == ()

    def agree(self) -> None:
        at_centre = {view.order.number: view.state for view in orders(self.city.root)}
        assert at_centre.keys() == set(self.done.issued)
        assert {view.order.number: view.state for view in orders(self.station)} == at_centre
        for number, state in at_centre.items():
            assert (state is OrderState.DONE) == (number in self.done.answered)


TestSeatsInAnyOrder = SeatsInAnyOrder.TestCase
TestSeatsInAnyOrder.settings = machine_settings(examples=60 if EVERY else 9, steps=20)
