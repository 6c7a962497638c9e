"""What the inbox and the dispatch desk of a centre offer in every state."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import WorldError
from desktop.domain.orders.order import OrderState
from desktop.domain.orders.reply import NextHop
from tests.ui.centre.bench import CentreBench
from tests.ui.centre.conftest import MakeDispatch, MakeInbox
from tests.ui.centre.samples import an_order
from tests.ui.centre.test_inbox import REFUSED, STATIONS
from tests.ui.pages.controls import expect_controls, read_table
from tests.ui.pages.evidence import files_of

DISPATCH = read_table("""
                            empty waits done partial failed withdrawn onward
    dispatch_case           off   on    on   on      on     on        on
    dispatch_copy           off   on    on   on      on     on        on
    dispatch_filter_all     on    on    on   on      on     on        on
    dispatch_filter_hops    on    on    on   on      on     on        on
    dispatch_filter_waiting on    on    on   on      on     on        on
    dispatch_find           on    on    on   on      on     on        on
    dispatch_hand_over      off   on    off  off     off    off       off
    dispatch_hops           off   off   off  off     off    off       on
    dispatch_kind           on    on    on   on      on     on        on
    dispatch_pressure       on    on    on   on      on     on        on
    dispatch_receiver       on    on    on   on      on     on        on
    dispatch_reply          off   on    on   on      on     on        on
    dispatch_reveal         -     on    on   on      on     on        on
    dispatch_table          -     on    on   on      on     on        on
    dispatch_target         on    on    on   on      on     on        on
    dispatch_write          on    on    on   on      on     on        on
""")
ORDERS = {
    "waits": an_order("1"), "done": an_order("4", OrderState.DONE), "partial": an_order("5", OrderState.PARTIAL),
    "failed": an_order("6", OrderState.FAILED), "withdrawn": an_order("7", OrderState.WITHDRAWN),
}  # fmt: skip
PARTIAL = an_order("8", OrderState.PARTIAL)
assert PARTIAL.order.reply is not None
_ONWARD = replace(
    PARTIAL.order.reply, hops=(NextHop("王五", "6217001234567890123", "建设银行", 5_000_000),)
)
ORDERS["onward"] = replace(PARTIAL, order=replace(PARTIAL.order, reply=_ONWARD))


def test_a_dispatch_desk_without_orders_offers_what_needs_none(
    make_dispatch: MakeDispatch,
) -> None:
    expect_controls(make_dispatch().widget, DISPATCH, "empty")


@pytest.mark.parametrize("state", ORDERS)
def test_each_state_of_an_order_has_its_actions(
    make_dispatch: MakeDispatch, bench: CentreBench, state: str
) -> None:
    bench.views = (ORDERS[state], an_order("2", minutes=26))
    page = make_dispatch()
    page.click("dispatch_filter_all")
    page.widget.table.select_key(ORDERS[state].order.id)
    expect_controls(page.widget, DISPATCH, state)


INBOX = read_table("""
                       empty refused looked gone
    dialog_close       -     -       on     -
    inbox_banner_again -     -       -      on
    inbox_banner_close -     -       -      on
    inbox_choose       on    on      -      on
    inbox_enrol        on    on      -      on
    inbox_parties      on    on      -      on
    inbox_release      off   on      -      on
    inbox_scan         on    on      -      on
    ingest_accept      -     -       on     -
    ingest_cancel      -     -       on     -
    quarantine_table   -     on      -      on
    station_table      -     on      -      on
""")


def test_an_inbox_offers_what_may_come_to_it(
    make_inbox: MakeInbox, bench: CentreBench, tmp_path: Path
) -> None:
    page = make_inbox()
    expect_controls(page.widget, INBOX, "empty")
    bench.stations, bench.quarantine.refused = STATIONS, REFUSED
    page.widget.opened()
    expect_controls(page.widget, INBOX, "refused")
    page.drop(files_of(tmp_path / "A-1.fzb"))
    expect_controls(page.dialog("ingest_dialog").widget, INBOX, "looked")
    page.dialog("ingest_dialog").widget.close()
    bench.fail_with = WorldError("database.server_gone")
    page.widget.opened()
    expect_controls(page.widget, INBOX, "gone")
