"""Which rows of a statement are shown: each wish alone, and several as what each of them leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.statements.statement import MoneyDirection, StatementRow
from desktop.domain.statements.statement_filter import RowFilter
from tests.domain.statements.test_packed_rows import START, row
from tests.support.every_row import every_row

NOON, HOUR = START, timedelta(hours=1)
MARKED = frozenset({1, 3})
WISHES: dict[str, tuple[dict[str, object], Callable[[StatementRow], bool]]] = {
    "out": ({"direction": MoneyDirection.OUT}, lambda it: it.direction is MoneyDirection.OUT),
    "least": ({"least_fen": 2}, lambda it: it.amount_fen is not None and it.amount_fen >= 2),
    "most": ({"most_fen": 2}, lambda it: it.amount_fen is not None and it.amount_fen <= 2),
    "since": ({"since": NOON}, lambda it: it.time is not None and it.time >= NOON),
    "until": ({"until": NOON}, lambda it: it.time is not None and it.time < NOON),
    "marked": ({"marked_only": True}, lambda it: it.row in MARKED),
    "problems": ({"problems_only": True}, lambda it: bool(it.problems)),
    "text": ({"text": " WX "}, lambda it: "wx" in it.counterparty.casefold()),
}  # fmt: skip
rows = st.lists(
    st.builds(
        row,
        st.integers(0, 4),
        amount_fen=st.sampled_from([None, 0, 1, 2, 3]),
        time=st.sampled_from([None, NOON - HOUR, NOON, NOON + HOUR]),
        direction=st.sampled_from(MoneyDirection),
        problems=st.sampled_from([(), ("statement.cell.damaged",)]),
        counterparty=st.sampled_from(["", "Wx001", "王某"]),
        amount_text=st.just("9"),
        time_text=st.just(""),
    ),
    max_size=8,
)


@given(rows, st.sets(st.sampled_from(sorted(WISHES))))
def test_a_row_is_shown_that_meets_every_wish(several: list[StatementRow], named: set[str]) -> None:
    wish = RowFilter(marked=MARKED)
    for name in named:
        wish = replace(wish, **WISHES[name][0])  # type: ignore[arg-type]  # its own fields
    wanted = [item for item in several if all(WISHES[name][1](item) for name in named)]
    assert list(wish.chosen(several)) == wanted


@every_row(
    "place",
    ["counterparty", "account", "bank", "reference", "merchant_reference", "channel", "status",
     "summary", "amount_text", "time_text"],
)  # fmt: skip
def test_words_are_found_in_every_cell_that_names_something(place: str) -> None:
    blank = row(1)._replace(
        counterparty="", account="", bank="", reference="", merchant_reference="", channel="",
        status="", summary="", amount_text="", time_text="",
    )  # fmt: skip
    holds = blank._replace(**{place: "前7a后"})  # type: ignore[arg-type]  # a text each
    assert list(RowFilter(text="7A").chosen([blank, holds])) == [holds]
