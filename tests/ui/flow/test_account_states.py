"""What stands beside an account of the money flow says what is held of it now, not what was ordered once."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.flow.flow_moves import PaymentSource
from desktop.domain.ids import CaseId
from desktop.domain.money.dispositions import Disposition
from desktop.domain.money.money_flow import CashOutKind
from desktop.domain.orders.order import OrderKind
from desktop.services.cases.changes.register_report import register_report
from desktop.services.flow.show_flow import show_flow
from desktop.services.orders.issue_order import issue_order
from desktop.services.session import Session
from desktop.ui.flow.texts import FlowTexts
from desktop.ui.shared.kit.kit import Kit
from tests.support.flow_cases import CARD, case_with_hops, replied, with_analyst
from tests.support.sessions import Seat, a_form, take_seat
from tests.support.strict import all_of


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return take_seat(tmp_path / "desk", "A")


def inks(kit: Kit, session: Session, case: CaseId) -> dict[str, str]:
    sheet = show_flow(session, [case])
    texts = FlowTexts(kit)
    return {key: texts.state(account, sheet)[1] for key, account in sheet.accounts.items()}


def test_an_account_is_green_only_where_all_of_it_is_held(kit: Kit, seat: Seat) -> None:
    session = with_analyst(seat.session)
    hops = case_with_hops(session)
    assert inks(kit, session, hops)[CARD] == "green", "what the bank does not hold went on, it says"
    part = register_report(session, a_form(session)).case
    stop = issue_order(session, part, OrderKind.STOP, 1).order.id
    replied(session, stop, 4_132_000)
    assert inks(kit, session, part)[CARD] == "amber"
    seat.clock.advance(hours=49)
    assert [inks(kit, session, case)[CARD] for case in (hops, part)] == ["red", "red"]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_all_that_a_flow_may_hold_has_a_name(kit: Kit, language: str) -> None:
    kit.texts.set_language(language)
    texts = FlowTexts(kit)
    names = [f"table.source.{item.value}" for item in PaymentSource]
    names += [f"exit.{item.value}" for item in CashOutKind]
    names += [f"disposition.{item.value}" for item in Disposition]
    assert all_of(texts.text(name) for name in names)
