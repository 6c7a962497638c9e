"""What the database knows about who may say what, for :func:`desktop.journal.judgement.judge`.

``objection`` holds the entries that take no effect, ``first_author`` the device whose entry about a subject with an
unbound id arrived first. Both are kept for good: neither can be made anew from the journal, which does not tell in what
order entries arrived.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.exchange.peers import Head
from desktop.domain.ids import DeviceId, is_bound, made_by
from desktop.domain.installation.officer import Officer, officer_from_fields
from desktop.domain.installation.profile import (
    InstallationRole,
    Profile,
    device_of,
    renewal_of,
    seat_of,
)
from desktop.domain.records.fields import text
from desktop.journal.authorship import Writer
from desktop.journal.entry import Entry
from desktop.journal.judgement import claims
from desktop.journal.kinds import (
    CASE_DECLINED,
    CASE_TAKEN_ON,
    OFFICER_DISMISSED,
    OFFICER_ENROLLED,
)
from desktop.journal.objection import EntryOutcome, Objection
from desktop.storage.current_values.subjects import key_of
from desktop.storage.current_values.values import heads, shown_fields
from desktop.storage.database.statements import IN_EFFECT, add, run, run_among
from desktop.storage.journal.peer_reader import peers, seats

_FIRST: Final = "SELECT subject, device FROM first_author WHERE subject AMONG ?"
_CLAIM: Final = (
    "INSERT INTO first_author (subject, device) VALUES (?, ?) ON CONFLICT (subject) DO NOTHING"
)
_CASES: Final = "SELECT subject, case_id FROM subject WHERE subject AMONG ?"
_OBJECTION: Final = "SELECT outcome FROM objection WHERE stream = ? AND seq = ?"
_ANY: Final = "SELECT EXISTS (SELECT 1 FROM objection)"
_OFFICERS: Final = "SELECT DISTINCT subject FROM value WHERE subject >= ? AND subject < ?"
_STREAMS: Final = f"SELECT DISTINCT stream FROM entry e WHERE subject = ? AND {IN_EFFECT}"  # noqa: S608 - own names
_ANSWERED: Final = (
    f"SELECT kind FROM entry e WHERE subject = ? AND stream = ? AND kind IN (?, ?) AND {IN_EFFECT} "  # noqa: S608
    "ORDER BY seq DESC LIMIT 1"
)
_KNOWN: Final = "SELECT EXISTS (SELECT 1 FROM entry WHERE subject = ? AND stream <> ?)"
_LAST: Final = (
    f"SELECT lamport FROM entry e WHERE stream = ? AND {IN_EFFECT} "  # noqa: S608 - own names
    "ORDER BY seq DESC LIMIT 1"
)
_ANSWERS: Final = (CASE_TAKEN_ON, CASE_DECLINED)
_COLUMNS: Final = ("stream", "seq", "rule", "outcome", "facts")


class Admission:
    """Implements :class:`desktop.journal.authorship.AuthorshipFacts` for one transaction. What it judged is written by
    :meth:`write_down`, once a batch."""

    def __init__(
        self, connection: Connection, profile: Profile, *, from_the_first: bool = False
    ) -> None:
        """``from_the_first``: every stream is gone through from its first entry, to judge anew and write nothing."""
        self._connection = connection
        self._profile = profile
        self._from_the_first = from_the_first
        self._writers: dict[DeviceId, Writer] | None = None
        self._cuts: dict[DeviceId, Mapping[str, Head]] = {}
        self._units: dict[str, tuple[DeviceId, ...]] = {}
        self._officers: dict[DeviceId, dict[str, Officer]] = {}
        self._lamports: dict[str, int] = {}
        self._first: dict[str, DeviceId | None] = {}
        self._case: dict[str, str] = {}
        self._offered: dict[str, set[str]] = {}
        self._took_on: dict[tuple[str, str], bool] = {}
        self._objected: dict[tuple[str, int], EntryOutcome] = {}
        self._claims: list[tuple[str, DeviceId]] = []
        self._objections: list[tuple[str, int, str, str, str]] = []
        self._any = bool(run(connection, _ANY).scalar())

    def read_ahead(self, entries: Iterable[Entry]) -> None:
        """Ask the database once for what a batch of entries will be judged by, and forget that of the batch before."""
        self._first.clear()
        self._case.clear()
        subjects = {entry.subject for entry in entries}
        subjects |= {f"case/{case}" for entry in entries if (case := text(entry.fields, "case"))}
        unbound = {name for name in subjects if not is_bound(key_of(name))}
        found = {row[0]: DeviceId(row[1]) for row in run_among(self._connection, _FIRST, unbound)}
        self._first |= {name: found.get(name) for name in unbound}
        placed = {row[0]: row[1] for row in run_among(self._connection, _CASES, subjects)}
        self._case |= {name: placed.get(name, "") for name in subjects}

    def took(self, entry: Entry) -> None:
        """``entry`` was accepted: what it says of officers, cases and owners counts for those after it."""
        self._lamports[entry.stream] = entry.lamport
        case = text(entry.fields, "case")
        if case:
            self._case[entry.subject] = case
        if entry.subject.startswith("case/"):
            self._case_took(entry)
        if entry.kind in (OFFICER_ENROLLED, OFFICER_DISMISSED):
            number = entry.subject.rpartition("/")[2]
            known = self.officers(device_of(entry.stream))
            known[number] = officer_from_fields(number, entry.fields)
        unbound = not is_bound(key_of(entry.subject)) and claims(entry, self)
        if unbound and self.first_author(entry.subject) is None:
            self._claim(entry.subject, device_of(entry.stream))

    def _case_took(self, entry: Entry) -> None:
        case = key_of(entry.subject)
        if entry.kind in _ANSWERS:
            self._took_on[entry.stream, case] = entry.kind == CASE_TAKEN_ON
        unit = self._unit_offered(entry.stream)
        if unit and self.is_of_centre(case):
            self._offered[case] = {*self.offered_to(case), unit}

    def _unit_offered(self, stream: str) -> str:
        """The unit that a centre speaks to in ``stream``, of its own cases to offer them; "" for any other."""
        unit = renewal_of(stream)[0].partition(".")[2]
        return unit if unit and self.writer(device_of(stream)).is_centre else ""

    def _claim(self, subject: str, device: DeviceId) -> None:
        self._first[subject] = device
        if not self._from_the_first:
            self._claims.append((subject, device))

    def objected(self, entry: Entry, objection: Objection) -> None:
        """``entry`` stays in its stream and takes no effect."""
        self._lamports[entry.stream] = max(entry.lamport, self.lamport_before(entry.stream))
        self._objected[entry.stream, entry.seq] = objection.outcome
        self._any = True
        if self._from_the_first:
            return
        facts = json.dumps(dict(objection.facts), ensure_ascii=False, sort_keys=True)
        row = (entry.stream, entry.seq, objection.rule.value, objection.outcome.value, facts)
        self._objections.append(row)

    def write_down(self) -> None:
        """Write what was judged since the last time, before anybody reads what takes effect."""
        claimed, self._claims = self._claims, []
        objections, self._objections = self._objections, []
        if claimed:
            run(self._connection, _CLAIM, claimed)
        add(self._connection, "objection", _COLUMNS, objections)

    # What a judgement asks for.

    def writer(self, device: DeviceId) -> Writer:
        return self._known_writers().get(device) or Writer(device, "", is_centre=False)

    def devices_of(self, unit: str) -> Collection[DeviceId]:
        self._known_writers()
        return self._units.get(unit, ()) if unit else ()

    def centres(self) -> Collection[DeviceId]:
        return [item.device for item in self._known_writers().values() if item.is_centre]

    def first_author(self, subject: str) -> DeviceId | None:
        if subject not in self._first:
            rows = run_among(self._connection, _FIRST, (subject,))
            self._first[subject] = next((DeviceId(row[1]) for row in rows), None)
        return self._first[subject]

    def case_of(self, subject: str) -> str:
        if subject not in self._case:
            rows = run_among(self._connection, _CASES, (subject,))
            self._case[subject] = next((str(row[1]) for row in rows), "")
        return self._case[subject]

    def offered_to(self, case: str) -> Collection[str]:
        if case not in self._offered:
            streams = run(self._connection, _STREAMS, (f"case/{case}",)).scalars().all()
            self._offered[case] = {*map(self._unit_offered, streams)} - {""}
        return self._offered[case]

    def is_of_centre(self, case: str) -> bool:
        """Whether a centre made a case, by its id."""
        return is_bound(case) and any(made_by(case, device) for device in self.centres())

    def took_on(self, stream: str, case: str) -> bool:
        place = stream, case
        if place not in self._took_on:
            asked = f"case/{case}", stream, *_ANSWERS
            found = (
                None if self._from_the_first else run(self._connection, _ANSWERED, asked).scalar()
            )
            self._took_on[place] = found == CASE_TAKEN_ON
        return self._took_on[place]

    def waits_for_case(self, entry: Entry) -> bool:
        """Whether a station's PC hears a colleague speak of a case of the centre before anybody else told it of the
        case: what the colleague may say of it shows then."""
        about, _, key = entry.subject.partition("/")
        own, writer = self._profile, self.writer(device_of(entry.stream))
        if own.role is InstallationRole.CENTRE or about not in ("case", "look"):
            return False
        if writer.is_centre or writer.unit != own.unit_code or not self.is_of_centre(key):
            return False
        return not run(self._connection, _KNOWN, (f"case/{key}", own.device)).scalar()

    def officers(self, device: DeviceId) -> dict[str, Officer]:
        if device not in self._officers and self._from_the_first:
            self._officers[device] = {}
        if device not in self._officers:
            beginning = f"officer/{device}/"
            names = run(self._connection, _OFFICERS, (beginning, f"officer/{device}0")).scalars()
            fields = heads(self._connection, names.all())
            self._officers[device] = {
                name.removeprefix(beginning): officer_from_fields(
                    name.removeprefix(beginning), shown_fields(found)
                )
                for name, found in fields.items()
            }
        return self._officers[device]

    def cut(self, stream: str) -> int | None:
        self._known_writers()
        heads = self._cuts.get(seat_of(stream) or device_of(stream))
        if heads is None:
            return None
        head = heads.get(stream)
        return head.seq if head is not None else None

    def lamport_before(self, stream: str) -> int:
        if stream not in self._lamports:
            found = (
                None if self._from_the_first else run(self._connection, _LAST, (stream,)).scalar()
            )
            self._lamports[stream] = int(found or 0)
        return self._lamports[stream]

    def objection_to(self, reference: str) -> EntryOutcome | None:
        if not self._any:
            return None
        place = _place(reference)
        if place not in self._objected:
            found = run(self._connection, _OBJECTION, place).scalar()
            if found is None:
                return None
            self._objected[place] = EntryOutcome(found)
        return self._objected[place]

    def _known_writers(self) -> Mapping[DeviceId, Writer]:
        if self._writers is None:
            own = self._profile
            centre = InstallationRole.CENTRE
            known = peers(self._connection, own.device)
            cut = (*known, *seats(self._connection, own.device))
            self._cuts = {item.card.device: item.cut for item in cut if item.cut is not None}
            found = [Writer(own.device, own.unit_code, is_centre=own.role is centre)]
            found += [
                Writer(item.card.device, item.card.unit_code, item.card.role == centre.value)
                for item in known
            ]
            self._writers = {item.device: item for item in found}
            for item in found:
                self._units[item.unit] = (*self._units.get(item.unit, ()), item.device)
        return self._writers


def _place(reference: str) -> tuple[str, int]:
    stream, _, digits = reference.rpartition(":")
    return stream, int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 16 else 0
