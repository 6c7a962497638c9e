"""A case of the centre that is offered to a station: whose word counts on it, in whatever order bundles arrive.

The machine lets a centre register and offer cases, two PCs of one station and one of another take them on, decline
them and go on with them, and somebody who was offered nothing speak of them all the same. Every replica hears the
others' streams in any cuts. What was said by a station that took nothing on never counts anywhere; what was said by
one that did counts everywhere once all has arrived, and all replicas then hold the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from desktop.domain.cases.case_holder import CaseHolder, HolderNote
from desktop.domain.errors import RuleError
from desktop.domain.ids import DeviceId, bound_id
from desktop.domain.installation.profile import InstallationRole, Profile, device_of
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Json
from desktop.journal import kinds
from desktop.journal.entry import Entry, NewEntry
from desktop.storage.journal.offered_cases import OfferedCases as Guard
from desktop.storage.store import SqlStore
from tests.authority.cells import AT, CENTRE, COLLEAGUE, OTHER, ROGUE, UNITS, WORKER
from tests.authority.test_rogue import KEY, Stream, taken_in, trust
from tests.support.clocks import HandClock
from tests.support.quick_places import quick_place

FIRST: Final = ROGUE
"""The first PC of the station, whose second is ``COLLEAGUE``; here it is honest."""
DESKS: Final = (FIRST, COLLEAGUE, OTHER)
_CASES: Final = tuple(bound_id(1_764_000_000_000 + n, n, CENTRE) for n in range(2))


@dataclass(frozen=True)
class Word:
    """A field that a PC set about a case."""

    case: str
    device: DeviceId
    field: str

    @property
    def unit(self) -> str:
        """The station of the PC."""
        return UNITS[self.device]


_DESKS = st.sampled_from(DESKS)
_CASE = st.sampled_from(_CASES)


def a_store(folder: Path, device: DeviceId) -> SqlStore:
    centre = device == CENTRE
    role = InstallationRole.CENTRE if centre else InstallationRole.DESK
    profile = Profile(role, UNITS[device], "x", "A", device)
    store = SqlStore.create(folder / f"{device}.db", KEY, profile, HandClock())
    with store.write() as writing:
        writing.append_all(WORKER, [trust(device, peer) for peer in UNITS if peer != device])
    return store


class OfferedCases(RuleBasedStateMachine):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = quick_place()
        root = Path(self._folder.name)
        self.stores = {device: a_store(root, device) for device in (*DESKS, CENTRE)}
        self.carried: dict[tuple[DeviceId, str], int] = {}
        self.words = 0
        self.took_on: set[tuple[DeviceId, str]] = set()
        self.forged: set[Word] = set()
        """What a PC said that had taken nothing on; ``refs``: where."""
        self.refs: set[str] = set()

    def teardown(self) -> None:
        for _ in range(3):  # what one hears makes room for what waited at another
            for to in self.stores:
                for stream in self._streams_for(to):
                    self._carry(to, stream, 10**6)
        central = self._words(CENTRE)
        assert central.isdisjoint(self.forged)
        for device in DESKS:
            heard = {case for case in _CASES if self._knows(device, case)}
            there = {word for word in central if word.unit == UNITS[device] and word.case in heard}
            assert self._words(device) - self.forged == there
            mates = {word for word in self.forged if word.device != device}
            assert self._words(device).isdisjoint(mates)
        for store in self.stores.values():
            digest = store.digest()
            assert store.rebuild(SILENT) == digest, "made anew from the journal it is another"
            store.close()
        self._folder.cleanup()

    def _knows(self, device: DeviceId, case: str) -> bool:
        with self.stores[device].read() as reader:
            return "narrative" in reader.current(f"case/{case}")

    def _words(self, device: DeviceId) -> set[Word]:
        """Of the stations, as they stand at ``device``."""
        with self.stores[device].read() as reader:
            return {
                Word(case, DeviceId(name.split(".")[2]), name)
                for case in _CASES
                for name in reader.current(f"case/{case}")
                if name.startswith("answer.said.")
            }

    def _streams_for(self, to: DeviceId) -> list[str]:
        """What ``to`` is sent: a centre hears every desk; a desk its colleagues, and its own stream of the centre."""
        if to == CENTRE:
            return list(DESKS)
        mates = [d for d in DESKS if d != to and UNITS[d] == UNITS[to]]
        return [*mates, f"{CENTRE}.{UNITS[to]}"]

    def _carry(self, to: DeviceId, stream: str, count: int) -> None:
        source = self.stores[device_of(stream)]
        done = self.carried.get((to, stream), 0)
        with source.read() as reader:
            last = reader.heads().get(stream, 0)
            items: list[Entry] = list(reader.entries(stream, done + 1, min(last, done + count)))
        with self.stores[to].write() as writing:
            refused = writing.apply(items).refused
        self.carried[to, stream] = min(last, done + count)
        assert {item.ref for item in refused} <= self.refs, "an honest word was refused"

    @rule(case=_CASE, to=_DESKS)
    def the_centre_offers(self, case: str, to: DeviceId) -> None:
        """Anew to another unit what was not taken on; all of the case is said in the stream of that unit."""
        holder = CaseHolder(CENTRE, "C", WORKER, None, offer=HolderNote(to, "A", WORKER, None, "x"))
        stream = f"{CENTRE}.{UNITS[to]}"
        told: dict[str, Json] = {
            "narrative": "x", "accepted_at": AT, "unit_code": UNITS[to], "number": "N",
        }  # fmt: skip
        offer: dict[str, Json] = {"charge": holder.to_json()}
        news = [
            NewEntry(kinds.CASE_REGISTERED, f"case/{case}", told, stream=stream),
            NewEntry(kinds.CASE_OFFERED, f"case/{case}", offer, stream=stream),
        ]
        with self.stores[CENTRE].write() as writing:
            writing.append_all(WORKER, news)
            writing.project()

    @rule(case=_CASE, device=_DESKS, accepts=st.booleans())
    def a_station_answers(self, case: str, device: DeviceId, accepts: bool) -> None:
        if not self._knows(device, case):
            return  # what its own changed program wrote makes no case
        kind = kinds.CASE_TAKEN_ON if accepts else kinds.CASE_DECLINED
        holder = CaseHolder(device if accepts else CENTRE, "A", WORKER, None)
        self._say(device, NewEntry(kind, f"case/{case}", {"charge": holder.to_json()}))
        (self.took_on.add if accepts else self.took_on.discard)((device, case))

    @rule(case=_CASE, device=_DESKS)
    def a_station_goes_on(self, case: str, device: DeviceId) -> None:
        """Where its own PC lets it; a colleague's acceptance counts for both."""
        try:
            self._say(device, self._word(case, device))
        except RuleError:
            return
        self.took_on.add((device, case))

    @rule(case=_CASE, device=_DESKS)
    def a_changed_program_goes_on_all_the_same(self, case: str, device: DeviceId) -> None:
        if (device, case) in self.took_on:
            return
        new = self._word(case, device)
        entry = self._say(device, new, unguarded=True)
        self.refs.add(entry.ref)
        self.forged.add(Word(case, device, next(iter(new.fields))))

    def _word(self, case: str, device: DeviceId) -> NewEntry:
        self.words += 1
        field = f"answer.said.{device}.{self.words}"
        return NewEntry(kinds.CASE_AMENDED, f"case/{case}", {field: "x"})

    def _say(self, device: DeviceId, new: NewEntry, *, unguarded: bool = False) -> Entry:
        with self.stores[device].write() as writing, pytest.MonkeyPatch.context() as patch:
            if unguarded:
                patch.setattr(Guard, "with_answers", lambda _guard, news: news)
            entry = writing.append(WORKER, new)
            writing.project()
        return entry

    @rule(to=st.sampled_from((*DESKS, CENTRE)), place=st.integers(0, 2), count=st.integers(1, 6))
    def a_stick_arrives(self, to: DeviceId, place: int, count: int) -> None:
        streams = self._streams_for(to)
        self._carry(to, streams[place % len(streams)], count)


