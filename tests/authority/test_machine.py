"""Honest stations, their centre and one rogue: what the honest ones say stands as if the rogue were not there.

The machine deals the streams of two honest stations out to the centre in any order and in any cuts, with entries of
the rogue between them: forged ones from the table of cells, and honest ones. A second centre hears the honest stations
alone. In the end both hold the same values of everything that belongs to them, and every honest entry took effect.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from desktop.domain.ids import DeviceId, bound_id
from desktop.domain.installation.officer import Role
from desktop.domain.installation.profile import InstallationRole, Profile
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Json
from desktop.journal import kinds
from desktop.journal.entry import Entry, NewEntry
from desktop.storage.store import SqlStore
from tests.authority.cells import (
    AT,
    BY_ROLE,
    CENTRE,
    CENTRE_UNIT,
    OTHER,
    UNITS,
    WORKER,
    Cell,
    cells,
)
from tests.authority.test_rogue import KEY, Stream, trust
from tests.support.clocks import HandClock
from tests.support.databases import Databases
from tests.support.looked_first import comparable
from tests.support.quick_places import quick_place
from tests.support.sweep import examples

SECOND = DeviceId("DDDDDDDDDDDDDDDD")
"""A second device of the other station's unit."""
CELLS = tuple(cell for cell in cells() if not cell.cut)
_NUMBERS = st.integers(min_value=1, max_value=3)


def a_centre(where: Path | Databases) -> SqlStore:
    profile = Profile(InstallationRole.CENTRE, CENTRE_UNIT, "x", "A", CENTRE)
    place = where / "centre.db" if isinstance(where, Path) else where.place("centre")
    store = SqlStore.create(place, KEY, profile, HandClock())
    peers = [trust(CENTRE, peer) for peer in UNITS if peer != CENTRE]
    colleague = trust(CENTRE, OTHER)
    beside = NewEntry(colleague.kind, f"party/{CENTRE}/{SECOND}", colleague.fields)
    with store.write() as writing:
        writing.append_all(WORKER, [*peers, beside])
    return store


