"""The tables. Private to storage: no row leaves it.

``entry`` is the truth and can only grow. Everything in ``PROJECTIONS`` is computed from it and may be dropped and
made anew at any time. ``objection`` and ``first_author`` say which entries take no effect and who owns ids of before;
they follow the order in which entries arrived and stay. ``origin`` keeps the signatures under which entries came.
``draft``, ``thumbnail``, ``derived``, ``column_choice``,
``alarm`` and ``held`` are working material of this device, and so is what is ``RECKONED``.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, LargeBinary, PrimaryKeyConstraint, Table, text

from desktop.storage.columns import INTEGER as _INTEGER
from desktop.storage.columns import METADATA
from desktop.storage.columns import TEXT as _TEXT
from desktop.storage.columns import integer_column as _integer
from desktop.storage.columns import text_column as _text
from desktop.storage.reckoned_tables import RECKONED

SCHEMA_VERSION: Final = 1
"""A greater one in a database means that a newer program wrote it."""

metadata: Final = METADATA

entry = Table(
    "entry",
    metadata,
    _text("stream"),
    _integer("seq"),
    _integer("lamport"),
    _text("wall"),
    _text("officer"),
    _text("kind"),
    _text("subject"),
    _text("hash"),
    Column("line", LargeBinary, nullable=False),
    PrimaryKeyConstraint("stream", "seq"),
    sqlite_with_rowid=False,
)
Index("entry_subject", entry.c.subject)
Index("entry_lamport", entry.c.lamport)
Index("entry_wall", entry.c.stream, entry.c.wall)
Index("entry_kind", entry.c.kind, entry.c.wall, entry.c.stream, entry.c.seq)
Index("entry_officer", entry.c.officer, entry.c.kind, entry.c.wall, entry.c.stream, entry.c.seq)

held = Table(
    "held",
    metadata,
    _text("stream"),
    _integer("seq"),
    Column("line", LargeBinary, nullable=False),
    PrimaryKeyConstraint("stream", "seq"),
)

objection = Table(
    "objection",
    metadata,
    _text("stream"),
    _integer("seq"),
    _text("rule"),
    _text("outcome"),
    _text("facts"),
    PrimaryKeyConstraint("stream", "seq"),
    sqlite_with_rowid=False,
)

first_author = Table(
    "first_author",
    metadata,
    Column("subject", _TEXT, primary_key=True),
    _text("device"),
    sqlite_with_rowid=False,
)

origin = Table(
    "origin",
    metadata,
    Column("mark", _TEXT, primary_key=True),
    _text("bundle"),
    _text("device"),
    _text("at"),
    _integer("lamport"),
    Column("tags", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("manifest", LargeBinary, nullable=False),
)
"""One row a bundle whose entries were taken in: what its sender signed."""

draft = Table(
    "draft",
    metadata,
    Column("case_id", _TEXT, primary_key=True),
    _text("officer"),
    _text("saved_at"),
    _integer("revision"),
    _text("form"),
)

thumbnail = Table(
    "thumbnail",
    metadata,
    Column("evidence_id", _TEXT, primary_key=True),
    Column("png", LargeBinary, nullable=False),
)

derived = Table(
    "derived",
    metadata,
    Column("evidence_id", _TEXT, primary_key=True),
    _text("document"),
)

column_choice = Table(
    "column_choice",
    metadata,
    Column("signature", _TEXT, primary_key=True),
    _text("choice"),
)

alarm = Table(
    "alarm",
    metadata,
    Column("clock", _TEXT, primary_key=True),
    _integer("stage"),
    _text("raised_at"),
)

value = Table(
    "value",
    metadata,
    _text("subject"),
    _text("stream"),
    _integer("seq"),
    _integer("lamport"),
    _text("fields"),
    PrimaryKeyConstraint("subject", "stream", "seq"),
    sqlite_with_rowid=False,
)

replaced = Table(
    "replaced",
    metadata,
    _text("subject"),
    _text("field"),
    _text("ref"),
    PrimaryKeyConstraint("subject", "field", "ref"),
    sqlite_with_rowid=False,
)

subject = Table(
    "subject",
    metadata,
    Column("subject", _TEXT, primary_key=True),
    _text("kind"),
    _text("case_id"),
)
Index("subject_case", subject.c.case_id, subject.c.kind)

case_span = Table(
    "case_span",
    metadata,
    _text("case_id"),
    _text("stream"),
    _integer("first"),
    _integer("last"),
    PrimaryKeyConstraint("case_id", "stream"),
)

case_link = Table(
    "case_link",
    metadata,
    Column("case_id", _TEXT, primary_key=True),
    _text("into_id"),
)
Index("case_link_into", case_link.c.into_id)

case_card = Table(
    "case_card",
    metadata,
    Column("case_id", _TEXT, primary_key=True),
    _text("lead_id"),
    _text("number"),
    _text("visit"),
    _text("state"),
    _text("type"),
    _text("victim"),
    _integer("loss_fen"),
    _text("accepted_at"),
    _text("accepted_by"),
    _text("unit_code"),
    _text("unit_name"),
    _text("home"),
    _text("charge"),
    _text("newest_transfer_at"),
    _text("stop_ends_at"),
    _integer("returned_fen"),
    _integer("evidence_count"),
    _integer("order_count"),
    _integer("unanswered_orders"),
    _integer("conflicts"),
    _integer("at_odds"),
    _integer("unconfirmed"),
)
Index("case_card_lead", case_card.c.lead_id)
Index("case_card_number", case_card.c.number)
Index("case_card_accepted", case_card.c.accepted_at)
_HELD = text("charge > ''")
Index("case_card_held", case_card.c.case_id, postgresql_where=_HELD, sqlite_where=_HELD)
"""Not of what is said of the holder: a server takes no long text into an index."""

order_row = Table(
    "order_row",
    metadata,
    Column("order_id", _TEXT, primary_key=True),
    _text("case_id"),
    _text("number"),
    _text("issued_at"),
    _text("stream"),
    _integer("seq"),
    _integer("waits"),
    _text("way"),
    _text("despite"),
    _text("fields"),
)
Index("order_case", order_row.c.case_id)
Index("order_waits", order_row.c.waits, order_row.c.stream, order_row.c.seq)
Index("order_number", order_row.c.number)

evidence_row = Table(
    "evidence_row",
    metadata,
    Column("evidence_id", _TEXT, primary_key=True),
    _text("case_id"),
    _text("added_at"),
    _text("sha256"),
    _integer("size"),
    _text("sm3"),
)
Index("evidence_case", evidence_row.c.case_id)
Index("evidence_blob", evidence_row.c.sha256)

task_row = Table(
    "task_row",
    metadata,
    Column("task_id", _TEXT, primary_key=True),
    _text("case_id"),
    _text("due"),
    _text("done_at"),
    _text("source"),
)
Index("task_case", task_row.c.case_id)
Index("task_open", task_row.c.done_at, task_row.c.due)

paper_blob = Table(
    "paper_blob",
    metadata,
    _text("paper_id"),
    _text("part"),
    _text("case_id"),
    _text("signed_at"),
    _text("sha256"),
    _integer("size"),
    _text("sm3"),
    PrimaryKeyConstraint("paper_id", "part"),
    sqlite_with_rowid=False,
)
Index("paper_blob_digest", paper_blob.c.sha256)

key_row = Table(
    "key_row",
    metadata,
    _text("normal"),
    _text("case_id"),
    PrimaryKeyConstraint("normal", "case_id"),
    sqlite_with_rowid=False,
)
Index("key_case", key_row.c.case_id)

search_row = Table(
    "search_row",
    metadata,
    Column("id", _INTEGER, primary_key=True, autoincrement=False),
    Column("case_id", _TEXT, nullable=False, unique=True),
    _text("accepted_at"),
    _text("text"),
)

peer_row = Table(
    "party_row",
    metadata,
    Column("party", _TEXT, primary_key=True),
    _text("fields"),
)

bundle_row = Table(
    "bundle_row",
    metadata,
    Column("bundle_id", _TEXT, primary_key=True),
    _text("at"),
    _text("fields"),
)

exported = Table(
    "exported",
    metadata,
    _text("receiver"),
    _text("stream"),
    _integer("last"),
    PrimaryKeyConstraint("receiver", "stream"),
)

acknowledged = Table(
    "acknowledged",
    metadata,
    _text("receiver"),
    _text("stream"),
    _integer("last"),
    _text("tip"),
    PrimaryKeyConstraint("receiver", "stream"),
)

acknowledged_blob = Table(
    "acknowledged_blob",
    metadata,
    _text("receiver"),
    _text("sha256"),
    PrimaryKeyConstraint("receiver", "sha256"),
    sqlite_with_rowid=False,
)

PROJECTIONS: Final = (
    value,
    replaced,
    subject,
    case_span,
    case_link,
    case_card,
    order_row,
    evidence_row,
    task_row,
    paper_blob,
    key_row,
    search_row,
    peer_row,
    bundle_row,
    exported,
    acknowledged,
    acknowledged_blob,
)

ANEW: Final = (*PROJECTIONS, *RECKONED)
"""What an upgrade and a copy into another database leave out."""