def _accepted(to: DeviceId, *, upto: int = 10**6) -> OfferedCases:
    """A case that the first PC took on; ``to`` heard the centre up to an entry of its stream."""
    world, case = OfferedCases(), _CASES[0]
    stream = f"{CENTRE}.{UNITS[FIRST]}"
    world.the_centre_offers(case, FIRST)
    world._carry(FIRST, stream, 10**6)
    world.a_station_answers(case, FIRST, accepts=True)
    world._carry(to, stream, upto)
    return world


def test_a_colleague_counts_wherever_the_words_of_the_centre_are_cut() -> None:
    world = _accepted(COLLEAGUE, upto=1)
    world.a_station_goes_on(_CASES[0], FIRST)
    world._carry(COLLEAGUE, FIRST, 10**6)
    world.teardown()


def test_a_stream_speaks_for_itself_whichever_of_a_device_arrives_first() -> None:
    case = f"case/{_CASES[0]}"
    beside, plain = (Stream(DeviceId(f"{FIRST}.{name}")) for name in "ab")
    beside.say(NewEntry(kinds.CASE_TAKEN_ON, case, {}))
    plain.say(NewEntry(kinds.CASE_MOVED, case, {"state": "stopping"}))
    for streams in ((beside, plain), (plain, beside)):
        world = OfferedCases()
        world.the_centre_offers(_CASES[0], FIRST)
        refused = [taken_in(world.stores[CENTRE], stream.entries) for stream in streams]
        assert [*refused[0], *refused[1]] == [plain.entries[0].ref]
        world.teardown()


