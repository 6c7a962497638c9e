"""Reading what was exchanged, with whom, and what still waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Text,
    and_,
    distinct,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.engine import Connection

from desktop.domain.cases.left_record import LeftRecord
from desktop.domain.exchange.delivery import Delivery
from desktop.domain.exchange.peers import Peer
from desktop.domain.exchange.volumes import BlobRef, BundleRow, Pending
from desktop.domain.ids import BundleId, CaseId, DeviceId, EvidenceId
from desktop.domain.installation.profile import device_of
from desktop.domain.records.fields import Fields, mapping, text
from desktop.domain.time.clock import from_wire
from desktop.journal.entry import read_line
from desktop.journal.kinds import BUNDLE_RECEIVED, QUIET
from desktop.journal.schema import FIRST, SEATS_MARK, schema_mark
from desktop.storage.current_values.values import of_field, parse_fields
from desktop.storage.database.statements import run
from desktop.storage.journal import peer_reader
from desktop.storage.journal.acknowledgements import acknowledged_by, contents_held_by, is_held_by
from desktop.storage.journal.journal_table import hash_at, stream_heads
from desktop.storage.journal.renewed_streams import Renewals
from desktop.storage.readers.bundle_reader import Held, bundles, how_far, last_finished
from desktop.storage.readers.delivery_reader import Proved, SentBundle, delivery_of, seqs_of_case
from desktop.storage.readers.one_view import OneView
from desktop.storage.tables import (
    acknowledged_blob,
    bundle_row,
    case_card,
    case_span,
    entry,
    evidence_row,
    exported,
    order_row,
    paper_blob,
    value,
)

_ROWS: Final = "SELECT fields FROM bundle_row"
_HELD: Final = "SELECT line FROM held ORDER BY stream, seq"


def disputing(connection: Connection, own: str) -> frozenset[DeviceId]:
    """Devices whose receipts for bundles of device ``own`` name such an entry. In a stream that was begun anew it is
    known that some are lost."""
    renewals, found = Renewals(connection), set()
    for fields in _receipts(connection):
        if text(fields, "sender") != own:
            continue
        tips = mapping(fields, "received.tips")
        heads = mapping(fields, "received.heads").items()
        if any(
            isinstance(last, int)
            and stream in tips
            and device_of(stream) == own
            and renewals.stands(stream)
            and hash_at(connection, stream, last) != tips[stream]
            for stream, last in heads
        ):
            found.add(DeviceId(text(fields, "receiver")))
    return frozenset(found)


def _receipts(connection: Connection) -> Iterator[Fields]:
    """Also those that wait for an entry before them: it may be one that was lost here. Nobody has judged these yet, so
    each counts for the device alone that wrote it."""
    for (fields,) in run(connection, _ROWS):
        yield parse_fields(fields)
    for (line,) in run(connection, _HELD):
        entry = read_line(line)
        own = device_of(entry.stream) == text(entry.fields, "receiver")
        if own and entry.kind == BUNDLE_RECEIVED:
            yield entry.fields


_CLOSED: Final = frozenset({"acknowledged", "elsewhere"})
_LEFT: Final = (
    "SELECT e.seq, e.kind, e.subject, e.officer, e.wall, v.fields FROM entry e "
    "JOIN value v ON v.subject = e.subject AND v.stream = e.stream AND v.seq = e.seq "
    "JOIN subject s ON s.subject = e.subject "
    "WHERE e.stream = ? AND e.seq > ? AND s.case_id <> '' ORDER BY e.seq"
)


_RETURNED: Final = '%"declined":{%"unit":%'


class ExchangeReader(OneView):
    """Queries about bundles and peers."""

    def peers(self) -> tuple[Peer, ...]:
        """Every installation this one ever trusted."""
        return peer_reader.peers(self._connection, self._own)

    def seats(self) -> tuple[Peer, ...]:
        """The other PCs of this centre."""
        return peer_reader.seats(self._connection, self._own)

    def revoked_elsewhere(self) -> frozenset[DeviceId]:
        """Devices that a trusted centre revoked, known here or not."""
        return peer_reader.revoked_elsewhere(self._connection, self._own)

    def acknowledged(self, receiver: DeviceId) -> Mapping[str, int]:
        """Stream → last sequence ``receiver`` proved to hold."""
        return acknowledged_by(self._connection, receiver, self._own)

    def exported(self, receiver: DeviceId) -> Mapping[str, int]:
        """Stream → last sequence that left on a medium for ``receiver``."""
        rows = self._connection.execute(
            select(exported.c.stream, exported.c.last).where(exported.c.receiver == receiver)
        )
        return {row.stream: row.last for row in rows}

    def disputing(self) -> frozenset[DeviceId]:
        """Devices whose receipts name an entry of ours that we lack or have otherwise; in a stream that was begun anew
        it is known that some are lost."""
        return disputing(self._connection, self._own)

    def acknowledged_contents(self, receiver: DeviceId) -> frozenset[str]:
        """Every content ``receiver`` proved to hold, parts of split blobs among them."""
        return contents_held_by(self._connection, receiver)

    def reads_schema(self, receiver: DeviceId, schema: int) -> bool:
        """Whether a receipt of ``receiver`` says that its program reads entries of ``schema``, or it is the first."""
        return schema <= FIRST or is_held_by(self._connection, receiver, schema_mark(schema))

    def reads_seats(self, receiver: DeviceId) -> bool:
        """Whether a receipt of ``receiver`` says that it takes what a PC of its centre signs."""
        return is_held_by(self._connection, receiver, SEATS_MARK)

    def unacknowledged_blobs(self, receiver: DeviceId) -> tuple[BlobRef, ...]:
        """Blobs of this device ``receiver`` has not proved to hold, oldest evidence first, then signed papers; each
        once. What a colleague's desk attached is carried by that desk."""
        have = select(acknowledged_blob.c.sha256).where(acknowledged_blob.c.receiver == receiver)
        evidence = self._own_value("evidence/" + evidence_row.c.evidence_id, "sha256")
        papers = self._own_value("paper/" + paper_blob.c.paper_id, "signed")
        return self._blobs(
            and_(evidence_row.c.sha256.not_in(have), evidence),
            and_(paper_blob.c.sha256.not_in(have), papers),
        )

    def enclosed_blobs(self, receiver: DeviceId, unit: str) -> tuple[BlobRef, ...]:
        """Evidence that this centre sends a station along with a task, which ``receiver`` has not proved to hold;
        nothing of a case that was offered to another station since, or that the station returned."""
        have = select(acknowledged_blob.c.sha256).where(acknowledged_blob.c.receiver == receiver)
        own = "evidence/" + evidence_row.c.evidence_id
        written = exists().where(
            value.c.subject == own,
            self._tells("sha256"),
            value.c.stream == f"{self._own}.{unit}",
        )
        theirs = exists().where(
            case_card.c.case_id == evidence_row.c.case_id,
            case_card.c.unit_code == unit,
            case_card.c.charge.not_like(_RETURNED),
        )
        return self._blobs(and_(evidence_row.c.sha256.not_in(have), written, theirs), false())

    def _own_value(self, subject: ColumnElement[str], field: str) -> ColumnElement[bool]:
        """That this device wrote the field of the subject."""
        return exists().where(
            value.c.subject == subject,
            self._tells(field),
            or_(value.c.stream == self._own, value.c.stream.startswith(self._own + ".")),
        )

    def _tells(self, field: str) -> ColumnElement[bool]:
        """That a row of values has the field."""
        content = literal_column(of_field(self._connection, "value.fields", field), Text)
        return content.is_not(None)

    def own_blobs(self) -> tuple[BlobRef, ...]:
        """Every blob this device attached or signed, each once."""
        return self._blobs(
            and_(
                evidence_row.c.sha256 != "",
                self._own_value("evidence/" + evidence_row.c.evidence_id, "sha256"),
            ),
            and_(
                paper_blob.c.sha256 != "",
                self._own_value("paper/" + paper_blob.c.paper_id, "signed"),
            ),
        )

    def delivery(self, receiver: DeviceId) -> Delivery:
        """How far everything of this device has got to ``receiver``."""
        contents, acked = self.acknowledged_contents(receiver), self.acknowledged(receiver)
        query = select(bundle_row.c.fields).order_by(bundle_row.c.at, bundle_row.c.bundle_id)
        rows = [parse_fields(row.fields) for row in self._connection.execute(query)]
        held = Held(contents, acked, last_finished(rows).get(receiver, ""))
        sent = (
            SentBundle(fields, how_far(fields, held) in _CLOSED)
            for fields in rows
            if text(fields, "sender") == self._own and text(fields, "receiver") == receiver
        )
        proved = Proved(
            acked.get(self._own, 0),
            contents,
            self.exported(receiver).get(self._own, 0),
            tuple(sent),
        )
        head = stream_heads(self._connection).get(self._own, 0)
        return delivery_of(proved, self._own, (blob.sha256 for blob in self.own_blobs()), head)

    def own_entries(self, case: CaseId) -> tuple[int, ...]:
        """The entries this device wrote about a case."""
        return seqs_of_case(self._connection, case, self._own)

    def left_by(self, stream: str, after: int) -> tuple[LeftRecord, ...]:
        """What still stands of a stream's entries about cases behind ``after``, in their order."""
        rows = run(self._connection, _LEFT, (stream, after))
        return tuple(
            LeftRecord(seq, kind, subject, officer, wall, parse_fields(fields))
            for seq, kind, subject, officer, wall, fields in rows
        )

    def known_blobs(self) -> tuple[BlobRef, ...]:
        """Every blob any evidence item or signed paper names."""
        return self._blobs(evidence_row.c.sha256 != "", paper_blob.c.sha256 != "")

    def _blobs(
        self, of_evidence: ColumnElement[bool], of_papers: ColumnElement[bool]
    ) -> tuple[BlobRef, ...]:
        evidence = (
            select(evidence_row.c.sha256, evidence_row.c.size, evidence_row.c.sm3)
            .where(of_evidence)
            .order_by(evidence_row.c.added_at, evidence_row.c.evidence_id)
        )
        papers = (
            select(paper_blob.c.sha256, paper_blob.c.size, paper_blob.c.sm3)
            .where(of_papers)
            .order_by(paper_blob.c.signed_at, paper_blob.c.paper_id, paper_blob.c.part)
        )
        found: dict[str, BlobRef] = {}
        for query in (evidence, papers):
            for row in self._connection.execute(query):
                found.setdefault(row.sha256, BlobRef(row.sha256, row.size, row.sm3))
        return tuple(found.values())

    def undigested(self) -> tuple[tuple[EvidenceId, str], ...]:
        """Items without SM3 and their SHA-256."""
        rows = self._connection.execute(
            select(evidence_row.c.evidence_id, evidence_row.c.sha256)
            .where(evidence_row.c.sm3 == "", evidence_row.c.sha256 != "")
            .order_by(evidence_row.c.added_at, evidence_row.c.evidence_id)
        )
        return tuple((EvidenceId(row.evidence_id), row.sha256) for row in rows)

    def is_awaited(self, sha256: str) -> bool:
        """Whether every item and paper that names the blob was attached or signed on another device."""
        named = (
            ("sha256", select("evidence/" + evidence_row.c.evidence_id), evidence_row),
            ("signed", select("paper/" + paper_blob.c.paper_id), paper_blob),
        )
        for field, subjects, table in named:
            own = (
                select(value.c.subject)
                .where(
                    value.c.subject.in_(subjects.where(table.c.sha256 == sha256)),
                    self._tells(field),
                    or_(value.c.stream == self._own, value.c.stream.startswith(self._own + ".")),
                )
                .limit(1)
            )
            if self._connection.execute(own).first() is not None:
                return False
        return True

    def pending(self, receiver: DeviceId) -> Pending:
        """What ``receiver`` has not acknowledged yet."""
        last = self.acknowledged(receiver).get(self._own, 0)
        heads = stream_heads(self._connection)
        blobs = self.unacknowledged_blobs(receiver)
        cases = select(func.count(distinct(case_span.c.case_id))).where(
            case_span.c.stream == self._own, case_span.c.last > last
        )
        orders = select(func.count()).where(order_row.c.stream == self._own, order_row.c.seq > last)
        case_count = self._connection.execute(cases).scalar_one()
        loud = select(func.count()).where(
            entry.c.stream == self._own, entry.c.seq > last, entry.c.kind.not_in(QUIET)
        )
        entries = self._connection.execute(loud).scalar_one()
        return Pending(
            cases=case_count,
            orders=self._connection.execute(orders).scalar_one(),
            entries=entries,
            blobs=len(blobs),
            size=sum(blob.size for blob in blobs),
            last_receipt_at=self._last_receipt(receiver),
            traces=not case_count and not blobs and not entries,
            quiet=max(heads.get(self._own, 0) - last, 0) - entries,
        )

    def _last_receipt(self, receiver: DeviceId) -> datetime | None:
        rows = self._connection.execute(select(bundle_row.c.fields))
        times = [
            text(fields, "received.at")
            for fields in (parse_fields(row.fields) for row in rows)
            if text(fields, "receiver") == receiver and text(fields, "received.at")
        ]
        return from_wire(max(times)) if times else None

    def bundles(self) -> tuple[BundleRow, ...]:
        """Exchange history, newest first."""
        return bundles(self._connection, self._own, self.peers())

    def sent_by(self, device: DeviceId) -> Mapping[BundleId, Fields]:
        """What is known of every bundle that ``device`` made for this one."""
        rows = self._connection.execute(select(bundle_row.c.bundle_id, bundle_row.c.fields))
        read = ((BundleId(row.bundle_id), parse_fields(row.fields)) for row in rows)
        return {
            bundle: fields
            for bundle, fields in read
            if (text(fields, "sender"), text(fields, "receiver")) == (device, self._own)
        }

    def last_wall(self) -> str:
        """The greatest wall time this device ever wrote."""
        own = [name for name in stream_heads(self._connection) if device_of(name) == self._own]
        greatest = (  # one question a stream: the index answers it without reading the journal
            self._connection.execute(
                select(func.max(entry.c.wall)).where(entry.c.stream == name)
            ).scalar_one()
            for name in own
        )
        return max(greatest, default="")
