"""What a centre's plans of duty take, and what they refuse before it stands there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.errors import UserInputError
from desktop.domain.installation.duty_plan import (
    DutyShift,
    OnCall,
    check_shift,
    typed_contact,
)
from tests.support.clocks import START

SHIFT = DutyShift(START, START + timedelta(hours=12), "620101", "620102", ("620103", "620101"))


def test_a_shift_runs_from_its_first_instant_up_to_its_end() -> None:
    last = SHIFT.ends - timedelta(microseconds=1)
    earlier = SHIFT.begins - timedelta(microseconds=1)
    runs = [SHIFT.runs(at) for at in (earlier, SHIFT.begins, last, SHIFT.ends)]
    assert runs == [False, True, True, False]
    assert SHIFT.people == ("620101", "620102", "620103"), "everybody once, the leader first"
    assert replace(SHIFT, approver="", others=()).people == ("620101",)


@pytest.mark.parametrize(
    ("hours", "leader", "code"),
    [(0, "1", "times"), (-1, "1", "times"), (49, "1", "times"), (12, "", "leader")],
)
def test_a_shift_that_nobody_can_stand_is_refused(hours: int, leader: str, code: str) -> None:
    shift = replace(SHIFT, ends=START + timedelta(hours=hours), leader=leader)
    with pytest.raises(UserInputError, match=rf"^shift\.{code}$"):
        check_shift(shift)
    check_shift(replace(SHIFT, ends=START + timedelta(hours=48)))


def test_a_contact_is_tidied_and_has_a_number_that_can_be_dialled() -> None:
    contact = typed_contact(" 某银行 ", "值班台", "0931-8888888", "")
    assert contact == OnCall("某银行", "值班台", "0931-8888888")
    for unreadable in ("", "白天打"):
        with pytest.raises(UserInputError, match=r"^duty_phone\.unreadable$"):
            typed_contact("某银行", "值班台", unreadable, "")


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_contact_without_institution_or_desk_or_too_long_is_refused(place: int) -> None:
    typed = ["某银行", "值班台", "夜间"]
    typed[place] = "长" * 61
    with pytest.raises(UserInputError, match=r"^on_call\.incomplete$"):
        typed_contact(typed[0], typed[1], "0931-8888888", typed[2])
    typed[place] = " "
    if place < 2:
        with pytest.raises(UserInputError, match=r"^on_call\.incomplete$"):
            typed_contact(typed[0], typed[1], "0931-8888888", typed[2])
