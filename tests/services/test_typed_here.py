"""A report that lay open while others amended its case: only what was typed into it is recorded, and where both
changed a fact both stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.cases.case import Visit
from desktop.domain.cases.intake import IdentifierText, IntakeForm, TransferText, form_from_json
from desktop.domain.cases.taken_out import FIELD
from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.convert_visit import convert_visit
from desktop.services.cases.changes.register_report import register_report, unrecorded
from desktop.services.cases.changes.settle_conflicts import open_conflicts, settle_conflict
from desktop.services.cases.form.drafts import save_draft, unrecorded_draft
from desktop.services.health import check_health
from desktop.services.look_up import case_file, history
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from tests.support.error_texts import assert_error
from tests.support.journals import length
from tests.support.sessions import a_form, take_seat
from tests.support.stations import Station

RIGHT: Final = "6230520010037788000"
LEAD: Final = IdentifierText("1" * 32, "wechat", "rw_jd_xiaowen")


def restored(form: IntakeForm) -> IntakeForm:
    """As a draft brings it back."""
    return form_from_json(form.to_json())


def telling(form: IntakeForm, **facts: str) -> IntakeForm:
    """The form with these facts typed over."""
    victim = {name: facts.pop(name) for name in ("phone", "address") if name in facts}
    row = {name: facts.pop(name) for name in ("amount", "payee_account") if name in facts}
    answers = dict(form.answers) | {k: facts.pop(k) for k in tuple(facts) if k.startswith("q_")}
    return replace(
        form,
        victim=replace(form.victim, **victim),
        transfers=(replace(form.transfers[0], **row), *form.transfers[1:]),  # type: ignore[arg-type]  # texts alone
        answers=tuple(sorted(answers.items())),
        **facts,  # type: ignore[arg-type]  # texts at the top of the form
    )


def values(session: Session, case: CaseId) -> dict[str, set[str]]:
    """Field → what stands beside each other."""
    found = case_file(session, case).conflicts
    return {item.field: {told.value for told in item.values} for item in found}


@pytest.fixture
def case(station: Station) -> CaseId:
    form = a_form(station.a, identifiers=(LEAD,), answers=(("q_old", "一"),))
    made = register_report(station.a, form).case
    station.until_rest()
    return made


def test_what_a_colleague_put_right_stays_right(station: Station, case: CaseId) -> None:
    a, b, _ = station.all
    opened = restored(form_of(a, case))
    register_report(
        b, telling(form_of(b, case), phone="13800000001", payee_account=RIGHT, q_new="二")
    )
    convert_visit(b, case, Visit.ENQUIRY)
    station.until_rest()
    assert not unrecorded(a, opened)
    before = length(a)
    register_report(a, telling(opened, narrative="补充：还有一次"))
    assert length(a) == before + 1
    assert history(a, case)[-1].kind == "case.amended"
    station.until_rest()
    for session in station.all:
        file = case_file(session, case)
        assert file.case.victim.phone == "13800000001"
        assert file.transfers[0].payee.number == RIGHT
        assert file.case.answers == (("q_new", "二"), ("q_old", "一"))
        assert file.case.visit is Visit.ENQUIRY
        assert file.case.narrative == "补充：还有一次"
        assert not file.conflicts
        assert session.store.digest() == session.store.rebuild(SILENT)
        assert not check_health(session, SILENT)


def test_where_both_changed_a_fact_a_person_decides(station: Station, case: CaseId) -> None:
    a, b, _ = station.all
    opened = form_of(a, case)
    register_report(b, telling(form_of(b, case), phone="13800000001"))
    station.until_rest()
    here = telling(opened, phone="13900000002")
    register_report(a, here)
    station.until_rest()
    for session in station.all:
        assert values(session, case) == {"victim.phone": {"13800000001", "13900000002"}}
    (asked,) = open_conflicts(b)
    number = [told.value for told in asked.conflict.values].index("13800000001") + 1
    settle_conflict(b, asked.key, number)
    station.until_rest()
    register_report(a, replace(here.recorded(), narrative="同一张表接着填"))
    assert case_file(a, case).case.victim.phone == "13800000001"
    assert not values(a, case), "what was decided is asked again"


def test_the_form_goes_on_after_a_stop(station: Station) -> None:
    """The stop registers; what is typed later replaces what this form said, and nothing of a colleague's."""
    a, b, _ = station.all
    typed = a_form(a)
    issue_stop(a, typed, 0, confirmed=True)
    case = CaseId(typed.case_id)
    station.until_rest()
    register_report(b, telling(form_of(b, case), payee_account=RIGHT, phone="13800000001"))
    station.until_rest()
    assert unrecorded_draft(a, case) is None
    with a.store.read() as reader:
        draft = reader.draft(case)
    assert draft is not None
    register_report(a, telling(draft.form, address="城关区庆阳路12号", amount="98,500.00"))
    file = case_file(a, case)
    assert (file.case.victim.phone, file.transfers[0].payee.number) == ("13800000001", RIGHT)
    assert file.case.victim.address == "城关区庆阳路12号"
    assert file.transfers[0].amount_fen == 9_850_000
    assert not file.conflicts


