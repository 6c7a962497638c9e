"""The made-up desks that screens are measured on: what stands in them, and that every program would take it in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from desktop.app.installation import Installation
from desktop.bench.desks.make_desk import PASSWORD, make_desk
from desktop.bench.desks.varied_cases import OFFICERS, VariedCase, VariedCases
from desktop.domain.cases.case import CaseState
from desktop.domain.ids import DeviceId
from desktop.domain.installation.profile import InstallationRole, Profile
from desktop.domain.progress import SILENT
from desktop.journal.kinds import IDENTIFIER_RECORDED, ORDER_ISSUED, TRANSFER_RECORDED
from desktop.services.look_up import board
from desktop.services.series.find_series import find_series

_PROFILE = Profile(InstallationRole.DESK, "620102540000", "测速", "A", DeviceId("A" * 16))
_UNTIL = datetime(2026, 12, 1, tzinfo=UTC)


def _cases(seed: int, count: int) -> list[VariedCase]:
    return list(VariedCases(_PROFILE, seed, count, _UNTIL))


def test_a_seed_makes_the_same_cases_and_another_makes_others() -> None:
    assert _cases(1, 40) == _cases(1, 40)
    stories = {str(case.first[0].fields["narrative"]) for case in _cases(1, 40) + _cases(2, 40)}
    assert len(stories) == 80


def test_a_case_has_what_one_has_at_a_desk() -> None:
    cases = _cases(3, 400)
    said = [new.kind for case in cases for new in (*case.first, *case.later)]
    assert 2 <= said.count(TRANSFER_RECORDED) / 400 <= 3
    assert said.count(IDENTIFIER_RECORDED) == 400
    assert 0.6 <= said.count(ORDER_ISSUED) / 400 <= 0.8
    stories = [len(str(case.first[0].fields["narrative"])) for case in cases]
    assert 110 <= sum(stories) / 400 <= 190
    assert [case.at for case in cases] == sorted(case.at for case in cases)


def test_a_desk_holds_nothing_that_would_be_refused(tmp_path: Path) -> None:
    make_desk(tmp_path / "desk", 300, 7, SILENT)
    installation = Installation(tmp_path / "desk")
    session = installation.sign_in(OFFICERS[0], PASSWORD)
    try:
        assert session.store.verify(SILENT) == ()
        assert session.store.overreach(SILENT) == ()
        assert len(board(session)) == 300
        assert {card.state for card in board(session)} == set(CaseState)
        assert find_series(session).series
    finally:
        installation.close()
