"""Taking out of a registered case what does not belong there: it counts nowhere any more, and the journal keeps it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.domain.cases.intake import IdentifierText, IntakeForm, form_from_json
from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.health import check_health
from desktop.services.look_up import board, case_file, history
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.withdraw_order import withdraw_order
from desktop.services.session import Session
from tests.support.error_texts import assert_error
from tests.support.journals import length
from tests.support.sessions import a_form

WRONG = "2" * 32
LEAD = "1" * 32
CARD = "6228480402564890018"


def two_payments(session: Session) -> IntakeForm:
    """A report with a payment too many, and a lead."""
    form = a_form(session, identifiers=(IdentifierText(LEAD, "wechat", "rw_jd_xiaowen"),))
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


def counted(session: Session, case: CaseId) -> tuple[int, int, int, int, int]:
    """Payments, leads, the loss on the board, payments of the statistics, and what the clocks run for."""
    file = case_file(session, case)
    card = next(card for card in board(session) if card.id == case)
    with session.store.read() as reader:
        facts = next(facts for facts in reader.clock_facts() if facts.case == case)
    payments, hunted = [paid.gross_fen for paid in facts.payments], facts.transfers
    assert sum(payments) == card.loss_fen
    return len(file.transfers), len(file.identifiers), card.loss_fen, len(payments), len(hunted)


def found(session: Session, text: str) -> int:
    with session.store.read() as reader:
        return len(reader.search(text, 5).hits) + len(reader.same_account(text, CaseId("")))


def test_what_is_taken_out_counts_nowhere_and_stays_in_the_history(session: Session) -> None:
    case = register_report(session, two_payments(session)).case
    assert counted(session, case) == (2, 1, 10_300_000, 2, 2)
    assert (found(session, CARD), found(session, "rw_jd_xiaowen")) == (2, 2)
    form = without(form_of(session, case), WRONG, LEAD)
    register_report(session, form_from_json(form.to_json()))  # as a draft keeps it
    assert counted(session, case) == (1, 0, 9_800_000, 1, 1)
    assert (found(session, CARD), found(session, "rw_jd_xiaowen")) == (0, 0)
    kinds = [row.kind for row in history(session, case)]
    assert kinds[-2:] == ["transfer.withdrawn", "identifier.withdrawn"]
    assert {"transfer.recorded", "identifier.recorded"} < set(kinds)
    before = length(session)
    register_report(session, form)
    assert length(session) == before, "taken out twice"
    assert session.store.digest() == session.store.rebuild(SILENT)
    assert check_health(session, SILENT) == ()


def test_what_another_brought_meanwhile_stays(session: Session) -> None:
    whole = two_payments(session)
    case = register_report(session, replace(whole, transfers=whole.transfers[:1])).case
    opened = form_of(session, case)
    register_report(session, whole)
    register_report(session, replace(opened, narrative="补充"))
    assert counted(session, case)[0] == 2, "a row that nobody removed was taken out"


def test_the_centre_takes_it_out_too(session: Session, centre: Session, tmp_path: Path) -> None:
    case = register_report(session, two_payments(session)).case
    register_report(session, without(form_of(session, case), WRONG))
    done = export_bundle(session, tmp_path, SILENT)
    paths = [tmp_path / volume.name for volume in done.volumes]
    assert not ingest(centre, Quarantine(tmp_path / "q"), paths, SILENT).problems
    assert counted(centre, case) == counted(session, case)


def test_what_an_order_is_about_stays_until_the_order_is_taken_back(session: Session) -> None:
    whole = two_payments(session)
    order = issue_stop(session, whole, 1, confirmed=True).order
    case = CaseId(whole.case_id)
    form = without(form_of(session, case), WRONG)
    before = length(session)
    with pytest.raises(RuleError) as refused:
        register_report(session, form)
    assert_error(refused.value, "part.ordered")
    assert length(session) == before
    withdraw_order(session, order.id, "填错账户")
    register_report(session, form)
    assert counted(session, case)[0] == 1
    assert [view.order.kind for view in case_file(session, case).orders] == [OrderKind.STOP]
