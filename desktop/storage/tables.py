"""The tables. Private to storage: no row leaves it.

``entry`` is the truth and can only grow. Everything in ``PROJECTIONS`` is computed from it and may be dropped and
made anew at any time. ``objection`` and ``first_author`` say which entries take no effect and who owns ids of before;
they follow the order in which entries arrived and stay. ``origin`` keeps the signatures under which entries came.
``draft``, ``thumbnail``, ``derived``, ``column_choice``,
``alarm`` and ``held`` are working material of this device. So are ``order_clock``, ``case_clock``,
``clock_pending`` and ``clock_basis``: when clocks run out, by the rules that hold here; ``figures_row``,
``figures_due`` and ``figures_mark``: the figures of statistics.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

SCHEMA_VERSION: Final = 1
"""A greater one in a database means that a newer program wrote it."""

metadata = MetaData()

_TEXT: Final = Text().with_variant(Text(collation="C"), "postgresql")
"""Ordered by code points, whatever language the server was told."""
_INTEGER: Final = BigInteger().with_variant(Integer(), "sqlite")


def _text(name: str) -> Column[str]:
    return Column(name, _TEXT, nullable=False)


def _integer(name: str) -> Column[int]:
    return Column(name, _INTEGER, nullable=False)


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

order_clock = Table(
    "order_clock",
    metadata,
    Column("order_id", _TEXT, primary_key=True),
    _text("case_id"),
    _text("flow"),
    _text("key"),
    _integer("less_fen"),
    _integer("issued"),
    _integer("past_issued"),
    _integer("waits"),
    _integer("chance"),
    _integer("duty"),
    _integer("past_duty"),
    _integer("standing"),
    _integer("onward"),
    _integer("took"),
    _integer("file_by"),
    _integer("unconfirmed"),
    _integer("stopped"),
    _integer("stopped_fen"),
)
"""Every order with the ends of its clocks in milliseconds, so that a page of the list is read in its order and no other
order is looked at. What a list sorts downwards has a column with the sign turned: every index is read forwards."""
Index("order_clock_case", order_clock.c.case_id)
Index("order_clock_chance", order_clock.c.flow, order_clock.c.chance)
Index("order_clock_onward", order_clock.c.flow, order_clock.c.onward)
Index(
    "order_clock_duty",
    *(order_clock.c[name] for name in ("flow", "duty", "less_fen", "key", "onward")),
)
Index(
    "order_clock_overdue",
    *(order_clock.c[name] for name in ("flow", "standing", "past_duty", "less_fen", "key")),
)
Index(
    "order_clock_waiting",
    *(order_clock.c[name] for name in ("flow", "standing", "waits", "less_fen", "issued", "key")),
)
Index(
    "order_clock_rest",
    *(
        order_clock.c[name]
        for name in ("flow", "standing", "waits", "past_issued", "less_fen", "key")
    ),
)
Index("order_clock_took", order_clock.c.past_issued, order_clock.c.case_id, order_clock.c.took)
Index("order_clock_file_by", order_clock.c.file_by)
Index("order_clock_stopped", order_clock.c.stopped, order_clock.c.stopped_fen)
Index("order_clock_unconfirmed", order_clock.c.unconfirmed)

case_clock = Table(
    "case_clock",
    metadata,
    _text("case_id"),
    _integer("position"),
    _text("name"),
    _text("subject"),
    _text("rule"),
    _text("article"),
    _integer("certain"),
    _integer("at"),
    _integer("started"),
    _integer("less_fen"),
    _text("key"),
    _integer("chance"),
    _integer("until"),
    _integer("due"),
    _integer("announced"),
    _integer("idle"),
    PrimaryKeyConstraint("case_id", "position"),
)
"""The clocks of each case that leads, in its order."""
Index(
    "case_clock_at", *(case_clock.c[name] for name in ("chance", "at", "until", "less_fen", "key"))
)
Index("case_clock_until", case_clock.c.until)
Index("case_clock_due", case_clock.c.due)
Index("case_clock_announced", case_clock.c.announced)

clock_pending = Table(
    "clock_pending",
    metadata,
    Column("case_id", _TEXT, primary_key=True),
    _integer("mark"),
)
"""Cases the journal spoke of since their clocks were reckoned; ``mark`` rises each time."""

clock_basis = Table(
    "clock_basis",
    metadata,
    Column("basis", _TEXT, primary_key=True),
    _integer("reckoned"),
)
"""By which rules the clocks that are kept were reckoned, and when last."""

figures_row = Table(
    "figures_row",
    metadata,
    _text("case_id"),
    _integer("part"),
    *map(_text, ("channel", "accepted_at", "unit", "type")),
    *map(_integer, ("loss_fen", "stopped_fen", "frozen_fen", "returned_fen")),
    *map(_integer, ("to_order", "to_stop", "to_freeze", "alone", "unconfirmed")),
    *map(_integer, ("objections", "undecided", "upheld")),
    *map(_text, ("since", "until")),
    PrimaryKeyConstraint("case_id", "part", "channel"),
    sqlite_with_rowid=False,
)
Index("figures_accepted", figures_row.c.part, figures_row.c.accepted_at)
Index("figures_until", figures_row.c.part, figures_row.c.until)
Index("figures_since", figures_row.c.part, figures_row.c.since)

figures_due = Table("figures_due", metadata, Column("case_id", _TEXT, primary_key=True))

figures_mark = Table(
    "figures_mark", metadata, Column("name", _TEXT, primary_key=True), _text("told")
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

RECKONED: Final = (
    order_clock,
    case_clock,
    clock_pending,
    clock_basis,
    figures_row,
    figures_due,
    figures_mark,
)
"""Made anew from the projections and the rules, by whoever lists by clocks or asks for figures."""

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
