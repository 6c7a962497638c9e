"""Taking out of a registered case what does not belong there: it counts nowhere any more, and the journal keeps it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.bundles.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.domain.cases.intake import IdentifierText, IntakeForm, form_from_json
from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind
from desktop.domain.progress import SILENT
from desktop.services.cases.amend_case import form_of
from desktop.services.cases.register_report import register_report
from desktop.services.desk import Desk
from desktop.services.exchange.export_bundle import export_bundle
from desktop.services.health import check_health
from desktop.services.look_up import board, case_file, history
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.withdraw_order import withdraw_order
from tests.support.desks import a_form
from tests.support.journals import length
from tests.support.told import assert_told

WRONG = "2" * 32
LEAD = "1" * 32
CARD = "6228480402564890018"


def two_payments(desk: Desk) -> IntakeForm:
    """A report with a payment too many, and a lead."""
    form = a_form(desk, identifiers=(IdentifierText(LEAD, "wechat", "rw_jd_xiaowen"),))
    wrong = replace(form.transfers[0], id=WRONG, amount="5000", payee_account=CARD)
    return replace(form, transfers=(*form.transfers, wrong))


def without(form: IntakeForm, *gone: str) -> IntakeForm:
    """The form as the window leaves it when these rows were removed."""
    return replace(
        form,
        transfers=tuple(row for row in form.transfers if row.id not in gone),
        identifiers=tuple(row for row in form.identifiers if row.id not in gone),
        removed=gone,
    )


def counted(desk: Desk, case: CaseId) -> tuple[int, int, int, int, int]:
    """Payments, leads, the loss on the board, payments of the statistics, and what the clocks run for."""
    file = case_file(desk, case)
    card = next(card for card in board(desk) if card.id == case)
    with desk.store.read() as reader:
        payments = [paid.fen for paid in reader.payments() if paid.case == case]
        hunted = next(facts for facts in reader.clock_facts() if facts.case == case).transfers
    assert sum(payments) == card.loss_fen
    return len(file.transfers), len(file.identifiers), card.loss_fen, len(payments), len(hunted)


def found(desk: Desk, text: str) -> int:
    with desk.store.read() as reader:
        return reader.search(text, 5)[1] + len(reader.same_account(text, CaseId("")))


def test_what_is_taken_out_counts_nowhere_and_stays_in_the_history(desk: Desk) -> None:
    case = register_report(desk, two_payments(desk)).case
    assert counted(desk, case) == (2, 1, 10_300_000, 2, 2)
    assert (found(desk, CARD), found(desk, "rw_jd_xiaowen")) == (2, 2)
    form = without(form_of(desk, case), WRONG, LEAD)
    register_report(desk, form_from_json(form.to_json()))  # as a draft keeps it
    assert counted(desk, case) == (1, 0, 9_800_000, 1, 1)
    assert (found(desk, CARD), found(desk, "rw_jd_xiaowen")) == (0, 0)
    kinds = [row.kind for row in history(desk, case)]
    assert kinds[-2:] == ["transfer.withdrawn", "identifier.withdrawn"]
    assert {"transfer.recorded", "identifier.recorded"} < set(kinds)
    before = length(desk)
    register_report(desk, form)
    assert length(desk) == before, "taken out twice"
    assert desk.store.digest() == desk.store.rebuild(SILENT)
    assert check_health(desk, SILENT) == ()


def test_what_another_brought_meanwhile_stays(desk: Desk) -> None:
    whole = two_payments(desk)
    case = register_report(desk, replace(whole, transfers=whole.transfers[:1])).case
    opened = form_of(desk, case)
    register_report(desk, whole)
    register_report(desk, replace(opened, narrative="补充"))
    assert counted(desk, case)[0] == 2, "a row that nobody removed was taken out"


def test_the_centre_takes_it_out_too(desk: Desk, centre: Desk, tmp_path: Path) -> None:
    case = register_report(desk, two_payments(desk)).case
    register_report(desk, without(form_of(desk, case), WRONG))
    done = export_bundle(desk, tmp_path, SILENT)
    paths = [tmp_path / volume.name for volume in done.volumes]
    assert not ingest(centre, Quarantine(tmp_path / "q"), paths, SILENT).problems
    assert counted(centre, case) == counted(desk, case)


def test_what_an_order_is_about_stays_until_the_order_is_taken_back(desk: Desk) -> None:
    whole = two_payments(desk)
    order = issue_stop(desk, whole, 1, confirmed=True).order
    case = CaseId(whole.case_id)
    form = without(form_of(desk, case), WRONG)
    before = length(desk)
    with pytest.raises(RuleError) as refused:
        register_report(desk, form)
    assert_told(refused.value, "part.ordered")
    assert length(desk) == before
    withdraw_order(desk, order.id, "填错账户")
    register_report(desk, form)
    assert counted(desk, case)[0] == 1
    assert [view.order.kind for view in case_file(desk, case).orders] == [OrderKind.STOP]
