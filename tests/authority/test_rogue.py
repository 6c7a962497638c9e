"""The rogue's whole stream, taken in by a centre and by a colleague's desk, in both databases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.installation.profile import InstallationRole, Profile
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Json
from desktop.journal import kinds
from desktop.journal.authority import officer_subject
from desktop.journal.entry import GENESIS, Entry, NewEntry, seal
from desktop.journal.entry_table import ENTRIES
from desktop.journal.subject_rule import Author
from desktop.storage.store import SqlStore
from tests.authority.cells import (
    AT,
    BY_ROLE,
    CENTRE,
    CENTRE_UNIT,
    COLLEAGUE,
    GONE,
    OTHER,
    ROGUE,
    UNIT,
    UNITS,
    WORKER,
    Cell,
    Disguise,
    cells,
    honest_fields,
    name_of,
)
from tests.support.anything_goes import trust_in
from tests.support.clocks import HandClock
from tests.support.databases import KINDS, some_databases

KEY = bytes(32)


class Stream:
    """What one device writes, entry by entry."""

    def __init__(self, device: DeviceId) -> None:
        self.device = device
        self.entries: list[Entry] = []

    def say(self, new: NewEntry, officer: str = WORKER, **how: object) -> Entry:
        """The next entry; ``lamport`` and ``replaces`` as the rogue likes."""
        last = self.entries[-1] if self.entries else None
        ahead = max((entry.lamport for entry in self.entries), default=0) + 1
        item = seal(
            new, stream=self.device, seq=len(self.entries) + 1, wall=AT, officer=officer,
            lamport=int(str(how.get("lamport") or ahead)),
            replaces=how.get("replaces") or {},  # type: ignore[arg-type]  # as the cell has it
            prev=last.hash if last else GENESIS,
        )  # fmt: skip
        self.entries.append(item)
        return item

    def found(self) -> None:
        """Its officers: one who may do everything, one of each role, one who was dismissed."""
        every = Officer(WORKER, "王", tuple(Role))
        crew = [every, *(Officer(number, "李", (role,)) for role, number in BY_ROLE.items())]
        for officer in (*crew, Officer(GONE, "赵", (Role.FRONT_DESK,))):
            subject = officer_subject(self.device, officer.number)
            self.say(NewEntry(kinds.OFFICER_ENROLLED, subject, officer.to_fields()))
        gone = NewEntry(
            kinds.OFFICER_DISMISSED, officer_subject(self.device, GONE), {"name": "赵", "roles": []}
        )
        self.say(gone)


def others_journal() -> Stream:
    """Everything that an honest station says of its own."""
    stream = Stream(OTHER)
    stream.found()
    for rule in ENTRIES.values():
        if rule.authors == {Author.CENTRE} or Author.RECEIVER in rule.authors:
            continue
        for subject in rule.subjects:
            if len(rule.subjects) == 1 or subject not in ("party", "device", "bundle", "case"):
                fields = honest_fields(rule, subject, OTHER)
                stream.say(NewEntry(rule.kind, name_of(subject, OTHER), fields))
    return stream


def rogues_journal() -> tuple[Stream, dict[str, Cell]]:
    """The stream of the rogue, and the cell behind each entry of it."""
    stream = Stream(ROGUE)
    behind: dict[str, Cell] = {}
    stream.found()
    for cell in (cell for cell in cells() if not cell.cut):
        replaces = cell.replaces
        if cell.disguise is Disguise.BUILDS and replaces:
            refused = next(
                ref for ref, said in behind.items() if said.rule and said.kind == cell.kind
            )
            replaces = dict.fromkeys(replaces, (refused,))
        item = stream.say(
            NewEntry(cell.kind, cell.subject, cell.fields), cell.officer,
            lamport=1 if cell.lamport_back else 0, replaces=replaces,
        )  # fmt: skip
        behind[item.ref] = cell
    return stream, behind


@pytest.fixture(params=[(kind, role) for kind in KINDS for role in InstallationRole], ids=str)
def receiver(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    """A centre, or the desk beside the rogue's."""
    kind, role = request.param
    centre = role is InstallationRole.CENTRE
    device, unit = (CENTRE, CENTRE_UNIT) if centre else (COLLEAGUE, UNIT)
    profile = Profile(role, unit, "x", "B", device)
    with some_databases(kind, tmp_path) as databases:
        store = SqlStore.create(databases.place(device), KEY, profile, HandClock())
        with store.closing():
            with store.write() as writing:
                writing.append_all(
                    WORKER, [trust(device, peer) for peer in UNITS if peer != device]
                )
            yield store


def trust(own: DeviceId, peer: DeviceId) -> NewEntry:
    return trust_in(own, peer, UNITS[peer], "centre" if peer == CENTRE else "desk")


def taken_in(store: SqlStore, entries: Sequence[Entry]) -> dict[str, str]:
    with store.write() as writing:
        done = writing.apply(entries)
    return {item.ref: item.error.code for item in done.refused}


