"""What happens to keys, as rules for a machine of desks and a centre: planned changes, losses, cards compared anew."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.domain.errors import UserInputError
from desktop.domain.exchange.peers import KeyState
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.progress import SILENT
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.own_keys import own_keys, rotate_keys
from desktop.services.exchange.peers.trust import own_card, peers
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.session import Session
from tests.support.ceremony import approve, trust_peer
from tests.support.sessions import Seat
from tests.support.strict import all_of

CHIEF = Officer("620134", "李静", (Role.ADMINISTRATOR, Role.DISPATCHER))
OF_KEYS = {"bundle.retired_key", "bundle.lost_key", "bundle.unknown_sender"}
"""Why a bundle of a trusted device is kept for later although its enrolment stands."""
WANT_OF_TRUST = {"bundle.expired_sender", "bundle.revoked_sender"}


def holder(session: Session) -> Session:
    return replace(session, officer=CHIEF)


class KeyRules:
    """For a machine with ``seats`` (the first and the last of one station), ``centre``, ``quarantine``, ``stick``."""

    seats: tuple[Seat, Seat, Seat]
    centre: Seat
    quarantine: Quarantine

    def stick(self) -> Path:
        raise NotImplementedError

    def meet(self, seat: Seat) -> bool:
        """Card and approval are compared anew; whether both believe each other now."""
        trust_peer(seat.session, approve(self.centre.session, own_card(seat.session)))
        return True

    @rule(which=st.sampled_from((0, 1, 2, 3)))
    def plans_new_keys(self, which: int) -> None:
        session = (*self.seats, self.centre)[which].session
        fresh = rotate_keys(holder(session))
        assert own_keys(session)[0] == fresh

    @rule(which=st.sampled_from((0, 1, 2)))
    def loses_its_keys(self, which: int) -> None:
        """Its new card is compared everywhere; what the lost key signed comes in nowhere."""
        session, folder = self.seats[which].session, self.stick()
        with contextlib.suppress(UserInputError):
            export_bundle(session, folder, SILENT)
        rotate_keys(holder(session), lost="硬盘被复制")
        if not self.meet(self.seats[which]):
            return
        if which != 1:
            trust_peer(self.seats[2 - which].session, own_card(session))
        done = ingest(self.centre.session, self.quarantine, [folder], SILENT)
        assert {item.error.code for item in done.problems} <= OF_KEYS | WANT_OF_TRUST
        assert done.applied == 0

    @rule()
    def the_centre_loses_its_keys(self) -> None:
        folder = self.stick()
        with contextlib.suppress(UserInputError):
            write_replies(self.centre.session, folder, SILENT)
        rotate_keys(holder(self.centre.session), lost="服务器被盗")
        for seat in self.seats:
            if not self.meet(seat):
                continue
            done = apply_bundle(seat.session, [folder], SILENT)
            codes = {item.error.code for item in done.problems}
            assert codes <= OF_KEYS | WANT_OF_TRUST | {"bundle.not_for_us"}
            assert done.applied == 0

    @rule(which=st.sampled_from((0, 1, 2)))
    def hears_from_the_centre_and_follows(self, which: int) -> None:
        """Whatever keys either side has by now, an exchange both ways after cards were compared anew goes through."""
        session = self.seats[which].session
        if not self.meet(self.seats[which]):
            return
        up, down = self.stick(), self.stick()
        with contextlib.suppress(UserInputError):
            export_bundle(session, up, SILENT)
        assert not ingest(self.centre.session, self.quarantine, [up], SILENT).problems
        with contextlib.suppress(UserInputError):
            write_replies(self.centre.session, down, SILENT)
        codes = {item.error.code for item in apply_bundle(session, [down], SILENT).problems}
        assert codes <= {"bundle.not_for_us"}

    @invariant()
    def nobody_is_without_keys_and_lost_ones_stay_lost(self) -> None:
        if not hasattr(self, "seats"):
            return
        for seat in (*self.seats, self.centre):
            keys = own_keys(seat.session)
            assert keys[0].fingerprint == seat.session.keys.current
            assert all_of(key.held for key in keys)
            gone = {key.fingerprint for key in keys if key.lost}
            for other in (*self.seats, self.centre):
                self._believes_none(other.session, seat.session.profile.device, gone)

    @staticmethod
    def _believes_none(other: Session, device: DeviceId, gone: set[DeviceId]) -> None:
        """Whoever knows a newer key of the device believes none of those it lost."""
        now = other.clock.now()
        for peer in peers(other):
            if peer.card.device != device or peer.keys[0].fingerprint in gone:
                continue
            believed = {
                key.fingerprint for key in peer.keys if key.state_at(now) is KeyState.CURRENT
            }
            assert not believed & gone
