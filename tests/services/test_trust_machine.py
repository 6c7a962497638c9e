"""Officers come and go, computers and centres are trusted and revoked, in any order and by anybody who tries.

However they do it: no change of trust stands after the founding that two different officers did not make, both active
at that place, the second by a password of their own that was tried for this one act.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from desktop.domain.errors import AppError
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.installation.profile import InstallationRole
from desktop.journal import kinds
from desktop.journal.entry import Entry
from desktop.services.exchange.peers.our_centre import centre
from desktop.services.exchange.peers.replace_centre import replace_centre
from desktop.services.exchange.peers.revoke_peer import revoke_peer
from desktop.services.exchange.peers.trust import own_card, peers, trust_peer
from desktop.services.exchange.peers.vouch_for import vouch_for
from desktop.services.officers.confirm_trust import confirm_trust
from desktop.services.officers.dismiss_officer import dismiss_officer
from desktop.services.officers.enrol_officer import enrol_officer
from desktop.services.officers.own_password import give_password
from desktop.services.officers.recovery_code import new_recovery_code
from desktop.services.officers.second_officer import SecondOfficer, prove_second
from desktop.services.officers.unconfirmed import to_confirm
from desktop.services.session import Session
from tests.support.held_slots import HeldSlots
from tests.support.quick_places import quick_place
from tests.support.sessions import take_seat
from tests.support.sweep import examples

FOUNDER: Final = "620134"
NUMBERS: Final = ("620134", "620201", "620202", "620203")
ROLES: Final = (
    (Role.ADMINISTRATOR, Role.APPROVER),
    (Role.FRONT_DESK,),
    (Role.AUDITOR,),
)
CHANGES: Final = frozenset(
    {
        kinds.OFFICER_ENROLLED, kinds.OFFICER_DISMISSED, kinds.OFFICER_CONFIRMED,
        kinds.PARTY_TRUSTED, kinds.PARTY_REVOKED, kinds.PARTY_CONFIRMED, kinds.CENTRE_CHOSEN,
        kinds.RECOVERY_RENEWED,
    }
)  # fmt: skip
WAYS: Final = ("right", "right", "right", "nobody", "wrong", "used", "elsewhere")

numbers = st.sampled_from(NUMBERS)
ways = st.sampled_from(WAYS)


class TrustMachine(RuleBasedStateMachine):
    """One desk, two centres, a colleague's desk and another one, and whoever sits at the desk."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = quick_place()
        root = Path(self.folder.name)
        self.seat = take_seat(root / "a", "A")
        self.slots = HeldSlots()
        self.slots.own(FOUNDER, f"own-{FOUNDER}")
        self.session: Session = replace(self.seat.session, slots=self.slots)
        self.centres = [
            take_seat(
                root / f"c{count}", "C", unit_code=f"6201{count}0000000", unit_name="中心",
                role=InstallationRole.CENTRE,
            )
            for count in (0, 1)
        ]  # fmt: skip
        self.colleague = take_seat(root / "b", "B")
        self.spent: SecondOfficer | None = None

    def teardown(self) -> None:
        for seat in (self.seat, self.colleague, *self.centres):
            seat.session.store.close()
        self.folder.cleanup()

    @initialize(third=st.booleans())
    def found(self, third: bool) -> None:
        """The first centre; a second officer by the founder alone, sometimes a third by both."""
        trust_peer(self.session, own_card(self.centres[0].session))
        for number, roles in (("620201", ROLES[0]), ("620202", ROLES[1]))[: 1 + third]:
            by = self._by("620201", "right") if number == "620202" else None
            enrol_officer(self.session, Officer(number, "某人", roles), "given", by)
            self.slots.own(number, f"own-{number}")
            self._note(
                kinds.OFFICER_SIGNED_IN, f"officer/{self.session.profile.device}/{number}", number
            )

    @rule(number=numbers)
    def sign_in(self, number: str) -> None:
        """Whoever is active sits down, with a password of their own."""
        with self.session.store.read() as reader:
            officer = reader.officer(number)
        if officer is not None and officer.roles:
            if number in self.slots.initial:
                self.slots.own(number, f"own-{number}")
                note = kinds.OFFICER_SIGNED_IN, f"officer/{self.session.profile.device}/{number}"
                self._note(*note, number)
            self.session = replace(self.session, officer=officer)

    @rule(number=numbers, roles=st.sampled_from(ROLES), second=numbers, way=ways)
    def enrol(self, number: str, roles: tuple[Role, ...], second: str, way: str) -> None:
        officer = Officer(number, "某人", roles)
        self._try(second, way, lambda by: enrol_officer(self.session, officer, "given", by))

    @rule(number=numbers, second=numbers, way=ways)
    def dismiss(self, number: str, second: str, way: str) -> None:
        self._try(second, way, lambda by: dismiss_officer(self.session, number, by))

    @rule(number=numbers, second=numbers, way=ways)
    def renew(self, number: str, second: str, way: str) -> None:
        self._try(second, way, lambda by: give_password(self.session, number, "given", by))

    @rule(second=numbers, way=ways)
    def new_code(self, second: str, way: str) -> None:
        self._try(second, way, lambda by: new_recovery_code(self.session, str, by))

    @rule(second=numbers, way=ways)
    def confirm(self, second: str, way: str) -> None:
        subjects = [one.subject for one in to_confirm(self.session)]
        self._try(second, way, lambda by: confirm_trust(self.session, subjects, by))

    @rule(which=st.integers(0, 2), second=numbers, way=ways)
    def trust(self, which: int, second: str, way: str) -> None:
        seat = (*self.centres, self.colleague)[which]
        self._try(second, way, lambda by: trust_peer(self.session, own_card(seat.session), by))

    @rule(which=st.integers(0, 2), second=numbers, way=ways)
    def revoke(self, which: int, second: str, way: str) -> None:
        device = (*self.centres, self.colleague)[which].session.profile.device
        self._try(second, way, lambda by: revoke_peer(self.session, device, "x", by))

    @rule(which=st.integers(0, 1), vouched=st.booleans(), second=numbers, way=ways)
    def replace_it(self, which: int, vouched: bool, second: str, way: str) -> None:
        new, old = self.centres[which].session, self.centres[1 - which].session
        card = vouch_for(old, own_card(new)) if vouched else own_card(new)
        kept: list[object] = []
        self._try(second, way, lambda by: replace_centre(self.session, card, by, kept.append))

    @rule(number=numbers)
    def guess(self, number: str) -> None:
        """Somebody tries passwords of a colleague until that one is locked."""
        for _ in range(6):
            self._quiet(lambda: prove_second(self.session, number, "guess"))

    @rule(number=numbers)
    def wait(self, number: str) -> None:
        """A lock ends by itself."""
        self.slots.failures[number] = self.slots.told[number] = 0

    @invariant()
    def two_made_every_change(self) -> None:
        """Replays the journal of the desk, knowing nothing of how it came about."""
        active: set[str] = set()
        came: set[str] = set()
        for entry in self._entries():
            number = entry.subject.rpartition("/")[2]
            if entry.kind in CHANGES and entry.seq > 1:
                self._judge(entry, active, came)
            if entry.kind == kinds.OFFICER_ENROLLED:
                active.add(number)
                came -= {number}
            elif entry.kind == kinds.OFFICER_DISMISSED:
                active.discard(number)
            elif entry.kind == kinds.OFFICER_SIGNED_IN:
                came.add(number)

    def _judge(self, entry: Entry, active: set[str], came: set[str]) -> None:
        fields, number = entry.fields, entry.subject.rpartition("/")[2]
        assert entry.officer in active, entry
        if fields.get("second"):
            assert fields["second"] in active - {entry.officer}, entry
        elif fields.get("by_centre"):
            assert entry.kind in {kinds.PARTY_TRUSTED, kinds.CENTRE_CHOSEN}, entry
        else:
            alone = active == {entry.officer}
            taken_back = (
                entry.kind == kinds.OFFICER_DISMISSED
                and active == {entry.officer, number}
                and number not in came
            )
            assert fields.get("founding") is True, entry
            assert alone or taken_back, entry

    @invariant()
    def one_centre_is_named_and_it_is_trusted(self) -> None:
        found = centre(self.session)
        assert found is None or not found.revoked
        assert sum(1 for peer in peers(self.session) if peer == found) <= 1

    @invariant()
    def somebody_can_still_act(self) -> None:
        """An administrator stays."""
        with self.session.store.read() as reader:
            here = [one for one in reader.officers(self.session.profile.device) if one.roles]
        assert here

    def _try(self, second: str, way: str, act: Callable[[SecondOfficer | None], object]) -> None:
        before, by = len(self._entries()), self._by(second, way)
        self._quiet(lambda: act(by))
        for entry in self._entries()[before:]:
            if entry.kind in CHANGES and entry.fields.get("second"):
                assert way == "right", "only a proof for this very act lets anything happen"
                assert by is not None
                assert entry.fields["second"] == by.number
                self.spent = by

    def _by(self, second: str, way: str) -> SecondOfficer | None:
        """Who is said to take part; nobody where they do not prove it."""
        if way == "used":
            return self.spent
        if way == "elsewhere":
            return self._proved_elsewhere()
        if way == "nobody":
            return None
        password = f"own-{second}" if way == "right" else "wrong"
        try:
            return prove_second(self.session, second, password)
        except AppError:
            return None

    def _proved_elsewhere(self) -> SecondOfficer:
        """Proved at the colleague's computer, by an officer of that one."""
        at = self.colleague.session
        slots: Any = at.slots
        with at.store.read() as reader:
            known = reader.officer("620202")
        if known is None:
            enrol_officer(at, Officer("620202", "别处", (Role.FRONT_DESK,)), "given")
        slots.own("620202", "own-620202")
        return prove_second(at, "620202", "own-620202")

    def _note(self, kind: str, subject: str, number: str) -> None:
        from desktop.journal.entry import NewEntry  # noqa: PLC0415 - the one entry the test writes itself

        with self.session.store.write() as transaction:
            transaction.append(number, NewEntry(kind, subject, {}))

    def _quiet(self, action: Callable[[], object]) -> None:
        try:
            action()
        except AppError:
            return

    def _entries(self) -> list[Entry]:
        with self.session.store.read() as reader:
            return list(reader.entries(self.session.profile.device, 1, 10**6))


TrustMachine.TestCase.settings = settings(
    max_examples=examples(15), stateful_step_count=25, deadline=None
)
test_trust = TrustMachine.TestCase
