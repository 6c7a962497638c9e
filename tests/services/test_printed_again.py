"""A paper that was signed is printed again as it was signed, and its foot says which version it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.exchange.volumes import BlobRef
from desktop.domain.ids import CaseId, PaperId
from desktop.domain.papers.paper import (
    Paper,
    PaperState,
    Signing,
    next_version,
    signing_of,
    versions,
)
from desktop.domain.records.fields import Json
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file
from desktop.services.orders.issue_order import issue_stop
from desktop.services.papers.draft_paper import draft_paper, edit_paper
from desktop.services.papers.draw_form import draw_form, draw_stop_form, signed_version
from desktop.services.papers.read_paper import spec_of
from desktop.services.papers.replace_paper import replace_paper, withdraw_paper
from desktop.services.papers.show_paper import preview_paper
from desktop.services.papers.sign_paper import sign_paper
from desktop.services.session import Session
from tests.documents.drawn_papers import FORMS, cases, printer
from tests.documents.making import new_papers
from tests.documents.pdf_text import all_text
from tests.support.clocks import HandClock
from tests.support.papers import empty_places
from tests.support.sessions import a_form, take_seat

FORM = "acceptance_receipt"


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Session, HandClock]:
    clock = HandClock()
    made = take_seat(tmp_path / "desk", "A", clock=clock).session
    return replace(made, papers=new_papers()), clock


def signed(session: Session, paper: Paper) -> Paper:
    edit_paper(session, paper.id, {}, dict.fromkeys(empty_places(session, paper.id), "not_needed"))
    return sign_paper(session, paper.id)


def rename(session: Session, case: CaseId, name: str) -> None:
    form = form_of(session, case)
    register_report(session, replace(form, victim=replace(form.victim, name=name)))


def test_a_reprint_keeps_its_text_and_says_its_version(desk: tuple[Session, HandClock]) -> None:
    session, clock = desk
    case = register_report(session, a_form(session)).case
    first = signed(session, draft_paper(session, case, FORM))
    once = draw_form(session, FORM, case)
    assert "第1版" in all_text(once.data)
    assert "打印时间" not in all_text(once.data)
    clock.advance(days=3)
    rename(session, case, "别人")
    assert draw_form(session, FORM, case).data == once.data

    second = replace_paper(session, first.id, "姓名改正")
    assert "打印时间" in all_text(preview_paper(session, second.id).data), "a draft has no version"
    signed(session, second)
    again = draw_form(session, FORM, case)
    assert "第2版" in all_text(again.data)
    assert "别人" in all_text(again.data)
    assert draw_form(session, FORM, case, version=1).data == once.data
    shown = signed_version(session, draw_form(session, FORM, case, version=1))
    assert shown is not None
    assert (shown.version, shown.paper.state) == (1, PaperState.SUPERSEDED)

    withdraw_paper(session, second.id, "报案人撤回")
    assert draw_form(session, FORM, case, version=2).data == again.data
    assert signed_version(session, draw_form(session, FORM, case)) is None, "none counts"
    third = signed(session, draft_paper(session, case, FORM))
    assert third.signed is not None
    assert third.signed.version == 3, "a number that was given is given to no other paper"
    for wanted in (4, -1):
        with pytest.raises(UserInputError) as caught:
            draw_form(session, FORM, case, version=wanted)
        assert caught.value.code == "paper.no_version"


def test_the_stop_form_of_an_order_is_the_signed_one(desk: tuple[Session, HandClock]) -> None:
    session, _ = desk
    case = issue_stop(session, a_form(session), 0, confirmed=True).case
    (view,) = case_file(session, case).orders
    about = f"order/{view.order.id}"
    draft = draft_paper(session, case, "stop_application", about=about)
    assert "第1版" not in all_text(draw_stop_form(session, view.order.number).data)
    signed(session, draft)
    rename(session, case, "别人")
    text = all_text(draw_stop_form(session, view.order.number).data)
    assert "第1版" in text
    assert "别人" not in text


def test_what_was_signed_elsewhere_is_named_and_a_new_version_prints(
    desk: tuple[Session, HandClock],
) -> None:
    """The order and the record of the signing came from another desk, the file did not."""
    session, _ = desk
    issued = issue_stop(session, a_form(session), 0, confirmed=True)
    about = f"order/{issued.order.id}"
    first = signed(session, draft_paper(session, issued.case, "stop_application", about=about))
    assert first.signed is not None
    for blob in (first.signed.pdf, first.signed.record):
        stored = session.vault.file_of(blob.sha256)
        assert stored is not None
        stored.unlink()
    with pytest.raises(WorldError) as caught:
        draw_stop_form(session, issued.order.number)
    assert caught.value.code == "paper.not_here"
    signed(session, replace_paper(session, first.id, "原件在另一台机器"))
    assert "第2版" in all_text(draw_stop_form(session, issued.order.number).data)


def test_every_form_that_can_be_signed_says_its_version(desk: tuple[Session, HandClock]) -> None:
    """A template that shows the time of printing shows the version in its place."""
    session, _ = desk
    silent = []
    for form in FORMS:
        assert spec_of(session, form)
        facts = replace(cases()["adult"].paper_facts(form), version=12)
        if "第12版" not in all_text(printer().render(form, facts).data):
            silent.append(form)
    assert silent == []


@pytest.mark.parametrize(("form", "said"), [(FORM, "第12版"), ("guidance", "Version12")])
def test_a_version_is_written_in_the_language_of_its_paper(form: str, said: str) -> None:
    """Where the windows are in English: a prescribed form stays Chinese, the desk's own sheet follows them."""
    facts = replace(cases()["adult"].paper_facts(form), version=12)
    assert said in all_text(new_papers("en").render(form, facts).data)


BLOB = BlobRef("0" * 64, 1, "")
AT = datetime.fromisoformat("2026-11-24T02:00:00+00:00")


def a_paper(number: int, version: int | None) -> Paper:
    """Signed in this order where ``version`` is its own, a draft without."""
    at = AT + timedelta(minutes=number)
    signing = None if version is None else Signing(at, "620134", BLOB, BLOB, 1, version=version)
    return Paper(PaperId(f"p{number}"), FORM, "local", AT, signed=signing)


@given(st.lists(st.one_of(st.none(), st.integers(0, 6), st.sampled_from((9998, 9999))), max_size=6))
def test_the_next_version_is_borne_by_no_paper(stated: Sequence[int | None]) -> None:
    papers = [a_paper(number, one) for number, one in enumerate(stated)]
    given_before = {version for version, _ in versions(papers, FORM, "")}
    following = next_version(papers, FORM, "")
    assert following not in given_before
    assert len(given_before) < following <= 9999, "a greater one is read as none"
    assert next_version(papers, FORM, "order/x") == 1


@given(st.one_of(st.none(), st.booleans(), st.text(), st.integers(), st.just(10**5000)))
def test_whatever_a_bundle_calls_a_version_can_be_shown(value: Json) -> None:
    fields = {**Signing(AT, "620134", BLOB, BLOB, 1).to_json(), "version": value}
    found = signing_of(fields)
    assert found is not None
    assert 0 <= found.version <= 9999
