"""What came to this device since one of its officers was last here: its own entries, and those that bundles brought.

Entries of other devices have no place in this device's time but the receipt it gave for them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from sqlalchemy.engine import Connection

from desktop.domain.case_file.shift_briefing import BriefedCase, ReceivedEntry, Shift
from desktop.domain.cases.case_holder import holder_from_text
from desktop.domain.ids import CaseId
from desktop.domain.installation.profile import device_of
from desktop.domain.records.fields import mapping, text
from desktop.domain.time.clock import from_wire
from desktop.journal.authority import officer_subject
from desktop.journal.kinds import BUNDLE_RECEIVED, EVIDENCE_DIGESTED, OFFICER_SIGNED_IN, QUIET
from desktop.storage.database.statements import IN_EFFECT, marks, run, run_among
from desktop.storage.journal import journal_table
from desktop.storage.readers.one_view import OneView

_MOST: Final = 5000
"""Entries of one stream that are looked at, the newest: after a month away nobody reads more."""
_SIGN_INS: Final = 20
"""Sign-ins among which the beginning of a shift is looked for."""
_SIGNED_IN: Final = (
    "SELECT seq, wall, lamport FROM entry WHERE subject = ? AND stream = ? AND kind = ? "
    "ORDER BY seq DESC LIMIT ?"
)
_UNATTENDED: Final = (*sorted(QUIET - {OFFICER_SIGNED_IN}), EVIDENCE_DIGESTED)
"""What the program goes on doing in the name of who locked it and went: the shared folder, the safety copy."""
_LAST_ACTION: Final = (
    "SELECT seq, wall FROM entry WHERE stream = ? AND seq >= ? AND seq < ? AND officer = ? "  # noqa: S608 - question marks
    f"AND kind NOT IN ({marks(_UNATTENDED)}) ORDER BY seq DESC LIMIT 1"
)
_OTHERS: Final = (
    "SELECT EXISTS (SELECT 1 FROM entry WHERE stream = ? AND seq > ? AND seq < ? AND officer <> ?)"
)
_PLACE: Final = "SELECT lamport FROM entry WHERE stream = ? AND seq = ?"
_BEFORE: Final = "SELECT seq FROM entry WHERE stream = ? AND lamport <= ? ORDER BY seq DESC LIMIT 1"
_HEAD: Final = "SELECT coalesce(max(seq), 0) FROM entry WHERE stream = ?"
_RECEIPTS: Final = (
    "SELECT fields, (SELECT max(lamport) FROM entry WHERE subject = 'bundle/' || bundle_id AND kind = ?) "
    "FROM bundle_row"
)
_TOLD: Final = (
    "SELECT e.kind, e.subject, e.officer, coalesce(c.lead_id, s.case_id, '') FROM entry e "  # noqa: S608 - own names
    "LEFT JOIN subject s ON s.subject = e.subject LEFT JOIN case_card c ON c.case_id = s.case_id "
    f"WHERE e.stream = ? AND e.seq > ? AND e.seq <= ? AND {IN_EFFECT} ORDER BY e.seq DESC LIMIT ?"
)

_CASE: Final = (
    "l.case_id, l.number, l.victim, l.visit, l.loss_fen, l.accepted_at, l.conflicts, l.charge"
)
_BRIEFED: Final = (
    f"SELECT c.case_id, {_CASE} FROM case_card c JOIN case_card l ON l.case_id = c.lead_id "  # noqa: S608 - own names
    "WHERE c.case_id AMONG ?"
)
_HELD: Final = (
    f"SELECT {_CASE} FROM case_card l WHERE l.charge > '' AND l.lead_id = l.case_id "  # noqa: S608 - own names
    "ORDER BY l.accepted_at DESC, l.case_id DESC"
)


class ShiftBriefingReader(OneView):
    """Queries about what came since somebody was last here."""

    def last_shift(self, officer: str, away: timedelta, *, locked: bool = False) -> Shift | None:
        """When ``officer`` came and had left before; None where nobody of this number signed in here.

        A sign-in goes on with the shift before, as after a crash, unless he was ``away`` so long or another did
        something meanwhile. Who had ``locked`` the program comes now, and left with the last thing he did since then.
        """
        stream = self._profile.own_stream
        asked = (officer_subject(self._own, officer), stream, OFFICER_SIGNED_IN, _SIGN_INS)
        places = [
            (seq if stream == self._own else self._before(self._own, lamport), from_wire(wall))
            for seq, wall, lamport in run(self._connection, _SIGNED_IN, asked)
        ]
        if locked and places:
            now = run(self._connection, _HEAD, (self._own,)).scalar_one() + 1
            return _shift(self._connection, self._own, officer, (now, None), places[0])
        shift = Shift(*places[0]) if places else None
        for came, before in pairwise(places):
            shift = _shift(self._connection, self._own, officer, came, before)
            if _interrupted(self._connection, self._own, officer, shift, away):
                return shift
            shift = Shift(*before)
        return shift

    def briefed_cases(self, cases: Collection[str]) -> Mapping[CaseId, BriefedCase]:
        """Each of some cases → the one that leads it."""
        rows = run_among(self._connection, _BRIEFED, sorted(set(cases)))
        return {CaseId(row[0]): _briefed(row[1:]) for row in rows}

    def held_cases(self) -> tuple[BriefedCase, ...]:
        """The cases of which somebody says which desk holds them."""
        return tuple(_briefed(row) for row in run(self._connection, _HELD))

    def received_after(self, seq: int) -> tuple[ReceivedEntry, ...]:
        """Entries of this device after place ``seq``, and of others that came after it; the newest of each device in
        front."""
        head = run(self._connection, _HEAD, (self._own,)).scalar_one()
        spans: list[tuple[str, int, int]] = [(self._own, seq, head)]
        place = run(self._connection, _PLACE, (self._own, seq)).scalar()
        if place is not None:
            spans += _arrived(self._connection, self._own, place)
            spans += self._beside(place)
        return tuple(
            ReceivedEntry(kind, subject, officer, case, device_of(stream) == self._own)
            for stream, first, last in spans
            for kind, subject, officer, case in run(
                self._connection, _TOLD, (stream, first, last, _MOST)
            )
        )

    def _beside(self, place: int) -> Iterator[tuple[str, int, int]]:
        """(stream, last written before, last written now) of what a centre writes for each station, and of its PCs."""
        for stream, head in journal_table.stream_heads(self._connection).items():
            if stream != self._own and device_of(stream) == self._own:
                before = self._before(stream, place)
                if before < head:
                    yield stream, before, head

    def _before(self, stream: str, place: int) -> int:
        """The last entry of a stream that was there when the device had come to ``place``."""
        return run(self._connection, _BEFORE, (stream, place)).scalar() or 0


def _briefed(row: Sequence[Any]) -> BriefedCase:
    case, number, victim, visit, loss, accepted_at, conflicts, holder = row
    return BriefedCase(
        CaseId(case), number, victim, visit, loss, from_wire(accepted_at), conflicts,
        holder_from_text(holder) if holder else None,
    )  # fmt: skip


def _shift(
    connection: Connection,
    own: str,
    officer: str,
    came: tuple[int, datetime | None],
    before: tuple[int, datetime],
) -> Shift:
    """Of who came at ``came`` and had signed in before at ``before``, at the latest the last thing they did."""
    given = (own, before[0], came[0], officer, *_UNATTENDED)
    left = run(connection, _LAST_ACTION, given).first()
    return Shift(*came, left[0], from_wire(left[1])) if left is not None else Shift(*came, *before)


def _interrupted(
    connection: Connection, own: str, officer: str, shift: Shift, away: timedelta
) -> bool:
    if shift.came_at and shift.left_at and shift.came_at - shift.left_at >= away:
        return True
    return bool(run(connection, _OTHERS, (own, shift.left, shift.came, officer)).scalar())


def _arrived(connection: Connection, own: str, place: int) -> Iterator[tuple[str, int, int]]:
    """(stream, last held before, last held now) of what was received after our entry at ``place``, by our own
    receipts. Told by their place in what we wrote, never by the clock, which may have been set back meanwhile."""
    before: dict[str, int] = {}
    now: dict[str, int] = {}
    for spelled, at in run(connection, _RECEIPTS, (BUNDLE_RECEIVED,)):
        fields = json.loads(spelled)
        if text(fields, "receiver") != own or at is None:
            continue
        heads = now if at > place else before
        for stream, last in mapping(fields, "received.heads").items():
            if isinstance(last, int):
                heads[stream] = max(heads.get(stream, 0), last)
    for stream, last in now.items():
        if last > before.get(stream, 0):
            yield stream, before.get(stream, 0), last