def test_a_draft_taken_up_again_shows_what_a_colleague_put_right(
    station: Station, case: CaseId
) -> None:
    """Where nothing was typed; half-typed texts and lines that are no facts yet stay as they were."""
    a, b, _ = station.all
    first = form_of(a, case)
    half = TransferText("3" * 32, payee_name="只记得姓名")
    unread = replace(
        first.transfers[0], id="4" * 32, time="上午十点多", payee_account="6228480402564890018"
    )
    first = replace(first, transfers=(*first.transfers, half, unread))
    register_report(a, first)
    draft = telling(first.recorded(), address="城关区庆阳路12号", phone="13900000002")
    save_draft(a, draft)
    station.until_rest()
    assert form_of(a, case) == draft
    theirs = telling(form_of(b, case), payee_account=RIGHT, phone="13800000001", narrative="更正")
    theirs = replace(theirs, identifiers=(IdentifierText("5" * 32, "wechat", "xin_de_xiansuo"),))
    register_report(b, replace(theirs, removed=(LEAD.id,)))
    station.until_rest()
    opened = form_of(a, case)
    assert opened == telling(
        replace(draft, identifiers=theirs.identifiers), payee_account=RIGHT, narrative="更正"
    )
    assert form_of(a, case) == opened
    save_draft(a, opened)
    register_report(a, form_of(a, case))
    assert values(a, case) == {"victim.phone": {"13800000001", "13900000002"}}
    file = case_file(a, case)
    assert [lead.id for lead in file.identifiers] == ["5" * 32]
    assert file.transfers[0].payee.number == RIGHT
    assert file.case.victim.address == "城关区庆阳路12号"


def test_nothing_is_stopped_that_nobody_saw(station: Station, case: CaseId) -> None:
    a, b, _ = station.all
    opened = form_of(a, case)
    save_draft(a, opened)
    register_report(b, telling(form_of(b, case), payee_account=RIGHT))
    station.until_rest()
    before = length(a)
    with pytest.raises(RuleError) as refused:
        issue_stop(a, opened, 0, confirmed=True)
    assert_error(refused.value, "order.amended")
    assert length(a) == before
    assert issue_stop(a, form_of(a, case), 0, confirmed=True).order.payee.number == RIGHT


def test_what_is_taken_out_unseen_is_asked_about(station: Station, case: CaseId) -> None:
    a, b, _ = station.all
    whole = form_of(a, case)
    wrong = replace(whole.transfers[0], id="2" * 32, payee_account="6228480402564890018")
    register_report(a, replace(whole, transfers=(*whole.transfers, wrong)))
    station.until_rest()
    opened = form_of(a, case)
    other = form_of(b, case)
    amended = replace(other.transfers[1], amount="1.00")
    register_report(b, replace(other, transfers=(other.transfers[0], amended)))
    station.until_rest()
    out = replace(
        opened, transfers=opened.transfers[:1], removed=("2" * 32, LEAD.id), identifiers=()
    )
    register_report(a, out)
    assert set(values(a, case)) == {FIELD}
    assert len(case_file(a, case).transfers) == 2
    assert not case_file(a, case).identifiers, "of the lead nobody said anything else"
    (asked,) = open_conflicts(a)
    stays = [bool(v.value) for v in asked.conflict.values].index(False) + 1
    settle_conflict(a, asked.key, stays)
    register_report(a, replace(out.recorded(), narrative="接着填"))
    assert len(case_file(a, case).transfers) == 2, "what was decided was undone"


