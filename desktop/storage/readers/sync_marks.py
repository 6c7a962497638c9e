"""How far each case and order has got towards the centre, computed when asked.

A device that was given up delivers nothing any more, and the centre may never hold all of its entries. Of these only
what still stands is waited for: what a colleague said again or changed since arrives in the colleague's own entries.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.engine import Connection

from desktop.domain.installation.profile import device_of
from desktop.domain.records.fields import text
from desktop.storage.current_values.values import heads, shown_fields
from desktop.storage.database.statements import run, run_among
from desktop.storage.journal import peer_reader
from desktop.storage.journal.acknowledgements import acknowledged_by
from desktop.storage.tables import case_card, case_span, exported

_SPANS: Final = "SELECT case_id, stream, first, last FROM case_span"
_WAITING: Final = (
    "SELECT DISTINCT b.case_id FROM {blobs} WHERE NOT EXISTS "
    "(SELECT 1 FROM acknowledged_blob a WHERE a.receiver = ? AND a.sha256 = b.sha256)"
)
_EVERY_WAITING: Final = tuple(
    _WAITING.format(blobs=blobs) for blobs in ("evidence_row b", "paper_blob b")
)
_SOME_WAITING: Final = (
    f"{_EVERY_WAITING[0]} AND b.case_id AMONG ?",
    _WAITING.format(blobs="subject s JOIN paper_blob b ON b.paper_id = substr(s.subject, 7)")
    + " AND s.kind = 'paper' AND b.case_id = s.case_id AND s.case_id AMONG ?",
)
"""Papers are found by their ids, for no index has their cases; a subject is called ``paper/`` and the id."""
_UNHELD: Final = (
    "SELECT DISTINCT s.case_id FROM entry e "
    "JOIN value v ON v.subject = e.subject AND v.stream = e.stream AND v.seq = e.seq "
    "JOIN subject s ON s.subject = e.subject "
    "WHERE e.stream = ? AND e.seq > ? AND s.case_id <> ''"
)
_EVERY: Final = 2**53
"""No stream has as many entries."""


class SyncMarks:
    """Marks of one database: ``own_stream`` is the stream this device writes; a centre has nobody above it."""

    def __init__(self, connection: Connection, own_stream: str, *, is_centre: bool) -> None:
        self._connection = connection
        self._own = own_stream
        self.is_centre = is_centre
        self._unheld_of: dict[str, set[str]] = {}

    @cached_property
    def centre(self) -> str:
        """The trusted centre's device id; "" when none is trusted yet."""
        if self.is_centre:
            return ""
        own_words = heads(self._connection, [f"device/{self._own}"]).values()
        named = next((text(shown_fields(found), "centre") for found in own_words), "")
        best = ("", "")
        for device, fields in peer_reader.trust_of(self._connection, self._own).items():
            if text(fields, "role") == "centre" and not text(fields, "revoked_at"):
                if device == named:
                    return device
                if text(fields, "listed_by"):
                    continue  # acts for the centre; what is written goes to the root
                best = max(best, (text(fields, "trusted_at"), device))
        return best[1]

    def is_held(self, stream: str, seq: int) -> bool:
        """Whether the centre proved to hold this entry; what came from there is there."""
        return seq <= self.held(stream)

    def held(self, stream: str) -> int:
        """Last entry of a stream that the centre proved to hold; what came from there is there."""
        return _EVERY if self._is_of_centre(stream) else self._held.get(stream, 0)

    def left(self, stream: str) -> int:
        """Last entry of a stream that left its desk on a medium for the centre, or got there."""
        if self._is_of_centre(stream):
            return _EVERY
        return max(self._exported.get(stream, 0), self._held.get(stream, 0))

    def _is_of_centre(self, stream: str) -> bool:
        return self.is_centre or device_of(stream) == self.centre

    @cached_property
    def _exported(self) -> Mapping[str, int]:
        columns = exported.c
        found = select(columns.stream, columns.last).where(columns.receiver == self.centre)
        return {row.stream: row.last for row in self._connection.execute(found)}

    def case_states(self, only: Collection[str] | None = None) -> dict[str, int]:
        """Case → 0 only here, 1 partly, 2 wholly acknowledged; of every case, or of some."""
        spans = self._spans(only)
        if self.is_centre:
            return dict.fromkeys((span[0] for span in spans), 2)
        held = self._held
        waiting = self._cases_with_waiting_blobs(only)
        states: dict[str, int] = {}
        of_centre: dict[str, bool] = {}
        for case, stream, first, last in spans:
            if stream not in of_centre:
                of_centre[stream] = device_of(stream) == self.centre
            if of_centre[stream]:
                continue  # what came from there is there
            there = held.get(stream, 0)
            all_there = last <= there
            if not all_there and self._is_replaced(case, stream):
                if first > there:
                    continue  # nothing of it is or will be there
                all_there = True
            state = 2 if all_there and case not in waiting else 1 if first <= there else 0
            former = states.get(case, state)
            states[case] = state if state == former else 1 if max(state, former) else 0
        return states

    def _spans(self, only: Collection[str] | None) -> Sequence[Any]:
        if only is None:
            return run(self._connection, _SPANS).fetchall()
        return run_among(self._connection, f"{_SPANS} WHERE case_id AMONG ?", only)

    def cases_under_way(self) -> set[str]:
        """Cases whose state is not 2; only what is on its way is read, not every span of every case."""
        streams = [
            str(row.stream)
            for row in self._connection.execute(select(case_span.c.stream).distinct())
        ]
        telling = [name for name in streams if self.is_centre or device_of(name) != self.centre]
        here = select(case_span.c.case_id).where(case_span.c.stream.in_(telling))
        query = select(case_card.c.case_id).where(case_card.c.case_id.not_in(here))
        found = {row.case_id for row in self._connection.execute(query)}
        if self.is_centre:
            return found
        columns = case_span.c
        for stream in telling:
            more = (columns.stream == stream) & (columns.last > self._held.get(stream, 0))
            query = select(columns.case_id).where(more)
            behind = {row.case_id for row in self._connection.execute(query)}
            if behind and self._is_given_up(stream):
                behind &= self._unheld(stream)
            found |= behind
        return found | self._cases_with_waiting_blobs(None)

    def _is_replaced(self, case: str, stream: str) -> bool:
        """Whether what the centre does not hold of a stream is said of the case by others."""
        return self._is_given_up(stream) and case not in self._unheld(stream)

    def _is_given_up(self, stream: str) -> bool:
        device = device_of(stream)
        return device != self._own and device in self._given_up

    @cached_property
    def _given_up(self) -> frozenset[str]:
        """Devices that are trusted no longer, by this installation or by its centre."""
        known = peer_reader.peers(self._connection, self._own)
        revoked = {peer.card.device for peer in known if peer.revoked}
        return peer_reader.revoked_elsewhere(self._connection, self._own) | revoked

    def _unheld(self, stream: str) -> set[str]:
        """Cases of which a word of this stream stands that the centre did not prove to hold."""
        if stream not in self._unheld_of:
            rows = run(self._connection, _UNHELD, (stream, self.held(stream)))
            self._unheld_of[stream] = {row[0] for row in rows}
        return self._unheld_of[stream]

    @cached_property
    def _held(self) -> Mapping[str, int]:
        """Stream → last entry the centre proved to hold; a colleague's too, as its receipts reach the whole station."""
        return acknowledged_by(self._connection, self.centre, self._own)

    def _cases_with_waiting_blobs(self, only: Collection[str] | None) -> set[str]:
        """Of every case, or of some."""
        connection, centre = self._connection, (self.centre,)
        if only is None:
            return {row[0] for one in _EVERY_WAITING for row in run(connection, one, centre)}
        found = (run_among(connection, one, only, centre) for one in _SOME_WAITING)
        return {row[0] for rows in found for row in rows}
