"""An order is read to its bank over the telephone: it is handed over, and everything that follows a batch does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from desktop.centre.batch_files import write_batches
from desktop.centre.hand_over_slip import handover_of
from desktop.domain.case_file.orders.letter_rows import letter_rows
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Role
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.orders.dispatch import Dispatch, found_receiver
from desktop.domain.progress import SILENT
from desktop.services.orders.answers.dispatch_batches import dispatch_to, receivers, sent_batches
from desktop.services.orders.answers.hand_over_order import (
    TelephoneCall,
    hand_over_order,
    hand_over_stops,
)
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from tests.support.error_texts import refused
from tests.support.sessions import a_form


def test_what_was_read_over_the_telephone_is_handed_over_and_its_letter_follows(
    centre: Session, quick_folder: Path
) -> None:
    order = issue_stop(centre, a_form(centre), 0, confirmed=True).order.id
    told = partial(hand_over_order, centre, order)
    later = centre.clock.now() + timedelta(minutes=1)
    refused("slip.no_receiver", lambda: told(TelephoneCall(" ")))
    refused("slip.handed_later", lambda: told(TelephoneCall("周 3301", later)))
    assert receivers(centre)
    batch = told(TelephoneCall("周 3301"))
    assert (batch.answered_by, len(batch.orders)) == ("周 3301", 1)
    assert receivers(centre) == ()
    assert [one.number for one in sent_batches(centre).batches] == [batch.number]
    handed = handover_of(centre, order)
    assert handed is not None
    assert (handed.to, handed.how, handed.by) == (
        f"{batch.receiver} 周 3301", "telephone", centre.officer.number
    )  # fmt: skip
    refused("pack.nothing", lambda: told(TelephoneCall("周 3301")))
    (written,) = write_batches(centre, (batch,), quick_folder / "out", SILENT)
    assert written.letter.is_file()


def test_what_was_read_in_one_call_is_one_batch(centre: Session) -> None:
    """Two payments into one account were read once; the letter that follows names the account once."""
    centre = replace(centre, ids=centre.ids.bound_to(centre.profile.device))
    form = a_form(centre)
    paid = form.transfers[0]
    form = replace(form, transfers=(paid, replace(paid, id="t9", amount="2000.00", serial="")))
    for index in range(2):
        issue_stop(centre, form, index, confirmed=True)
        form = form.recorded()
    case, call = CaseId(form.case_id), TelephoneCall("周 3301", to="中国农业银行")
    hand_over_stops(centre, case, {paid.id, "t9"}, call)
    (batch,) = sent_batches(centre).batches
    (row,) = letter_rows(batch)
    assert (batch.answered_by, len(row.orders)) == ("周 3301", 2)
    hand_over_stops(centre, case, {paid.id}, call)
    assert len(sent_batches(centre).batches) == 1, "what was handed over waits no more"


def test_whoever_took_the_call_hands_over_what_they_ordered(centre: Session) -> None:
    taker = replace(
        centre, officer=replace(centre.officer, number="2003", roles=(Role.FRONT_DESK,))
    )
    call = TelephoneCall("周 3301", to="中国农业银行")
    for orders, handed in ((centre, 0), (taker, 1)):
        form = a_form(centre)
        issue_stop(orders, form, 0, confirmed=True)
        case, paid = CaseId(form.case_id), {form.transfers[0].id}
        hand_over_stops(taker, case, paid, call)
        assert len(sent_batches(centre).batches) == handed
    at_station = replace(taker, profile=replace(taker.profile, role=InstallationRole.DESK))
    refused("rights.missing", lambda: hand_over_stops(at_station, case, paid, call))
    refused("rights.missing", lambda: hand_over_order(taker, "x", call))


def test_a_receiver_is_named_where_the_order_has_no_bank(centre: Session) -> None:
    """How a receiver was found is no call, whatever it reads like."""
    form = a_form(centre)
    first = replace(form.transfers[0], payee_bank="")
    order = issue_stop(centre, replace(form, transfers=(first,)), 0, confirmed=True).order.id
    refused("pack.no_receiver", lambda: hand_over_order(centre, order, TelephoneCall("周")))
    batch = hand_over_order(centre, order, TelephoneCall("周", to="中国农业银行"))
    assert (batch.receiver, batch.answered_by) == ("中国农业银行", "周")
    other = issue_stop(
        centre, replace(a_form(centre), transfers=(replace(first, id="t9"),)), 0, confirmed=True
    ).order.id
    (named,) = dispatch_to(centre, (other,), "中国工商银行", "电话交办：查得")
    assert (named.receiver, named.answered_by) == ("中国工商银行", "")
    assert Dispatch(to=found_receiver("甲", "卡号前六位")).receiver == "甲"
