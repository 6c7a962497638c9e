"""The tables. Private to storage: no row leaves it.

``entry`` is the truth and can only grow. Everything in ``PROJECTIONS`` is computed from it and may be dropped and
made anew at any time. ``objection`` and ``first_author`` say which entries take no effect and who owns ids of before;
they follow the order in which entries arrived and stay. ``origin`` keeps the signatures under which entries came.
``draft``, ``thumbnail``, ``derived``, ``column_choice``,
``claim``, ``duty_plan``, ``alarm`` and ``held`` are working material of this device, and so is what is ``RECKONED``.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, LargeBinary, PrimaryKeyConstraint, Table, text

from desktop.storage.columns import INTEGER, METADATA, TEXT, integer_column, text_column
from desktop.storage.reckoned_tables import RECKONED

SCHEMA_VERSION: Final = 1
"""A greater one in a database means that a newer program wrote it."""

metadata: Final = METADATA
"""Of all tables, those here and those that are ``RECKONED``."""

entry = Table(
    "entry",
    METADATA,
    text_column("stream"),
    integer_column("seq"),
    integer_column("lamport"),
    text_column("wall"),
    text_column("officer"),
    text_column("kind"),
    text_column("subject"),
    text_column("hash"),
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
    METADATA,
    text_column("stream"),
    integer_column("seq"),
    Column("line", LargeBinary, nullable=False),
    PrimaryKeyConstraint("stream", "seq"),
)

objection = Table(
    "objection",
    METADATA,
    text_column("stream"),
    integer_column("seq"),
    text_column("rule"),
    text_column("outcome"),
    text_column("facts"),
    PrimaryKeyConstraint("stream", "seq"),
    sqlite_with_rowid=False,
)

first_author = Table(
    "first_author",
    METADATA,
    Column("subject", TEXT, primary_key=True),
    text_column("device"),
    sqlite_with_rowid=False,
)

origin = Table(
    "origin",
    METADATA,
    Column("mark", TEXT, primary_key=True),
    text_column("bundle"),
    text_column("device"),
    text_column("at"),
    integer_column("lamport"),
    Column("tags", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("manifest", LargeBinary, nullable=False),
)
"""One row a bundle whose entries were taken in: what its sender signed."""

draft = Table(
    "draft",
    METADATA,
    Column("case_id", TEXT, primary_key=True),
    text_column("officer"),
    text_column("saved_at"),
    integer_column("revision"),
    text_column("form"),
)

thumbnail = Table(
    "thumbnail",
    METADATA,
    Column("evidence_id", TEXT, primary_key=True),
    Column("png", LargeBinary, nullable=False),
)

derived = Table(
    "derived",
    METADATA,
    Column("evidence_id", TEXT, primary_key=True),
    text_column("document"),
)

column_choice = Table(
    "column_choice",
    METADATA,
    Column("signature", TEXT, primary_key=True),
    text_column("choice"),
)

claim = Table(
    "claim",
    METADATA,
    Column("order_id", TEXT, primary_key=True),
    text_column("officer"),
    text_column("name"),
    text_column("since"),
    integer_column("heard"),
    text_column("former"),
    text_column("reason"),
)

duty_plan = Table(
    "duty_plan",
    METADATA,
    text_column("kind"),
    text_column("name"),
    text_column("document"),
    PrimaryKeyConstraint("kind", "name"),
)

alarm = Table(
    "alarm",
    METADATA,
    Column("clock", TEXT, primary_key=True),
    integer_column("stage"),
    text_column("raised_at"),
)

value = Table(
    "value",
    METADATA,
    text_column("subject"),
    text_column("stream"),
    integer_column("seq"),
    integer_column("lamport"),
    text_column("fields"),
    PrimaryKeyConstraint("subject", "stream", "seq"),
    sqlite_with_rowid=False,
)

_OBJECTED = text("fields LIKE '%\"answer.objection.%'")
Index("value_objected", value.c.subject, postgresql_where=_OBJECTED, sqlite_where=_OBJECTED)
"""Words of cases about an objection of the holder of an account: few have one."""

replaced = Table(
    "replaced",
    METADATA,
    text_column("subject"),
    text_column("field"),
    text_column("ref"),
    PrimaryKeyConstraint("subject", "field", "ref"),
    sqlite_with_rowid=False,
)

subject = Table(
    "subject",
    METADATA,
    Column("subject", TEXT, primary_key=True),
    text_column("kind"),
    text_column("case_id"),
)
Index("subject_case", subject.c.case_id, subject.c.kind)

case_span = Table(
    "case_span",
    METADATA,
    text_column("case_id"),
    text_column("stream"),
    integer_column("first"),
    integer_column("last"),
    PrimaryKeyConstraint("case_id", "stream"),
)

case_link = Table(
    "case_link",
    METADATA,
    Column("case_id", TEXT, primary_key=True),
    text_column("into_id"),
)
Index("case_link_into", case_link.c.into_id)

case_card = Table(
    "case_card",
    METADATA,
    Column("case_id", TEXT, primary_key=True),
    text_column("lead_id"),
    text_column("number"),
    text_column("visit"),
    text_column("state"),
    text_column("type"),
    text_column("victim"),
    integer_column("loss_fen"),
    text_column("accepted_at"),
    text_column("accepted_by"),
    text_column("unit_code"),
    text_column("unit_name"),
    text_column("home"),
    text_column("charge"),
    text_column("newest_transfer_at"),
    text_column("stop_ends_at"),
    integer_column("returned_fen"),
    integer_column("evidence_count"),
    integer_column("order_count"),
    integer_column("unanswered_orders"),
    integer_column("conflicts"),
    integer_column("at_odds"),
    integer_column("unconfirmed"),
)
Index("case_card_lead", case_card.c.lead_id)
Index("case_card_number", case_card.c.number)
Index("case_card_accepted", case_card.c.accepted_at)
_HELD = text("charge > ''")
Index("case_card_held", case_card.c.case_id, postgresql_where=_HELD, sqlite_where=_HELD)
"""Not of what is said of the holder: a server takes no long text into an index."""
CONFLICTED: Final = "conflicts > 0 AND lead_id = case_id"
"""The few cards that show a conflict."""
_CONFLICTED = text(CONFLICTED)
Index(
    "case_card_conflicted",
    case_card.c.conflicts,
    postgresql_where=_CONFLICTED,
    sqlite_where=_CONFLICTED,
)

order_row = Table(
    "order_row",
    METADATA,
    Column("order_id", TEXT, primary_key=True),
    text_column("case_id"),
    text_column("number"),
    text_column("issued_at"),
    text_column("stream"),
    integer_column("seq"),
    integer_column("waits"),
    text_column("way"),
    text_column("despite"),
    text_column("fields"),
)
Index("order_case", order_row.c.case_id)
Index("order_waits", order_row.c.waits, order_row.c.stream, order_row.c.seq)
Index("order_number", order_row.c.number)

evidence_row = Table(
    "evidence_row",
    METADATA,
    Column("evidence_id", TEXT, primary_key=True),
    text_column("case_id"),
    text_column("added_at"),
    text_column("sha256"),
    integer_column("size"),
    text_column("sm3"),
)
Index("evidence_case", evidence_row.c.case_id)
Index("evidence_blob", evidence_row.c.sha256)

task_row = Table(
    "task_row",
    METADATA,
    Column("task_id", TEXT, primary_key=True),
    text_column("case_id"),
    text_column("due"),
    text_column("done_at"),
    text_column("source"),
    text_column("about"),
    text_column("made_at"),
)
Index("task_case", task_row.c.case_id)
Index("task_about", task_row.c.about)
Index("task_source", task_row.c.source)
Index("task_open", task_row.c.done_at, task_row.c.due)

paper_blob = Table(
    "paper_blob",
    METADATA,
    text_column("paper_id"),
    text_column("part"),
    text_column("case_id"),
    text_column("signed_at"),
    text_column("sha256"),
    integer_column("size"),
    text_column("sm3"),
    PrimaryKeyConstraint("paper_id", "part"),
    sqlite_with_rowid=False,
)
Index("paper_blob_digest", paper_blob.c.sha256)

key_row = Table(
    "key_row",
    METADATA,
    text_column("normal"),
    text_column("case_id"),
    PrimaryKeyConstraint("normal", "case_id"),
    sqlite_with_rowid=False,
)
Index("key_case", key_row.c.case_id)

search_row = Table(
    "search_row",
    METADATA,
    Column("id", INTEGER, primary_key=True, autoincrement=False),
    Column("case_id", TEXT, nullable=False, unique=True),
    text_column("accepted_at"),
    text_column("text"),
    text_column("chosen_by"),
)

peer_row = Table(
    "party_row",
    METADATA,
    Column("party", TEXT, primary_key=True),
    text_column("fields"),
)

bundle_row = Table(
    "bundle_row",
    METADATA,
    Column("bundle_id", TEXT, primary_key=True),
    text_column("at"),
    text_column("fields"),
)

exported = Table(
    "exported",
    METADATA,
    text_column("receiver"),
    text_column("stream"),
    integer_column("last"),
    PrimaryKeyConstraint("receiver", "stream"),
)

acknowledged = Table(
    "acknowledged",
    METADATA,
    text_column("receiver"),
    text_column("stream"),
    integer_column("last"),
    text_column("tip"),
    PrimaryKeyConstraint("receiver", "stream"),
)

acknowledged_blob = Table(
    "acknowledged_blob",
    METADATA,
    text_column("receiver"),
    text_column("sha256"),
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