def test_whoever_waits_for_what_waits_itself_goes_on_with_it() -> None:
    world, (case, other) = OfferedCases(), _CASES
    stream = f"{CENTRE}.{UNITS[FIRST]}"
    world.the_centre_offers(other, FIRST)
    world.the_centre_offers(case, FIRST)
    world._carry(FIRST, stream, 10**6)
    world.a_station_answers(case, FIRST, accepts=True)
    world.a_station_goes_on(case, FIRST)
    for place, of, count in ((2, stream, 2), (0, FIRST, 10**6), (0, stream, 2)):
        world.carried[COLLEAGUE, of] = place
        world._carry(COLLEAGUE, of, count)
    assert len(world._words(COLLEAGUE)) == 1
    world.teardown()


def test_a_word_of_its_own_is_no_offer() -> None:
    world = _accepted(COLLEAGUE, upto=0)
    world.a_changed_program_goes_on_all_the_same(_CASES[0], COLLEAGUE)
    world._carry(COLLEAGUE, FIRST, 10**6)
    world.teardown()


_OWN: Final = bound_id(1_764_000_000_009, 9, COLLEAGUE)


@pytest.mark.parametrize(
    "first",
    [
        NewEntry(kinds.CASE_MOVED, f"case/{_CASES[0]}", {"state": "stopping"}),
        NewEntry(kinds.CASE_MERGED, f"case/{_OWN}", {"merged.into": _CASES[0], "merged.at": AT}),
    ],
    ids=lambda new: new.kind,
)
def test_a_second_pc_joins_before_its_first_word(first: NewEntry) -> None:
    world = _accepted(COLLEAGUE)
    world._carry(COLLEAGUE, FIRST, 10**6)
    made = {"narrative": "x", "accepted_at": AT}
    world._say(COLLEAGUE, NewEntry(kinds.CASE_REGISTERED, f"case/{_OWN}", made))
    assert world._say(COLLEAGUE, first).subject == first.subject
    world.teardown()


TestOfferedCases = OfferedCases.TestCase
TestOfferedCases.settings = settings(
    phases=(Phase.explicit, Phase.generate),
    max_examples=8,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
