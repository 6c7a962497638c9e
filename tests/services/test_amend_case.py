"""Reopening a registered case, and deciding between two values of one field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.domain.case_file.views import Conflict, Contested
from desktop.domain.cases.case import CaseState, Visit
from desktop.domain.cases.intake import IdentifierText, IntakeForm, TransferText
from desktop.domain.cases.payments.transfer import Arrival, Certainty, Channel
from desktop.domain.cases.people.victim import VictimText
from desktop.domain.errors import UserInputError
from desktop.domain.identifiers import KINDS
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.amend_case import form_of, resolve_conflict
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.read_report import CERTAIN_FIELDS
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.health import check_health
from desktop.services.look_up import board, case_file, history
from desktop.services.session import Session
from tests.support.error_texts import assert_error
from tests.support.journals import length
from tests.support.sessions import a_form, take_seat

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.one_of(st.text("0123456789* -", max_size=22), WORDS)
TIMES = st.one_of(st.just(""), st.datetimes().map(lambda d: f"{d:%m-%d %H:%M:%S}"), WORDS)
AMOUNTS = st.one_of(st.just(""), st.integers(0, 10**15).map(str), st.just("9.8万"), WORDS)
CERTAIN = st.dictionaries(st.sampled_from(CERTAIN_FIELDS), st.sampled_from(Certainty))
LINE = st.builds(
    TransferText,
    id=st.just(""),
    time=TIMES,
    amount=AMOUNTS,
    channel=st.sampled_from(["", *Channel]),
    arrival=st.sampled_from(["", *Arrival]),
    payer_name=WORDS,
    payer_account=NUMBERS,
    payer_bank=WORDS,
    payee_name=WORDS,
    payee_account=NUMBERS,
    payee_bank=WORDS,
    order_number=NUMBERS,
    serial=NUMBERS,
    certainty=CERTAIN.map(lambda known: tuple(known.items())),
)
CLUE = st.builds(
    IdentifierText, id=st.just(""), kind=st.sampled_from(["", *KINDS]), value=NUMBERS, note=WORDS
)
FORM = st.builds(
    IntakeForm,
    case_id=st.just(""),
    visit=st.sampled_from(Visit),
    victim=st.builds(VictimText, st.just("李秀兰"), st.sampled_from(KINDS), NUMBERS, NUMBERS, WORDS),
    transfers=st.lists(LINE, max_size=3).map(tuple),
    type=st.sampled_from(["", "T01", "T13"]),
    narrative=WORDS,
    identifiers=st.lists(CLUE, max_size=3).map(tuple),
    answers=st.dictionaries(WORDS, WORDS, max_size=3).map(lambda known: tuple(known.items())),
)  # fmt: skip


@pytest.fixture(scope="module")
def open_desk(quick_disk: Path) -> Iterator[Session]:
    seat = take_seat(quick_disk / "amending", "A")
    yield seat.session
    seat.session.store.close()


def with_ids(session: Session, form: IntakeForm) -> IntakeForm:
    new = session.ids.new_id
    return replace(
        form,
        case_id=new(),
        transfers=tuple(replace(line, id=new()) for line in form.transfers),
        identifiers=tuple(replace(clue, id=new()) for clue in form.identifiers),
    )


UNSEEN_PAYER = IntakeForm(
    case_id="",
    victim=VictimText(name="李秀兰"),
    transfers=(TransferText(id="", payer_name="\xad", serial="0"),),
)
WITH_NUL = IntakeForm(case_id="", identifiers=(IdentifierText("", "resident_id", "0\0", "x\0y"),))


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(FORM)
@example(WITH_NUL)
@example(UNSEEN_PAYER)
def test_reopening_and_registering_again_changes_nothing(
    open_desk: Session, form: IntakeForm
) -> None:
    typed = with_ids(open_desk, form)
    case = register_report(open_desk, typed).case
    before = length(open_desk)
    again = form_of(open_desk, case)
    assert again.case_id == typed.case_id
    register_report(open_desk, replace(again, base=None))  # judged against the journal itself
    assert length(open_desk) == before
    assert form_of(open_desk, case) == again


def test_what_was_typed_comes_back_as_it_is_shown(session: Session) -> None:
    form = a_form(session, answers=(("still_in_contact", "否"),))
    line = replace(form.transfers[0], certainty=(("payee_name", "told"),))
    form = replace(form, transfers=(line,))
    case = register_report(session, form).case
    expected = replace(form, transfers=(replace(line, payer_name="李秀兰"),))
    assert form_of(session, case) == expected


def test_an_unfinished_draft_goes_before_the_register(session: Session) -> None:
    form = a_form(session)
    register_report(session, form)
    newer = replace(form, narrative="还没写完")
    with session.store.write() as transaction:
        transaction.save_draft(newer, "620134")
    assert form_of(session, CaseId(form.case_id)) == newer


@pytest.fixture
def quarrel(session: Session, centre: Session, quick_folder: Path) -> CaseId:
    """The desk and the centre move one case without knowing of each other; the centre learns of it."""
    case = register_report(session, a_form(session)).case
    for state, name in ((None, "one"), (CaseState.CLOSED, "two")):
        if state:
            move_case(centre, case, CaseState.FROZEN)
            move_case(session, case, state)
        (quick_folder / name).mkdir()
        export_bundle(session, quick_folder / name, SILENT)
        ingest(centre, Quarantine(quick_folder / "no"), [quick_folder / name], SILENT)
    return case


@pytest.mark.usefixtures("free_centre")
def test_a_person_decides_between_two_values(centre: Session, quarrel: CaseId) -> None:
    subject = f"case/{quarrel}"
    (conflict,) = case_file(centre, quarrel).conflicts
    assert (conflict.subject, conflict.field) == (subject, "state")
    assert {told.value for told in conflict.values} == {"frozen", "closed"}
    assert conflict.values[0].value == case_file(centre, quarrel).case.state
    assert board(centre)[0].conflicts == 1
    other = conflict.values[1].value
    resolve_conflict(centre, conflict, other)
    file = case_file(centre, quarrel)
    assert (file.case.state, file.conflicts) == (other, ())
    assert board(centre)[0].conflicts == 0
    moves = [row for row in history(centre, quarrel) if row.kind in {"case.moved", "case.amended"}]
    assert len(moves) == 3, "both values and the decision stay in the history"
    assert check_health(centre, SILENT) == ()


def test_a_conflict_that_is_gone(session: Session) -> None:
    case = register_report(session, a_form(session)).case
    with pytest.raises(UserInputError) as caught:
        resolve_conflict(session, Conflict(f"case/{case}", "weather", (Contested("fine"),)), "fine")
    assert_error(caught.value, "conflict.unknown")
