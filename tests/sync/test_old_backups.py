"""A desk is set back to an old backup amid everything else: noticed, never believed, healed as documented."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis.stateful import rule

from desktop.centre.ingest import ingest
from desktop.domain.case_file.views import CaseCard
from desktop.domain.exchange.peers import Peer
from desktop.domain.ids import DeviceId
from desktop.domain.progress import SILENT
from desktop.services.exchange.sync_status import sync_status
from desktop.services.exchange.take_in.adopt_records import adopt_records, left_records
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.session import Session
from tests.support.ceremony import revoke_peer
from tests.support.sessions import Seat, take_seat
from tests.support.soak import machine_settings, seconds
from tests.sync.machine import SEATS, WANT_OF_TRUST, DesksAndCentre

pytestmark = pytest.mark.timeout(seconds(900))
NOTICED = frozenset({"journal.rolled_back", "journal.fork"})


class OldBackups(DesksAndCentre):
    """Whoever was set back may type on and export until it is told; what it numbers anew is never taken for what was
    lost. Then its device is given up and the desk begins anew under another one."""

    refusals = NOTICED
    noticed = NOTICED
    """Why the centre refuses what a desk writes that was set back."""

    def __init__(self) -> None:
        super().__init__()
        self.backups: dict[int, Path] = {}
        self.set_back: set[int] = set()
        self.given_up: list[Seat] = []
        self.letters = iter("EFGHIJKLMNOPQRSTUVWXYZ")

    @rule(which=SEATS)
    def backs_up(self, which: int) -> None:
        """A copy of everything, taken while the program is closed."""
        seat = self.seats[which]
        seat.session.store.close()
        self.count += 1
        copy = seat.root.parent / f"backup-{self.count:04d}"
        shutil.copytree(seat.root, copy)
        self.backups[which] = copy
        seat.reopen()

    @rule(which=SEATS)
    def is_set_back(self, which: int) -> None:
        if which not in self.backups:
            return
        seat = self.seats[which]
        seat.session.store.close()
        shutil.rmtree(seat.root)
        shutil.copytree(self.backups[which], seat.root)
        seat.reopen()
        self.set_back.add(which)

    @rule(which=SEATS)
    def begins_anew(self, which: int) -> None:
        """The documented way: the device is revoked wherever it was trusted, and another one is enrolled."""
        if which not in self.set_back:
            return
        old = self.seats[which]
        for session in (
            self.centre.session,
            *(self.seats[n].session for n in (0, 2) if n != which),
        ):
            if old.session.profile.device in {p.card.device for p in _peers(session)}:
                revoke_peer(session, old.session.profile.device, "恢复了旧备份")
        self._colleague_adopts(which, old.session.profile.device)
        self.given_up.append(old)
        self.count += 1
        profile = old.session.profile
        fresh = take_seat(
            old.root.parent / f"anew-{self.count:04d}", next(self.letters),
            unit_code=profile.unit_code, unit_name=profile.unit_name, clock=old.clock,
        )  # fmt: skip
        seats = list(self.seats)
        seats[which] = fresh
        self.seats = (seats[0], seats[1], seats[2])
        self.set_back.discard(which)
        self.backups.pop(which, None)
        self.renew()

    def _colleague_adopts(self, which: int, gone: DeviceId) -> None:
        """What the other desk of the station was told, and nobody else may ever be, it tells the centre itself."""
        if which not in (0, 2):
            return
        colleague = self.seats[2 - which].session
        for left in left_records(colleague):
            assert left.peer.card.device == gone
            assert adopt_records(colleague, gone) == len(left.records)
        assert not left_records(colleague)

    def check_case(self, seat: Seat, card: CaseCard) -> None:
        """Of a case that a device wrote about which is given up, the centre may know more than the colleagues."""
        gone = {old.session.profile.device for old in self.given_up}
        with self.centre.session.store.read() as there:
            told = {row.stream for row in there.history(card.id)}
        if gone.isdisjoint(told):
            super().check_case(seat, card)
        assert told, "a case that a colleague holds never came to the centre"

    def check_heads(self, seat: Seat, here: int, acked: int, there: int) -> None:
        """The centre may be ahead of one that was set back, and that one believes nothing that is not its own."""
        if self.seats.index(seat) not in self.set_back:
            super().check_heads(seat, here, acked, there)
            return
        assert acked <= min(here, there)
        own = seat.session.profile.device
        with seat.session.store.read() as mine, self.centre.session.store.read() as theirs:
            ours = list(mine.entries(own, acked, acked))
            held = list(theirs.entries(own, acked, acked))
        assert ours == held, "a receipt for what was lost counts for what was typed since"

    def drain(self) -> None:
        """A desk that lost what others hold is told so by the first answer it gets; then all heal and agree."""
        for which in sorted(self.set_back):
            self._names_what_is_lost(which)
            self.begins_anew(which)
        super().drain()
        for seat in self.given_up:
            assert seat.session.store.verify(SILENT) == ()
            seat.session.store.close()

    def _names_what_is_lost(self, which: int) -> None:
        """What the centre holds under this desk's numbers and the desk does not: one answer tells it."""
        session = self.seats[which].session
        lost = self._story_differs(session, self.centre.session)
        folder = self.stick()
        self.export(session, folder, afresh=True)
        done = ingest(self.centre.session, self.quarantine, [folder], SILENT)
        assert {item.error.code for item in done.problems} <= WANT_OF_TRUST | self.refusals
        if not lost:
            return
        back = self.stick()
        self.answer(back)
        apply_bundle(session, [back], SILENT)
        refused = any(item.error.code in self.noticed for item in done.problems)
        assert sync_status(session).rolled_back or refused, "an old backup that nobody noticed"

    def _story_differs(self, session: Session, other: Session) -> bool:
        own = session.profile.device
        with session.store.read() as here, other.store.read() as there:
            held, last = there.heads().get(own, 0), here.heads()[own]
            if held > last:
                return True
            ours = list(here.entries(own, held, held))
            theirs = list(there.entries(own, held, held))
        return [item.hash for item in ours] != [item.hash for item in theirs]


def _peers(session: Session) -> tuple[Peer, ...]:
    with session.store.read() as reader:
        return tuple(peer for peer in reader.peers() if not peer.revoked)


TestOldBackups = OldBackups.TestCase
TestOldBackups.settings = machine_settings(examples=5, steps=25)
