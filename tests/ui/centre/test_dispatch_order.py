"""The most urgent order stands on top, at every instant."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case_file.orders.order_words import words_in
from desktop.domain.orders.dispatch import Dispatch
from desktop.domain.orders.money import MoneyTerms, Query
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import WAITING, OrderKind, OrderState
from desktop.domain.orders.term import usual_period
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.rule_pack import load_rule_pack
from desktop.services.ports import OrdersOnly
from desktop.ui.centre.listed_orders import centre_state
from desktop.ui.centre.order_elements import missing
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_clock import limits_on
from tests.support.counted_orders import by_clock, in_golden_window, is_chosen, stopped_today
from tests.ui.centre.samples import NOW, an_order, on_clock
from tests.ui.conftest import BEIJING


def test_golden_ones_by_their_end_then_the_longest_waiting_then_the_answered() -> None:
    rows = on_clock(
        an_order("done", OrderState.DONE, minutes=60),
        an_order("late", minutes=95),
        an_order("later", minutes=220),
        an_order("soon", minutes=26),
        an_order("fresh", minutes=2),
        an_order("failed", OrderState.FAILED, minutes=900),
    )
    shown = [row.view.order.id for row in by_clock(rows, NOW)]
    assert shown == ["osoon", "ofresh", "olater", "olate", "odone", "ofailed"]
    assert in_golden_window(rows, NOW) == 2
    assert stopped_today(rows, NOW, BEIJING) == 9_800_000
    later = [row.view.order.id for row in by_clock(rows, NOW + timedelta(minutes=10))]
    assert later[:2] == ["ofresh", "osoon"], "what was just missed stays near the top"


def test_a_term_for_the_answer_is_no_golden_window() -> None:
    view = an_order("asked", minutes=2, kind=OrderKind.QUERY_ACCOUNTS)
    terms = MoneyTerms(query=Query(reply_by=NOW + timedelta(hours=1)))
    asked = replace(view, order=replace(view.order, terms=terms))
    rows = on_clock(an_order("late", minutes=95), asked)
    assert [row.view.order.id for row in by_clock(rows, NOW)] == ["oasked", "olate"]
    assert in_golden_window(rows, NOW) == 0


@pytest.mark.parametrize(
    "typed", ["170 6204-8831", "虚拟运营商", "1124-C-P05", "1124-C-P05 8831 张掖路"]
)
def test_an_order_to_a_carrier_is_found_by_its_number_its_carrier_and_its_pack(typed: str) -> None:
    view = an_order("g", kind=OrderKind.SHUTDOWN, bank="", account="")
    sent = Dispatch("1124-C-P05", NOW, "中国移动/虚拟运营商", "620001")
    terms = NumberTerms(raw="17062048831", normal="17062048831")
    order = replace(view.order, terms=terms, addressee="中国移动/虚拟运营商", dispatch=sent)
    rows = on_clock(replace(view, order=order), an_order("other"))
    only = OrdersOnly(words=words_in(typed))
    assert [row.view.order.id for row in rows if is_chosen(row, only, NOW)] == ["og"]


def test_a_large_sum_does_not_stand_behind_a_hundred_small_ones() -> None:
    small = [an_order(str(n), minutes=40 + n % 20, fen=10_000 + n) for n in range(107)]
    rows = on_clock(*small, an_order("large", minutes=39, fen=48_000_000))
    assert by_clock(rows, NOW)[0].view.order.id == "olarge"


@given(st.lists(st.tuples(st.integers(6, 5000), st.sampled_from(OrderState)), max_size=8))
def test_whatever_waits_stands_above_whatever_does_not(drawn: list[tuple[int, OrderState]]) -> None:
    rows = on_clock(*(an_order(str(n), state, minutes=age) for n, (age, state) in enumerate(drawn)))
    shown = by_clock(rows, NOW)
    assert set(shown) == set(rows)
    waiting = {row for row in rows if row.view.state in WAITING}
    assert set(shown[: len(waiting)]) == waiting


def test_spans_come_from_the_rule_pack() -> None:
    rules = load_rule_pack(resource_path("rules"))
    stop = an_order().order
    assert usual_period(rules, stop, NOW) == (NOW, NOW + timedelta(hours=48))
    freeze = replace(stop, kind=OrderKind.FREEZE)
    assert usual_period(rules, freeze, NOW)[1].astimezone(BEIJING).month == 5, "six months"
    assert limits_on(rules, NOW.date()).golden > timedelta(0)


def test_what_a_bank_needs_and_lacks_is_named() -> None:
    assert missing(an_order().order) == ()
    assert missing(an_order(account="", fen=0).order) == ("payee_account", "amount")


def test_an_order_in_a_batch_is_no_longer_to_be_sent(kit: Kit) -> None:
    waits = an_order("1", OrderState.ISSUED)
    sent = replace(waits, order=replace(waits.order, dispatch=Dispatch("1124-C-P01", NOW, "农行")))
    told = [centre_state(kit, one) for one in (waits, sent)]
    assert told == [kit.texts.text(f"centre.dispatch.{name}") for name in ("new", "in_batch")]
