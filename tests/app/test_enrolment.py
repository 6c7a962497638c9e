"""A second officer of a desk: enrolled by an administrator, with a password and rights of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypinyin import lazy_pinyin

from desktop.app.installation import Installation
from desktop.domain.errors import AppError, Cancelled, RuleError, UserInputError, WorldError
from desktop.domain.installation.officer import Officer, Permission, Role
from desktop.domain.installation.profile import FirstRun, InstallationRole
from desktop.journal.kinds import OFFICER_SIGNED_IN, PASSWORD_CHANGED, SIGN_IN_FAILED
from desktop.runtime.keys.key_document import read_document, write_document
from desktop.services.officers.dismiss_officer import dismiss_officer
from desktop.services.officers.enrol_officer import enrol_officer
from desktop.services.officers.own_password import change_own_password, give_password
from desktop.services.officers.recovery_code import new_recovery_code
from desktop.storage.transaction import SqlTransaction
from tests.support.ceremony import colleague
from tests.support.clocks import HandClock
from tests.support.error_texts import assert_error, refused
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk

SECOND = Officer("620177", "赵敏", (Role.APPROVER,))
GIVEN = "Gan-su-1126-xyz!"
OWN = "Only-mine-7-qqq"


@pytest.fixture
def station(tmp_path: Path) -> Installation:
    return make_desk(tmp_path / "desk")


def test_an_enrolled_officer_signs_in_and_approves(station: Installation) -> None:
    station.sign_in(OFFICER, PASSWORD)
    enrol_officer(station.session, SECOND, GIVEN)
    station.close()
    session = station.sign_in(SECOND.number, GIVEN, OWN)
    assert session.officer == SECOND
    assert session.officer.may(Permission.APPROVE_ORDERS)
    with pytest.raises(RuleError, match=r"rights\.missing"):
        enrol_officer(station.session, Officer("620188", "钱多", (Role.FRONT_DESK,)), OWN)
    station.close()


def test_what_an_administrator_gave_opens_nothing_and_proves_nothing(station: Installation) -> None:
    station.sign_in(OFFICER, PASSWORD)
    enrol_officer(station.session, SECOND, GIVEN)
    refused("password.initial", lambda: station.confirm(SECOND.number, GIVEN))
    station.close()
    for _ in range(2):
        refused("password.initial", lambda: station.sign_in(SECOND.number, GIVEN))
    refused("password.used_before", lambda: station.sign_in(SECOND.number, GIVEN, GIVEN))
    refused("password.too_short", lambda: station.sign_in(SECOND.number, GIVEN, "short"))
    named = "".join(lazy_pinyin(SECOND.name)).capitalize()
    refused("password.common", lambda: station.sign_in(SECOND.number, GIVEN, f"{named}-2026"))
    session = station.sign_in(SECOND.number, GIVEN, OWN)
    with session.store.read() as reader:
        *_, last = reader.entries(session.profile.device, 1, 99)
    assert (last.kind, last.officer) == (PASSWORD_CHANGED, SECOND.number)
    station.confirm(SECOND.number, OWN)
    station.close()
    refused("password.wrong", lambda: station.sign_in(SECOND.number, GIVEN))
    assert station.sign_in(SECOND.number, OWN).officer == SECOND
    station.close()


def test_an_older_program_enrolled_whoever_never_signed_in(station: Installation) -> None:
    """Its key file says nothing of initial passwords; who signed in already is left in peace."""
    station.sign_in(OFFICER, PASSWORD)
    enrol_officer(station.session, SECOND, GIVEN)
    station.close()
    document = read_document(station.paths.key_file)
    for slot in document["officers"].values():
        del slot["initial"]
    write_document(station.paths.key_file, document, structural=True)
    for _ in range(2):
        refused("password.initial", lambda: station.sign_in(SECOND.number, GIVEN))
    station.sign_in(OFFICER, PASSWORD)
    station.close()


def test_one_changes_the_own_password_and_an_old_one_is_pointed_out(tmp_path: Path) -> None:
    clock = HandClock()
    station = make_desk(tmp_path / "desk", own=machine(clock))
    clock.advance(days=91)
    station.sign_in(OFFICER, PASSWORD)
    (due,) = (one for one in station.warnings if one.code == "password.due")
    assert_error(due, "password.due")
    refused("password.wrong", lambda: change_own_password(station.session, OWN, OWN))
    change_own_password(station.session, PASSWORD, OWN)
    station.close()
    station.sign_in(OFFICER, OWN)
    assert not [one for one in station.warnings if one.code == "password.due"]
    station.close()


def test_who_left_signs_in_no_more_and_may_come_back(station: Installation) -> None:
    session = station.sign_in(OFFICER, PASSWORD)
    enrol_officer(station.session, SECOND, GIVEN)
    kept = station.paths.key_file.read_bytes()
    dismiss_officer(station.session, SECOND.number)
    refused("officer.unknown", lambda: station.confirm(SECOND.number, GIVEN))
    refused("officer.self", lambda: dismiss_officer(station.session, OFFICER))
    refused("officer.unknown", lambda: dismiss_officer(station.session, "999999"))
    with session.store.read() as reader:
        assert reader.officer(SECOND.number) == Officer(SECOND.number, SECOND.name, ())
    station.close()
    renewed = station.paths.key_file.read_bytes()
    station.paths.key_file.write_bytes(kept)  # an old copy of the key file brings nobody back
    refused("officer.not_enrolled", lambda: station.sign_in(SECOND.number, GIVEN, OWN))
    station.paths.key_file.write_bytes(renewed)
    station.sign_in(OFFICER, PASSWORD)
    enrol_officer(station.session, SECOND, GIVEN)
    station.close()
    assert station.sign_in(SECOND.number, GIVEN, OWN).officer == SECOND
    refused("rights.missing", lambda: dismiss_officer(station.session, OFFICER))
    refused("rights.missing", lambda: give_password(station.session, OFFICER, OWN))
    refused("rights.missing", lambda: new_recovery_code(station.session, str))
    station.close()


def test_a_forgotten_password_is_given_anew_and_a_lock_lifted(station: Installation) -> None:
    station.sign_in(OFFICER, PASSWORD)
    enrol_officer(station.session, SECOND, GIVEN)
    station.close()
    station.sign_in(SECOND.number, GIVEN, OWN)
    station.close()
    for _ in range(4):
        refused("password.wrong", lambda: station.sign_in(SECOND.number, "forgotten"))
    refused("password.locked", lambda: station.sign_in(SECOND.number, "forgotten"))
    station.sign_in(OFFICER, PASSWORD)
    session = station.session
    refused("second.needed", lambda: give_password(session, SECOND.number, f"{GIVEN}2"))
    refused("officer.self", lambda: give_password(session, OFFICER, OWN))
    give_password(session, SECOND.number, f"{GIVEN}2", colleague(session))
    station.close()
    refused("password.initial", lambda: station.sign_in(SECOND.number, f"{GIVEN}2"))
    station.sign_in(SECOND.number, f"{GIVEN}2", f"{OWN}2")
    station.close()


def test_a_new_code_takes_the_place_of_the_printed_one(tmp_path: Path) -> None:
    station = Installation(tmp_path / "desk", machine())
    first = FirstRun(
        InstallationRole.DESK, "620102540000", "张掖路派出所", "A", OFFICER, "王建国", PASSWORD
    )
    _, printed = station.create(first)
    station.sign_in(OFFICER, PASSWORD)
    with pytest.raises(WorldError, match=r"^disk\.failed$"):
        new_recovery_code(station.session, _out_of_paper)
    assert station.key_file().unlock_with_recovery(printed).master
    code = new_recovery_code(station.session, str)
    station.close()
    refused("recovery.wrong", lambda: station.recover(printed, OFFICER, OWN))
    station.recover(code, OFFICER, OWN)
    station.sign_in(OFFICER, OWN)
    station.close()


def _out_of_paper(_code: str) -> str:
    raise WorldError("disk.failed")


def test_wrong_passwords_stand_in_the_journal(station: Installation) -> None:
    for _ in range(2):
        refused("password.wrong", lambda: station.sign_in(OFFICER, OWN))
    session = station.sign_in(OFFICER, PASSWORD)
    with session.store.read() as reader:
        *_, failed, signed_in = reader.entries(session.profile.device, 1, 99)
    assert (failed.kind, failed.fields) == (SIGN_IN_FAILED, {"count": 2})
    assert signed_in.kind == OFFICER_SIGNED_IN
    station.close()


def test_a_sign_in_that_was_stopped_owes_the_journal_its_wrong_passwords(
    station: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_args: object) -> None:
        raise Cancelled

    refused("password.wrong", lambda: station.sign_in(OFFICER, OWN))
    with monkeypatch.context() as patch:
        patch.setattr("desktop.app.profile.bound_profile.open_store", stopped)
        with pytest.raises(Cancelled):
            station.sign_in(OFFICER, PASSWORD)
    refused("password.wrong", lambda: station.sign_in(OFFICER, OWN))
    counted = []
    for _ in range(2):
        session = station.sign_in(OFFICER, PASSWORD)
        with session.store.read() as reader:
            own = [*reader.entries(session.profile.device, 1, 99)]
        counted.append([item.fields["count"] for item in own if item.kind == SIGN_IN_FAILED])
        station.close()
    assert counted == [[2], [2]]


def test_the_journal_holds_wrong_passwords_of_whoever_gets_a_new_one_or_leaves(
    station: Installation,
) -> None:
    """One's own password, and one that an administrator gave."""
    session = station.sign_in(OFFICER, PASSWORD)
    enrol_officer(session, SECOND, GIVEN)
    refused("password.wrong", lambda: station.key_file().unlock(OFFICER, OWN))
    change_own_password(session, PASSWORD, f"{OWN}1")
    refused("password.wrong", lambda: station.key_file().unlock(SECOND.number, OWN))
    give_password(session, SECOND.number, f"{GIVEN}2", colleague(session))
    station.close()
    station.sign_in(SECOND.number, f"{GIVEN}2", f"{OWN}2")
    station.close()
    refused("password.wrong", lambda: station.key_file().unlock(SECOND.number, OWN))
    session = station.sign_in(OFFICER, f"{OWN}1")
    dismiss_officer(session, SECOND.number, colleague(session))
    with session.store.read() as reader:
        own = [*reader.entries(session.profile.device, 1, 99)]
    counted = [
        (item.subject.rpartition("/")[2], item.fields["count"])
        for item in own
        if item.kind == SIGN_IN_FAILED
    ]
    assert counted == [(SECOND.number, 1), (OFFICER, 1), (SECOND.number, 1)]
    station.close()


