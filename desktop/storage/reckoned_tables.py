"""The tables of what is reckoned from entries and rules. Private to storage.

Rules stand in no entry, so these are no projections: they are working material of the device, covered by no digest, and
made anew by whoever asks for a list or for figures. Each row belongs to the ``basis`` it was reckoned on, so that
computers of one server with other rules, or other clocks, leave each other's rows alone.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, LargeBinary, PrimaryKeyConstraint, Table, text

from desktop.storage.columns import GREATEST, INTEGER, METADATA, integer_column, text_column

reckoning = Table(
    "reckoning",
    METADATA,
    Column("basis", INTEGER, primary_key=True, autoincrement=False),
    text_column("mark"),
    *map(integer_column, ("floor", "used", "idle")),
)
"""What rows were reckoned by. ``mark``: of rules and program; ``floor``: the first instant for which no row is missing,
``used``: when somebody last said that he uses them, both in milliseconds by the clock of whoever uses them; ``idle``:
how often others said so of theirs since."""
Index("reckoning_mark", reckoning.c.mark, reckoning.c.floor)

to_reckon = Table(
    "to_reckon",
    METADATA,
    integer_column("basis"),
    text_column("case_id"),
    integer_column("mark"),
    PrimaryKeyConstraint("basis", "case_id"),
    sqlite_with_rowid=False,
)
"""Cases the journal spoke of since they were reckoned; ``mark`` is another one each time."""

order_clock = Table(
    "order_clock",
    METADATA,
    integer_column("basis"),
    text_column("order_id"),
    *map(text_column, ("case_id", "flow", "key")),
    *map(integer_column, ("less_fen", "issued", "past_issued", "waits", "chance", "duty")),
    *map(integer_column, ("past_duty", "standing", "onward", "took", "unconfirmed")),
    *map(integer_column, ("stopped_fen", "called_back", "hops", "to_send")),
    *map(text_column, ("kind", "state", "receiver", "unit", "officer", "pack", "words")),
    *(Column(name, INTEGER) for name in ("stopped", "file_by", "sent")),
    PrimaryKeyConstraint("basis", "order_id"),
)
"""Every order with the ends of its clocks in milliseconds, so that a page of the list is read in its order and no other
order is looked at. What a list sorts downwards has a column with the sign turned: every index is read forwards. What
few orders have is NULL for the others, and its index holds those few."""

case_clock = Table(
    "case_clock",
    METADATA,
    integer_column("basis"),
    text_column("case_id"),
    integer_column("position"),
    *map(text_column, ("name", "subject", "rule", "article")),
    *map(integer_column, ("certain", "at", "started", "less_fen")),
    text_column("key"),
    *map(integer_column, ("chance", "until", "due", "announced", "idle")),
    PrimaryKeyConstraint("basis", "case_id", "position"),
)
"""The clocks of each case that leads, in its order."""

board_row = Table(
    "board_row",
    METADATA,
    integer_column("basis"),
    *map(text_column, ("case_id", "state", "type", "officer", "desk", "letter", "offered")),
    *map(text_column, ("victim", "number", "words")),
    *map(integer_column, ("handed", "accepted", "past_accepted", "loss", "less_fen", "files")),
    *map(integer_column, ("orders", "onward", "golden", "stop", "past_stop", "standing", "waits")),
    *map(integer_column, ("held", "frozen", "lapsed", "stopped", "since", "until")),
    PrimaryKeyConstraint("basis", "case_id"),
)
"""The card of each case that leads with the ends of its clocks, so that a page of the board is read in its order and no
other card is looked at."""

row_count = Table(
    "row_count",
    METADATA,
    integer_column("basis"),
    *map(text_column, ("counted", "one", "two")),
    integer_column("amount"),
    PrimaryKeyConstraint("basis", "counted", "one", "two"),
    sqlite_with_rowid=False,
)
"""How many rows of a list there are, by the two things by which people are told: cards by state and type, orders by
flow and by whether somebody waits for an answer, stops without a freeze, duties by the span of days in which they
end."""

figures_row = Table(
    "figures_row",
    METADATA,
    integer_column("basis"),
    text_column("case_id"),
    integer_column("part"),
    *map(text_column, ("channel", "accepted_at", "unit", "type")),
    *map(integer_column, ("loss_fen", "stopped_fen", "frozen_fen", "returned_fen")),
    *map(integer_column, ("to_order", "to_stop", "to_freeze", "alone", "unconfirmed")),
    *map(integer_column, ("objections", "undecided", "upheld")),
    *map(text_column, ("since", "until")),
    PrimaryKeyConstraint("basis", "case_id", "part", "channel"),
    sqlite_with_rowid=False,
)
"""The figures of each case that leads, as a whole and by the ways its money left."""

figure_sum = Table(
    "figure_sum",
    METADATA,
    integer_column("basis"),
    text_column("month"),
    integer_column("place"),
    *map(text_column, ("by", "key", "counts")),
    Column("times", LargeBinary, nullable=False),
    PrimaryKeyConstraint("basis", "month", "place"),
)
"""The figures of a month added up, by everything that rows of statistics stand for, which may be texts that no index
takes. The row in place 0, by nothing, says that the month was added up, or that somebody is about to: then ``counts``
is his mark."""

_ORDERED: Final[dict[Table, dict[str, tuple[str, ...]]]] = {
    order_clock: {
        "case": ("case_id",),
        "chance": ("flow", "chance", "less_fen", "key", "onward"),
        "onward": ("flow", "onward", "less_fen", "key"),
        "duty": ("flow", "waits", "duty", "less_fen", "key", "onward"),
        "overdue": ("flow", "waits", "standing", "past_duty", "less_fen", "key"),
        "waiting": ("flow", "waits", "standing", "less_fen", "issued", "key"),
        "rest": ("flow", "waits", "standing", "past_issued", "less_fen", "key"),
        "newest": ("past_issued", "less_fen", "key", "flow", "case_id", "took"),
        "amount": ("less_fen", "past_issued", "key", "flow"),
        "receiver": ("receiver", "flow"),
        "unit": ("unit", "flow"),
        "kind": ("kind", "flow"),
        "state": ("state", "flow"),
        "file_by": ("file_by",),
        "stopped": ("stopped", "stopped_fen", "called_back"),
        "unconfirmed": ("order_id",),
        "hops": ("flow", "hops"),
        "to_send": ("order_id",),
        "sent": ("sent", "pack", "waits"),
    },
    case_clock: {
        "at": ("chance", "at", "until", "less_fen", "key"),
        "until": ("until",),
        "due": ("due",),
        "announced": ("announced",),
    },
    board_row: {
        "onward": ("state", "onward", "less_fen", "case_id"),
        "golden": ("state", "golden", "less_fen", "case_id"),
        "stop": ("state", "stop", "less_fen", "case_id", "onward", "golden"),
        "overdue": ("state", "standing", "past_stop", "less_fen", "case_id"),
        "waiting": ("state", "standing", "waits", "less_fen", "accepted", "case_id"),
        "rest": ("state", "standing", "waits", "past_accepted", "less_fen", "case_id"),
        "newest": ("state", "past_accepted", "case_id"),
        "accepted": ("past_accepted", "case_id", "state"),
        "type": ("type", "past_accepted", "case_id"),
        "victim": ("victim", "case_id"),
        "loss": ("loss", "case_id"),
        "stopped": ("stopped", "case_id"),
        "number": ("number", "case_id"),
        "desk_some": ("desk",),
        "offered_some": ("offered", "state"),
        "handed_some": ("case_id",),
        "since_some": ("since",),
        "until_some": ("until",),
    },
    figures_row: {
        "accepted": ("part", "accepted_at"),
        "until": ("part", "until"),
        "since": ("part", "since"),
    },
}
_OF_FEW: Final = {
    "board_row_desk_some": "desk <> ''",
    "board_row_offered_some": "offered <> ''",
    "board_row_handed_some": "handed = 1",
    "board_row_since_some": f"since <> -{GREATEST}",
    "board_row_until_some": f"until <> {GREATEST}",
    "order_clock_file_by": "file_by IS NOT NULL",
    "order_clock_stopped": "stopped IS NOT NULL",
    "order_clock_unconfirmed": "unconfirmed = 1",
    "order_clock_hops": "hops > 0",
    "order_clock_to_send": "to_send = 1",
    "order_clock_sent": "sent IS NOT NULL",
}
"""Which rows an index holds where it is not all of them. A question says the same, or compares what else is NULL."""
for _table, _indexes in _ORDERED.items():
    for _name, _columns in _indexes.items():
        _called = f"{_table.name}_{_name}"
        _few = text(_OF_FEW[_called]) if _called in _OF_FEW else None
        Index(
            _called,
            *(_table.c[column] for column in ("basis", *_columns)),
            sqlite_where=_few,
            postgresql_where=_few,
        )

RECKONED: Final = (
    reckoning,
    to_reckon,
    order_clock,
    case_clock,
    board_row,
    row_count,
    figures_row,
    figure_sum,
)
FORMER: Final = ("clock_pending", "clock_basis", "figures_due", "figures_mark")
"""Tables of earlier programs for the same, which an upgrade takes away."""