def of_others(store: SqlStore, honest: Sequence[Entry]) -> dict[str, object]:
    """What stands of every subject that the honest station speaks of."""
    subjects = sorted({entry.subject for entry in honest})
    with store.read() as reader:
        return {
            name: (
                reader.current(name),
                [reader.unreplaced_values(name, field) for field in sorted(reader.current(name))],
            )
            for name in subjects
        }  # fmt: skip


def test_the_rogue_changes_nothing_and_loses_nothing_of_its_own(
    receiver: SqlStore, request: pytest.FixtureRequest
) -> None:
    honest, (rogue, behind) = others_journal(), rogues_journal()
    assert taken_in(receiver, honest.entries) == {}
    if request.node.callspec.params["receiver"][1] is InstallationRole.DESK:
        # with words on a case of the centre that it was not sent yet, a desk would wait
        known = NewEntry(kinds.CASE_REGISTERED, name_of("case", CENTRE), {"narrative": "x"})
        taken_in(receiver, [Stream(CENTRE).say(known)])
    before = of_others(receiver, honest.entries)
    refused = taken_in(receiver, rogue.entries)
    assert refused == {ref: cell.rule.value for ref, cell in behind.items() if cell.rule}
    assert of_others(receiver, honest.entries) == before
    # Taken in again, in another cut, nothing more happens; and made anew from the journal it is the same.
    for start in range(0, len(rogue.entries), 97):
        assert taken_in(receiver, rogue.entries[start : start + 97]) == {}
    digest = receiver.digest()
    assert receiver.rebuild(SILENT) == digest
    assert receiver.verify(SILENT) == ()
    for item in rogue.entries:
        cell = behind.get(item.ref)
        if cell is not None and cell.rule is None and cell.fields and cell.kind not in kinds.EVENTS:
            with receiver.read() as reader:
                assert reader.current(cell.subject), cell.name


def test_the_others_first_word_or_the_rogues_is_the_same(receiver: SqlStore) -> None:
    honest, (rogue, _) = others_journal(), rogues_journal()
    taken_in(receiver, rogue.entries)
    assert taken_in(receiver, honest.entries) == {}


@pytest.mark.parametrize("said_to_be", [OTHER, ROGUE])
def test_a_receipt_that_waits_speaks_for_its_own_device_alone(
    receiver: SqlStore, said_to_be: DeviceId
) -> None:
    """A receipt for more than there is stops what its giver would be sent; nobody else's."""
    own, rogue = receiver._profile.device, Stream(ROGUE)
    rogue.found()
    claim: dict[str, Json] = {
        "sender": own, "receiver": said_to_be, "received.heads": {own: 99_999},
        "received.tips": {own: "f" * 64},
    }  # fmt: skip
    rogue.say(NewEntry(kinds.BUNDLE_RECEIVED, name_of("bundle", own), claim))
    assert taken_in(receiver, rogue.entries[-1:]) == {}, "it waits for those before it"
    with receiver.read() as reader:
        assert reader.disputing() == ({ROGUE} if said_to_be == ROGUE else set())


def test_what_a_revoked_device_wrote_counts_up_to_the_cut(receiver: SqlStore) -> None:
    """An entry that waited for its predecessor meets the revocation when it is released."""
    rogue = Stream(ROGUE)
    rogue.found()
    last = rogue.entries[-1]
    fields = honest_fields(ENTRIES[kinds.CASE_REGISTERED], "case", ROGUE)
    for number in (1, 2):
        rogue.say(NewEntry(kinds.CASE_REGISTERED, name_of("case", ROGUE, number), fields))
    assert taken_in(receiver, rogue.entries[1:]) == {}, "all of it waits for the first entry"
    own = receiver._profile.device
    cut: dict[str, object] = {
        "cut.heads": {ROGUE: last.seq + 1},
        "cut.tips": {ROGUE: rogue.entries[-2].hash},
    }
    with receiver.write() as writing:
        for kind, said in (
            (kinds.PARTY_REVOKED, {"revoked_at": AT, "revoked_reason": "x"}),
            (kinds.PARTY_CUT, {**cut, "cut.revoked_at": AT}),
        ):
            writing.append(WORKER, NewEntry(kind, f"party/{own}/{ROGUE}", said))  # type: ignore[arg-type]
    with receiver.write() as writing:
        done = writing.apply(rogue.entries[:1])
    (refused,) = done.refused
    assert (refused.ref, refused.error.code, refused.outcome.value) == (
        rogue.entries[-1].ref, "authority.after_revocation", "kept",
    )  # fmt: skip
    with receiver.read() as reader:
        assert reader.current(name_of("case", ROGUE, 1))
        assert reader.current(name_of("case", ROGUE, 2)) == {}
    digest = receiver.digest()
    assert receiver.rebuild(SILENT) == digest