@pytest.mark.parametrize(
    ("officer", "password", "code"),
    [
        (Officer(OFFICER, "重号", (Role.APPROVER,)), GIVEN, "officer.exists"),
        (Officer("中文", "某人", (Role.APPROVER,)), GIVEN, "officer.number"),
        (Officer("620199", " ", (Role.APPROVER,)), GIVEN, "officer.name"),
        (Officer("620199", "某人", ()), GIVEN, "officer.roles"),
        (Officer("620199", "某人", (Role.APPROVER,)), "123", "password."),
    ],
)
def test_what_is_wrong_is_named_and_nobody_new_signs_in(
    station: Installation, officer: Officer, password: str, code: str
) -> None:
    station.sign_in(OFFICER, PASSWORD)
    before = station.key_file().officers()
    with pytest.raises(UserInputError) as refused:
        enrol_officer(station.session, officer, password)
    assert refused.value.code.startswith(code)
    assert station.key_file().officers() == before
    station.close()


def test_a_slot_left_by_a_power_cut_is_taken_over(
    station: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    station.sign_in(OFFICER, PASSWORD)
    with monkeypatch.context() as broken:
        broken.setattr(SqlTransaction, "append", _power_cut)
        with pytest.raises(OSError, match="cut"):
            enrol_officer(station.session, SECOND, GIVEN)
    station.close()
    with pytest.raises(AppError, match=r"officer\.not_enrolled"):
        station.sign_in(SECOND.number, GIVEN, OWN)
    station.sign_in(OFFICER, PASSWORD)
    enrol_officer(station.session, SECOND, f"{GIVEN}2")
    station.close()
    assert station.sign_in(SECOND.number, f"{GIVEN}2", f"{OWN}2").officer == SECOND
    station.close()


def _power_cut(*_arguments: object) -> None:
    raise OSError("cut")
