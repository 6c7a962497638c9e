"""目标页 on paper: whatever does not fit in its lines is counted there."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.printing.form_texts import FormTexts
from desktop.documents.sheets.people_sheet import people_sheet
from desktop.domain.case_file.orders.account_orders import AccountOrders
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.people.person import TieKind
from desktop.domain.flow.patterns import Patterns
from desktop.domain.flow.sheet import FlowSheet
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import WAITING, OrderState
from desktop.domain.series.people_sheet import PeopleSheet, PersonTarget, TargetState, Thing
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.ports.printing.sheets import PeopleSheetFacts
from tests.documents.samples import AT, a_transfer, an_order

TEXTS = FormTexts(Catalogue.load("zh_CN"))
NO_FLOW = FlowSheet({}, {}, (), {}, Patterns(), AT)
LINES, THINGS = 12, 2


def target(name: str, things: int) -> PersonTarget:
    accounts = tuple(
        Thing(f"{name}/{n}", TieKind.ACCOUNT, f"{name}No{n}") for n in range(1, things + 1)
    )
    return PersonTarget(name, TargetState.UNKNOWN, accounts, ())


@given(st.lists(st.integers(0, 5), max_size=15))
def test_every_target_and_account_is_listed_or_counted(accounts: list[int]) -> None:
    targets = tuple(target(f"T{n}", count) for n, count in enumerate(accounts))
    sheet = PeopleSheet(NO_FLOW, {}, targets)
    facts = PeopleSheetFacts("派出所", ("620134", "王建国"), sheet, {})
    data: dict[str, Any] = {**people_sheet(facts, TEXTS, AT)}
    left = len(targets) - LINES
    assert data["more"] == (TEXTS.text("people_page.more", count=left) if left > 0 else "")
    assert len(data["rows"]) == min(len(targets), LINES)
    for one, row in zip(targets, data["rows"], strict=False):
        left = len(one.things) - THINGS
        counted = [TEXTS.text("people_page.things", count=left)] if left > 0 else []
        listed = [thing.number for thing in one.things[:THINGS]]
        assert row[2] == "\n".join([*listed, *counted])


@given(st.lists(st.sampled_from(OrderState), max_size=6))
def test_an_order_is_asked_until_somebody_answered(states: list[OrderState]) -> None:
    """Also one that waits for an approval; of one that came to nothing too, that it is over."""
    order = an_order(a_transfer())
    views = tuple(OrderView(order, CaseId("c1"), "", "", state) for state in states)
    account = Thing("k", TieKind.ACCOUNT, "No", orders=AccountOrders(views))
    targets = (PersonTarget("k", TargetState.UNKNOWN, (account,), ()),)
    facts = PeopleSheetFacts("派出所", ("620134", "王建国"), PeopleSheet(NO_FLOW, {}, targets), {})
    data: dict[str, Any] = {**people_sheet(facts, TEXTS, AT)}
    kind = TEXTS.of("orders", f"kind.{order.kind.value}")
    said = "\n".join(map(str, data["rows"][0])).split("\n")
    open_states = {OrderState.PROPOSED, *WAITING}
    for waits, key in ((True, "people_page.asked"), (False, "people_page.answered")):
        words = TEXTS.text(key, kind=kind)
        assert said.count(words) == sum((state in open_states) is waits for state in states)