class HonestAndRogue(RuleBasedStateMachine):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = quick_place()
        root = Path(self._folder.name)
        (root / "with").mkdir()
        (root / "without").mkdir()
        self.with_rogue, self.without = a_centre(root / "with"), a_centre(root / "without")
        self.honest = {device: Stream(device) for device in (OTHER, SECOND)}
        self.rogue = Stream(UNIT_ROGUE)
        self.carried = dict.fromkeys((*self.honest, UNIT_ROGUE), 0)
        for stream in (*self.honest.values(), self.rogue):
            stream.found()

    def teardown(self) -> None:
        digest = self.with_rogue.digest()
        assert self.with_rogue.rebuild(SILENT) == digest, "made anew from the journal it is another"
        assert self.with_rogue.overreach(SILENT) == ()
        for store in (self.with_rogue, self.without):
            store.close()
        self._folder.cleanup()

    def _say(
        self,
        device: DeviceId,
        kind: str,
        subject: str,
        number: int,
        fields: dict[str, Json],
        officer: str = WORKER,
    ) -> None:
        """Something of what ``OTHER`` made; the second device knows what the first said of it so far, or not."""
        name = f"{subject}/{bound_id(1_764_000_000_000 + number, number, OTHER)}"
        known = [
            entry
            for stream in self.honest.values()
            for entry in stream.entries
            if entry.subject == name and (stream.device == device or number % 2)
        ]
        replaces = {
            field: tuple(entry.ref for entry in known if field in entry.fields)
            for field in fields
            if any(field in entry.fields for entry in known)
        }
        self.honest[device].say(NewEntry(kind, name, fields), officer, replaces=replaces)

    @rule(device=st.sampled_from((OTHER, SECOND)), number=_NUMBERS, story=st.text(max_size=5))
    def a_station_registers(self, device: DeviceId, number: int, story: str) -> None:
        told: dict[str, Json] = {
            "narrative": story, "accepted_at": AT, "state": "new", "unit_code": UNITS[OTHER],
            "visit": "report", "number": f"N{number}",
        }  # fmt: skip
        self._say(device, kinds.CASE_REGISTERED, "case", number, told)

    @rule(device=st.sampled_from((OTHER, SECOND)), number=_NUMBERS, amount=st.integers(0, 10**6))
    def a_station_orders(self, device: DeviceId, number: int, amount: int) -> None:
        case = bound_id(1_764_000_000_000 + number, number, OTHER)
        told: dict[str, Json] = {
            "case": case, "kind": "stop", "issued_at": AT, "amount_fen": amount, "unit_code": UNITS[OTHER],
        }  # fmt: skip
        self._say(device, kinds.ORDER_ISSUED, "order", number, told)

    @rule(
        device=st.sampled_from((OTHER, SECOND)), number=_NUMBERS,
        outcome=st.sampled_from(("upheld", "part", "refused", "split_by_court")),
        decides=st.booleans(),
    )  # fmt: skip
    def a_station_hears_an_objection(
        self, device: DeviceId, number: int, outcome: str, decides: bool
    ) -> None:
        """Of the holder of an account; two devices may decide without knowing of each other."""
        made = bound_id(1_764_000_000_000 + number, number, OTHER)
        begin, officer = f"answer.objection.{made}.", BY_ROLE[Role.APPROVER]
        told: dict[str, Json] = {
            f"{begin}name": "x",
            f"{begin}orders": made,
            f"{begin}received_by": WORKER,
        }
        if decides:
            told = {f"{begin}decision": f"{outcome}\n{officer}\n{AT}\n{made}\n"}
        self._say(device, kinds.CASE_AMENDED, "case", number, told, officer if decides else WORKER)

    @rule(cell=st.sampled_from(CELLS))
    def the_rogue_says(self, cell: Cell) -> None:
        refused = cell.replaces or {}
        self.rogue.say(
            NewEntry(cell.kind, cell.subject, cell.fields), cell.officer,
            lamport=1 if cell.lamport_back else 0, replaces=refused,
        )  # fmt: skip

    @rule(
        number=_NUMBERS, lamport=st.integers(1, 2**52), kind=st.sampled_from(sorted(kinds.EVENTS))
    )
    def the_rogue_speaks_of_theirs(self, number: int, lamport: int, kind: str) -> None:
        made = bound_id(1_764_000_000_000 + number, number, OTHER)
        theirs = [entry.ref for stream in self.honest.values() for entry in stream.entries]
        about: tuple[tuple[str, dict[str, Json]], ...] = (
            (f"case/{made}", {"narrative": "x"}),
            (f"order/{made}", {"reply.result": "done", "amount_fen": 1}),
        )
        for name, told in about:
            for said in (kinds.CASE_AMENDED, kinds.ORDER_REPLIED, kinds.BUNDLE_BEGUN, kind):
                names = {field: tuple(theirs[-5:]) for field in told}
                self.rogue.say(NewEntry(said, name, told), lamport=lamport, replaces=names)

    @rule(device=st.sampled_from((OTHER, SECOND)), count=st.integers(1, 9), again=st.booleans())
    def a_stick_arrives(self, device: DeviceId, count: int, again: bool) -> None:
        done = self.carried[device]
        some = self.honest[device].entries[0 if again else done : done + count]
        self._both(some)
        self.carried[device] = min(done + count, len(self.honest[device].entries))

    @rule(count=st.integers(1, 30))
    def a_stick_of_the_rogue_arrives(self, count: int) -> None:
        done = self.carried[UNIT_ROGUE]
        self._one(self.with_rogue, self.rogue.entries[done : done + count])
        self.carried[UNIT_ROGUE] = min(done + count, len(self.rogue.entries))

    def _both(self, entries: list[Entry]) -> None:
        for store in (self.with_rogue, self.without):
            refused = self._one(store, entries)
            assert refused == (), "an honest entry was refused"

    def _one(self, store: SqlStore, entries: list[Entry]) -> tuple[object, ...]:
        with store.trial() as (_, trial):
            looked = trial.apply(entries)
        with store.write() as writing:
            done = writing.apply(entries)
        assert replace(looked, refused=()) == replace(done, refused=())
        assert comparable(looked.refused) == comparable(done.refused), "a look told something else"
        return done.refused

    @invariant()
    def what_is_theirs_is_the_same(self) -> None:
        for device, last in self.carried.items():
            subjects = {
                entry.subject for entry in self.honest[device].entries[:last]
            } if device in self.honest else set()  # fmt: skip
            with self.with_rogue.read() as one, self.without.read() as other:
                for name in subjects:
                    fields = sorted(other.current(name))
                    assert sorted(one.current(name)) == fields
                    for field in fields:
                        assert sorted(map(str, one.unreplaced_values(name, field))) == sorted(
                            map(str, other.unreplaced_values(name, field))
                        )

    @invariant()
    def every_honest_entry_is_here(self) -> None:
        for device, last in self.carried.items():
            if device in self.honest:
                with self.with_rogue.read() as reader:
                    assert reader.heads().get(device, 0) == last


UNIT_ROGUE = DeviceId("AAAAAAAAAAAAAAAA")

TestHonestAndRogue = HonestAndRogue.TestCase
TestHonestAndRogue.settings = settings(
    max_examples=examples(12),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