def test_amending_unseen_does_not_bring_back_what_was_taken_out(
    station: Station, case: CaseId
) -> None:
    a, b, _ = station.all
    opened = form_of(a, case)
    other = form_of(b, case)
    register_report(b, replace(other, identifiers=(), removed=(LEAD.id,)))
    station.until_rest()
    register_report(a, replace(opened, narrative="补充"))
    assert not case_file(a, case).identifiers
    register_report(a, replace(opened, identifiers=(replace(LEAD, note="客服"),)))
    assert set(values(a, case)) == {FIELD}


def test_a_draft_of_an_older_version_overrules_nobody(station: Station, case: CaseId) -> None:
    a, b, _ = station.all
    old = {**form_of(a, case).to_json(), "narrative": "还没写完"}
    del old["base"]
    draft = save_draft(a, form_from_json(old)).form
    register_report(b, telling(form_of(b, case), phone="13800000001", address="后来补的地址"))
    station.until_rest()
    register_report(a, form_of(a, CaseId(draft.case_id)))
    file = case_file(a, case)
    assert values(a, case) == {"victim.phone": {"13800000001", "13919364417"}}
    assert (file.case.narrative, file.case.victim.address) == ("还没写完", "后来补的地址")


def test_a_draft_follows_a_visit_that_is_converted(session: Session) -> None:
    typed = a_form(session)
    issue_stop(session, typed, 0, confirmed=True)
    case = CaseId(typed.case_id)
    convert_visit(session, case, Visit.ENQUIRY)
    draft = form_of(session, case)
    convert_visit(session, case, Visit.REPORT)
    assert not unrecorded(session, draft), "the kind of visit was not typed into this form"


FACTS: Final = ("phone", "address", "amount", "payee_account", "narrative", "q_old", "q_new")
EDITS = st.dictionaries(st.sampled_from(FACTS), st.sampled_from(["", "1", "2"]))


@pytest.fixture(scope="module")
def open_desk(quick_disk: Path) -> Iterator[Session]:
    seat = take_seat(quick_disk / "typed_here", "A")
    yield seat.session
    seat.session.store.close()


def typed_texts(form: IntakeForm) -> dict[str, str]:
    row, answers = form.transfers[0], dict(form.answers)
    texts = {"phone": form.victim.phone, "address": form.victim.address, "amount": row.amount}
    texts |= {"payee_account": row.payee_account, "narrative": form.narrative}
    return texts | {name: answers.get(name, "") for name in ("q_old", "q_new")}


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(EDITS, EDITS)
def test_two_windows_lose_nothing_of_each_other(
    open_desk: Session, first: Mapping[str, str], second: Mapping[str, str]
) -> None:
    case = register_report(open_desk, a_form(open_desk, answers=(("q_old", "一"),))).case
    one, two = form_of(open_desk, case), form_of(open_desk, case)
    opened, edited = typed_texts(one), (telling(one, **first), telling(two, **second))
    for form in edited:
        register_report(open_desk, form)
    shown = typed_texts(form_of(open_desk, case))
    told = values(open_desk, case)
    clashes = 0
    for name, before in opened.items():
        ours, theirs = (_plain(name, typed_texts(form)[name]) for form in edited)
        was = _plain(name, before)
        changed = {value for value in (ours, theirs) if value != was}
        clashes += len(changed) > 1
        assert _plain(name, shown[name]) in (changed or {was})
    assert len(told) == clashes


def _plain(name: str, text: str) -> str:
    """Amounts are shown in full."""
    return text.removesuffix(".00") if name == "amount" else text
