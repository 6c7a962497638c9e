"""A number that a second person read aloud: confirmed, kept with the draft, recorded, stale when it changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.intake import ReadAloudText, form_from_json
from desktop.domain.cases.read_aloud import compared, groups_to_read, reading_of
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.time.clock import to_wire
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.read_aloud import read_aloud, record_read_aloud
from desktop.services.look_up import case_file, history
from desktop.services.session import Session
from tests.support.clocks import HandClock
from tests.support.sessions import a_form

CARD = "6230 5200 1003 7788 994"


def recorded(session: Session, number: str, reader: str) -> ReadAloudText:
    done = read_aloud(session, number, reader)
    return ReadAloudText(done.id, done.number, done.reader, done.officer, to_wire(done.at))


def test_what_was_read_before_registering_is_recorded_with_its_own_time(session: Session) -> None:
    form = replace(a_form(session), read_aloud=(recorded(session, CARD, "李静"),))
    read_at = session.clock.now()
    assert form_from_json(form.to_json()) == form
    assert isinstance(session.clock, HandClock)
    session.clock.advance(minutes=4)
    case = register_report(session, form).case
    (found,) = case_file(session, case).readings
    assert (found.number, found.reader, found.at) == ("6230520010037788994", "李静", read_at)
    assert found.officer == session.officer.number
    assert reading_of(case_file(session, case).readings, "6230-5200 1003 7788 994") == found


def test_registering_again_says_nothing_new(session: Session) -> None:
    form = replace(a_form(session), read_aloud=(recorded(session, CARD, "李静"),))
    case = register_report(session, form).case
    before = len(history(session, case))
    register_report(session, form_of(session, case))
    assert len(history(session, case)) == before


def test_a_registered_number_is_read_on_the_case_page(session: Session) -> None:
    case = register_report(session, a_form(session)).case
    record_read_aloud(session, case, "139 1936 4417", "620188")
    assert history(session, case)[-1].kind == "number.read_aloud"
    readings = case_file(session, case).readings
    assert reading_of(readings, "13919364417") is not None
    assert (
        reading_of(readings, "13919364418") is None
    )  # whoever changes a digit has an unread number


@pytest.mark.parametrize("reader", ["620134", " 王建国 "])
def test_nobody_reads_to_himself(session: Session, reader: str) -> None:
    assert reader.strip() in (session.officer.number, session.officer.name)
    with pytest.raises(RuleError) as caught:
        read_aloud(session, CARD, reader)
    assert caught.value.code == "read_aloud.same_person"


@pytest.mark.parametrize(
    ("number", "reader", "code"),
    [(" ", "李静", "read_aloud.nothing"), (CARD, " ", "read_aloud.nobody")],
)
def test_number_and_reader_are_needed(
    session: Session, number: str, reader: str, code: str
) -> None:
    with pytest.raises(UserInputError) as caught:
        read_aloud(session, number, reader)
    assert caught.value.code == code


def test_a_case_that_is_not_there(session: Session) -> None:
    with pytest.raises(UserInputError) as caught:
        record_read_aloud(session, CaseId("0" * 32), CARD, "李静")
    assert caught.value.code == "case.unknown"


@pytest.mark.parametrize(
    ("number", "groups"),
    [
        (CARD, ("6230", "5200", "1003", "7788", "994")),
        ("139 1936 4417", ("139", "1936", "4417")),
        ("62010219680415204x", ("620102", "1968", "0415", "204X")),
        ("", ()),
    ],
)
def test_numbers_are_said_in_groups(number: str, groups: tuple[str, ...]) -> None:
    assert groups_to_read(number) == groups


@given(st.text(max_size=40))
def test_groups_lose_no_character(number: str) -> None:
    assert "".join(groups_to_read(number)) == compared(number)
    assert reading_of((), number) is None
