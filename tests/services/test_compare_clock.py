"""The device's clock against the official time: what is typed, what is kept, what is carried."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import UserInputError
from desktop.domain.installation.clock_offset import read_official
from desktop.domain.progress import SILENT
from desktop.domain.time.local_time import CHINA
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.compare_clock import (
    clock_behind,
    clock_is_off,
    clock_offset,
    compare_clock,
)
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import receive_all
from desktop.services.look_up import case_file
from desktop.services.session import Session
from tests.support.clocks import HandClock
from tests.support.error_texts import assert_error
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk
from tests.support.sessions import a_form


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("10:31:07", 0),
        ("10:31:20", 13),
        ("10:30:00", -67),
        ("103120", 13),
        ("23:59:59", -37868),  # yesterday, as that is nearer
        ("2026-11-24 10:31:20", 13),
        ("2026-12-24 10:31:20", 30 * 86400 + 13),
    ],
)
def test_what_is_typed_is_the_nearest_such_time(session: Session, typed: str, seconds: int) -> None:
    offset = compare_clock(session, typed)
    assert offset.seconds == seconds
    assert clock_offset(session) == offset
    assert offset.official(session.clock.now()) == session.clock.now() + timedelta(
        seconds=offset.seconds
    )
    assert clock_is_off(session, offset) is (abs(offset.seconds) > 60)


def test_what_is_no_time_is_refused(session: Session) -> None:
    for typed in ("", "now", "25:00:00"):
        with pytest.raises(UserInputError) as caught:
            compare_clock(session, typed)
        assert_error(caught.value, "clock.unreadable")
    assert clock_offset(session) is None


@given(
    st.datetimes(datetime.fromisoformat("2025-01-01"), datetime.fromisoformat("2030-01-01")),
    st.integers(-43000, 43000),
)
def test_a_time_of_day_is_read_over_midnight_too(moment: datetime, off: int) -> None:
    device = moment.replace(microsecond=0, tzinfo=UTC)
    official = device + timedelta(seconds=off)
    assert read_official(f"{official.astimezone(CHINA):%H:%M:%S}", device) == official


def test_the_offset_travels_to_the_centre(
    session: Session, centre: Session, quick_folder: Path
) -> None:
    compare_clock(session, "10:31:20")
    register_report(session, a_form(session))
    (quick_folder / "stick").mkdir()
    export_bundle(session, quick_folder / "stick", SILENT)
    receive_all(centre, [quick_folder / "stick"], SILENT, dry_run=False)
    with centre.store.read() as reader:
        fields = reader.current(f"device/{session.profile.device}")
    assert fields["clock.offset_s"] == 13


def test_every_sign_in_says_how_far_the_clock_is_off(tmp_path: Path) -> None:
    clock = HandClock()
    installation = make_desk(tmp_path / "desk", own=machine(clock))
    compare_clock(installation.sign_in(OFFICER, PASSWORD), "10:31:20")
    installation.close()
    session = installation.sign_in(OFFICER, PASSWORD)
    with session.store.read() as reader:
        stream, last = next(iter(reader.heads().items()))
        entry = list(reader.entries(stream, last, last))[-1]
    installation.close()
    assert entry.kind == "officer.signed_in"
    assert entry.fields["clock.offset_s"] == 13


def test_papers_state_a_clock_that_is_off_enough_to_matter(session: Session) -> None:
    case = register_report(session, a_form(session)).case
    file = case_file(session, case)
    assert clock_behind(session, file) is None, "nobody compared"
    compare_clock(session, "10:31:20")
    assert clock_behind(session, file) is None, "13 seconds do not matter"
    offset = compare_clock(session, "10:35:00")
    assert clock_behind(session, file) == offset
    other = replace(file.case, number=file.case.number.replace("-A-", "-B-"))
    assert clock_behind(session, replace(file, case=other)) is None, "another desk took those times"
