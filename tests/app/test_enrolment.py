"""A second officer of a desk: enrolled by an administrator, with a password and rights of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.app.installation import Installation
from desktop.domain.errors import AppError, RuleError, UserInputError
from desktop.domain.officer import Officer, Permission, Role
from tests.support.installations import OFFICER, PASSWORD, make_desk

SECOND = Officer("620177", "赵敏", (Role.APPROVER,))
OWN = "Gan-su-1126-xyz!"


@pytest.fixture
def station(tmp_path: Path) -> Installation:
    return make_desk(tmp_path / "desk")


def test_an_enrolled_officer_signs_in_and_approves(station: Installation) -> None:
    station.sign_in(OFFICER, PASSWORD)
    station.enrol(SECOND, OWN)
    station.close()
    desk = station.sign_in(SECOND.number, OWN)
    assert desk.officer == SECOND
    assert desk.officer.may(Permission.APPROVE_ORDERS)
    with pytest.raises(RuleError, match=r"rights\.missing"):
        station.enrol(Officer("620188", "钱多", (Role.FRONT_DESK,)), OWN)
    station.close()


@pytest.mark.parametrize(
    ("officer", "password", "code"),
    [
        (Officer(OFFICER, "重号", (Role.APPROVER,)), OWN, "officer.exists"),
        (Officer("中文", "某人", (Role.APPROVER,)), OWN, "officer.number"),
        (Officer("620199", " ", (Role.APPROVER,)), OWN, "officer.name"),
        (Officer("620199", "某人", ()), OWN, "officer.roles"),
        (Officer("620199", "某人", (Role.APPROVER,)), "123", "password."),
    ],
)
def test_what_is_wrong_is_named_and_nobody_new_signs_in(
    station: Installation, officer: Officer, password: str, code: str
) -> None:
    station.sign_in(OFFICER, PASSWORD)
    before = station.key_file().officers()
    with pytest.raises(UserInputError) as refused:
        station.enrol(officer, password)
    assert refused.value.code.startswith(code)
    assert station.key_file().officers() == before
    station.close()


def test_a_slot_left_by_a_power_cut_is_taken_over(
    station: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = station.sign_in(OFFICER, PASSWORD)
    with monkeypatch.context() as broken:
        broken.setattr(type(desk.store), "write", _power_cut)
        with pytest.raises(OSError, match="cut"):
            station.enrol(SECOND, OWN)
    station.close()
    with pytest.raises(AppError, match=r"officer\.not_enrolled"):
        station.sign_in(SECOND.number, OWN)
    station.sign_in(OFFICER, PASSWORD)
    station.enrol(SECOND, f"{OWN}2")
    station.close()
    assert station.sign_in(SECOND.number, f"{OWN}2").officer == SECOND
    station.close()


def _power_cut(*_arguments: object) -> None:
    raise OSError("cut")
