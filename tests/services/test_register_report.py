"""Registering: numbers, amendments that say only what changed, all or nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.cases.intake import IdentifierText, IntakeForm, TransferText
from desktop.domain.cases.people.victim import VictimText
from desktop.domain.cases.taken_out import FIELD
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.plain import clean_number
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT
from desktop.journal.entry import MAX_LINE, NewEntry
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import (
    register_report,
    register_reports,
    unrecorded,
)
from desktop.services.cases.form.drafts import discard_draft, new_draft, open_drafts, save_draft
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.health import check_health
from desktop.services.look_up import board, case_file
from desktop.services.session import Session
from tests.support.error_texts import assert_error
from tests.support.journals import length, written
from tests.support.sessions import Seat, a_form, take_seat


def number(session: Session) -> str:
    return register_report(session, a_form(session)).number


def test_numbers_count_a_device_and_a_day_of_china(seat: Seat, quick_folder: Path) -> None:
    session = seat.session
    assert [number(session) for _ in range(3)] == [
        f"620102540000-20261124-A-{serial:04d}" for serial in (1, 2, 3)
    ]
    seat.clock.advance(hours=14)  # 16:31 in Greenwich is past midnight here
    assert number(session) == "620102540000-20261125-A-0001"
    seat.clock.advance(hours=-14)  # a clock set back finds the day's numbers again
    assert number(session) == "620102540000-20261124-A-0004"
    neighbour = take_seat(quick_folder / "b", "B")
    assert number(neighbour.session) == "620102540000-20261124-B-0001"
    neighbour.session.store.close()


def test_numbers_go_on_behind_four_digits(session: Session) -> None:
    case = register_report(session, a_form(session)).case
    forged = NewEntry("case.amended", f"case/{case}", {"number": "620102540000-20261124-A-9999"})
    with session.store.write() as transaction:
        transaction.append("620134", forged)
    assert [number(session)[-5:] for _ in range(3)] == ["10000", "10001", "10002"]


def test_an_amendment_says_only_what_changed(session: Session) -> None:
    form = a_form(session, identifiers=(IdentifierText("1" * 32, "wechat", "rw_jd_xiaowen"),))
    first = register_report(session, form)
    assert [entry.kind for entry in written(session, 1)] == [
        "report.registered", "transfer.recorded", "identifier.recorded",
    ]  # fmt: skip
    before = length(session)
    assert register_report(session, form) == first
    assert length(session) == before, "nothing changed and something was written"
    assert not unrecorded(session, form)
    assert unrecorded(session, replace(form, removed=(form.transfers[0].id,)))
    changed = replace(
        form,
        victim=replace(form.victim, phone="13800138000"),
        transfers=(replace(form.transfers[0], amount="98,000.50"),),
    )
    assert unrecorded(session, changed)
    assert register_report(session, changed) == first
    case, transfer = written(session, before)
    assert (case.kind, case.fields) == ("case.amended", {"victim.phone": "13800138000"})
    assert (transfer.kind, transfer.fields) == (
        "transfer.recorded",
        {"amount_fen": 9_800_050, FIELD: ""},
    )
    assert set(case.replaces) == {"victim.phone"}


def test_an_amendment_keeps_who_took_the_report_and_when(seat: Seat) -> None:
    form = a_form(seat.session)
    case = register_report(seat.session, form).case
    before = case_file(seat.session, case).case
    seat.clock.advance(days=2)
    later = replace(seat.session, officer=replace(seat.session.officer, number="620999"))
    register_report(later, replace(form, narrative="补充"))
    assert case_file(later, case).case == replace(before, narrative="补充")


def test_signs_nobody_sees_are_not_recorded_and_those_that_were_are_nobodys_word(
    session: Session,
) -> None:
    form = a_form(session)
    form = replace(form, victim=replace(form.victim, name="李\u202e秀兰\u200b"))
    case = register_report(session, form).case
    assert case_file(session, case).case.victim.name == "李秀兰"
    older = NewEntry("case.amended", f"case/{case}", {"victim.name": "李\u202e秀兰"})
    with session.store.write() as transaction:
        transaction.append("620134", older)
    assert not unrecorded(session, form_of(session, case))


def test_blank_lines_take_no_position(session: Session) -> None:
    form = a_form(session)
    blank = replace(new_draft(session).form.transfers[0])
    second = replace(form.transfers[0], id="2" * 32)
    case = register_report(
        session, replace(form, transfers=(form.transfers[0], blank, second))
    ).case
    assert [item.position for item in case_file(session, case).transfers] == [1, 2]


@pytest.mark.parametrize("name", ["payee_name", "payee_bank", "payer_account", "payer_bank"])
def test_a_payment_of_which_one_thing_is_known_is_recorded(session: Session, name: str) -> None:
    """It went with the draft when the report was registered."""
    form = a_form(session)
    blank = TransferText("2" * 32, payer_name=form.victim.name)
    typed: dict[str, Any] = {name: "6217004230001234569"}
    line = replace(blank, id="1" * 32, **typed)
    case = register_report(session, replace(form, transfers=(line, blank))).case
    (kept,) = form_of(session, case).transfers
    assert (kept.id, getattr(kept, name)) == ("1" * 32, "6217004230001234569")


def test_a_draft_goes_when_it_is_registered_and_not_before(session: Session) -> None:
    draft = new_draft(session)
    other = save_draft(session, a_form(session, "马强"))
    with pytest.raises(UserInputError) as caught:
        register_report(session, draft.form)
    assert_error(caught.value, "report.empty")
    assert {item.form.case_id for item in open_drafts(session)} == {
        draft.form.case_id, other.form.case_id,
    }  # fmt: skip
    register_report(session, replace(draft.form, victim=VictimText("李秀兰")))
    assert [item.form for item in open_drafts(session)] == [other.form]
    discard_draft(session, CaseId(other.form.case_id))
    assert open_drafts(session) == ()
    assert len(board(session)) == 1


def test_a_blank_form_takes_the_place_of_another_blank_one(session: Session) -> None:
    new_draft(session)
    again = new_draft(session).form
    assert [draft.form for draft in open_drafts(session)] == [again]
    save_draft(session, replace(again, transfers=(replace(again.transfers[0], payer_bank="农行"),)))
    assert new_draft(session).form.case_id != again.case_id, "what was typed is another's"


def test_a_form_without_a_word_keeps_its_evidence(session: Session) -> None:
    draft = new_draft(session)
    case = CaseId(draft.form.case_id)
    attach_picture(session, case, "凭证.png", b"\x89PNG\r\n")
    assert new_draft(session).form.case_id != case
    discard_draft(session, case)
    assert case in {item.form.case_id for item in open_drafts(session)}


def test_a_list_is_registered_wholly_or_not_at_all(session: Session) -> None:
    before = length(session)
    good = [a_form(session), a_form(session, "马强")]
    with pytest.raises(UserInputError, match=r"^report\.empty$"):
        register_reports(session, [*good, IntakeForm(case_id=session.ids.new_id())])
    assert length(session) == before
    assert board(session) == ()
    numbers = [item.number[-4:] for item in register_reports(session, good)]
    assert numbers == ["0001", "0002"]


def test_a_text_that_no_entry_holds_is_refused_and_the_draft_kept(session: Session) -> None:
    draft = save_draft(session, a_form(session, narrative="长" * (MAX_LINE // 3)))
    before = length(session)
    with pytest.raises(UserInputError) as caught:
        register_report(session, draft.form)
    assert_error(caught.value, "entry.too_long")
    assert length(session) == before
    assert [item.form for item in open_drafts(session)] == [draft.form]
    register_report(session, replace(draft.form, narrative="长" * (MAX_LINE // 3 - 1000)))
    assert check_health(session, SILENT) == ()


def test_half_a_character_costs_neither_draft_nor_report(session: Session) -> None:
    form = a_form(session, "李\ud83d秀兰", narrative="\udc00点赞")
    save_draft(session, form)
    assert open_drafts(session)[0].form == form
    case = register_report(session, form).case
    assert case_file(session, case).case.victim.name == "李\ufffd秀兰"
    assert check_health(session, SILENT) == ()


def test_nothing_is_written_without_the_right_to(session: Session) -> None:
    nobody = replace(session, officer=replace(session.officer, roles=()))
    before = length(session)
    with pytest.raises(RuleError) as caught:
        register_reports(nobody, [a_form(session)])
    assert_error(caught.value, "rights.missing")
    assert length(session) == before


def test_cleaning_a_clean_number_changes_nothing() -> None:
    once = clean_number("A\u00b4")
    assert clean_number(once) == once
