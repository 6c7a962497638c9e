"""The key file: who opens it, who does not, and what a damaged one is told apart from."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Never

import pytest

from desktop.domain.errors import AppError, RuleError, UserInputError, WorldError
from desktop.runtime.keys.key_document import Document, copy_of, write_document
from desktop.runtime.keys.key_file import KeyFile
from desktop.runtime.keys.key_wrap import KdfCost
from desktop.runtime.keys.passwords import PasswordPolicy
from tests.support.clocks import HandClock
from tests.support.failing_disk import failing_disk

QUICK = KdfCost(memory_kib=8, time_cost=1)
POLICY = PasswordPolicy(10, 3, 90, 2, 3, 15)
SECRETS = {"database": bytes(range(32)), "vault": b"AGE-SECRET-KEY-1", "": b""}
PASSWORD = "Lantern-07-river"
OTHER = "Harbour-11-stone"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def keys(tmp_path: Path, clock: HandClock) -> KeyFile:
    return KeyFile(tmp_path / "keys.json", clock, POLICY, QUICK)


@pytest.fixture
def code(keys: KeyFile) -> str:
    return keys.create("620001", PASSWORD, SECRETS)


def refusal(call: Callable[..., object], *args: object) -> str:
    with pytest.raises(AppError) as caught:
        call(*args)
    return caught.value.code


def test_password_code_and_escrow_open_the_same_secrets(keys: KeyFile, code: str) -> None:
    opened = keys.unlock("620001", PASSWORD)
    keys.set_escrow(opened, lambda master: b"sealed" + master[::-1])
    by_code = keys.unlock_with_recovery(code.lower().replace("-", " "))
    by_escrow = keys.unlock_with_escrow(lambda sealed: sealed[6:][::-1])
    assert opened.secrets == by_code.secrets == by_escrow.secrets == SECRETS
    assert opened.officer == "620001"
    assert by_code.officer == ""


def test_no_secret_stands_in_the_file_or_in_a_printed_record(keys: KeyFile, code: str) -> None:
    opened = keys.unlock("620001", PASSWORD)
    text = keys.path.read_text()
    for secret in (PASSWORD, code, "AGE-SECRET-KEY-1", opened.master.hex()):
        assert secret not in text
        assert secret not in repr(opened)
    assert keys.path.stat().st_mode & 0o077 == 0


def test_wrong_passwords_lock_and_the_lock_survives_a_restart(
    keys: KeyFile, code: str, clock: HandClock, tmp_path: Path
) -> None:
    with pytest.raises(UserInputError) as first:
        keys.unlock("620001", "wrong")
    assert first.value.params["tries"] == 2
    assert refusal(keys.unlock, "620001", "wrong") == "password.wrong"
    assert refusal(keys.unlock, "620001", "wrong") == "password.locked"
    again = KeyFile(keys.path, clock, POLICY, QUICK)
    clock.advance(minutes=14, seconds=30)
    with pytest.raises(RuleError) as locked:
        again.unlock("620001", PASSWORD)
    assert locked.value.params["minutes"] == 1
    clock.advance(minutes=1)
    assert again.unlock("620001", PASSWORD).failures_before == 3
    assert again.unlock("620001", PASSWORD).failures_before == 0


def test_a_clock_set_back_does_not_lock_for_longer(
    keys: KeyFile, code: str, clock: HandClock
) -> None:
    for _ in range(3):
        refusal(keys.unlock, "620001", "wrong")
    clock.advance(days=-400)
    with pytest.raises(RuleError) as locked:
        keys.unlock("620001", PASSWORD)
    assert locked.value.params["minutes"] == 15


def test_the_failure_is_on_disk_before_the_password_is_tried(
    keys: KeyFile, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled(*_: object) -> Never:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("desktop.runtime.keys.key_slots.password_key", pulled)
        with pytest.raises(KeyboardInterrupt):
            keys.unlock("620001", "guess")
    assert keys.unlock("620001", PASSWORD).failures_before == 1


def test_last_sign_in_is_returned(keys: KeyFile, code: str, clock: HandClock) -> None:
    first = clock.now()
    assert keys.unlock("620001", PASSWORD).last_sign_in is None
    clock.advance(hours=3)
    assert keys.unlock("620001", PASSWORD).last_sign_in == first


def test_officers_come_and_go(keys: KeyFile, code: str) -> None:
    opened = keys.unlock("620001", PASSWORD)
    keys.add_officer(opened, "620002", OTHER)
    assert keys.officers() == ("620001", "620002")
    assert refusal(keys.add_officer, opened, "620002", OTHER) == "officer.exists"
    second = keys.unlock("620002", OTHER)
    assert second.secrets == SECRETS
    keys.remove_officer(second, "620001")
    assert refusal(keys.unlock, "620001", PASSWORD) == "officer.unknown"
    assert refusal(keys.remove_officer, second, "620002") == "officer.last"


def test_wrong_passwords_typed_while_others_are_recorded_stay_owed(
    keys: KeyFile, code: str
) -> None:
    assert refusal(keys.unlock, "620001", OTHER) == "password.wrong"
    recorded = keys.unrecorded("620001")
    assert refusal(keys.unlock, "620001", OTHER) == "password.wrong"
    keys.mark_recorded("620001", recorded)
    assert keys.unrecorded("620001") == 1
    recorded = keys.unlock("620001", PASSWORD).failures_unrecorded
    assert refusal(keys.unlock, "620001", OTHER) == "password.wrong"
    keys.mark_recorded("620001", recorded)
    assert (recorded, keys.unrecorded("620001")) == (1, 1)


def test_a_slot_opens_only_under_its_own_number(keys: KeyFile, code: str) -> None:
    keys.add_officer(keys.unlock("620001", PASSWORD), "620002", OTHER)
    document = json.loads(keys.path.read_text())
    slots = document["officers"]
    slots["620001"], slots["620002"] = slots["620002"], slots["620001"]
    rewrite(keys, document)
    assert refusal(keys.unlock, "620001", OTHER) == "password.wrong"


def rewrite(keys: KeyFile, document: Document) -> None:
    write_document(keys.path, document, structural=False)


def test_a_changed_password_opens_and_the_former_ones_may_not_return(
    keys: KeyFile, code: str
) -> None:
    keys.change_password("620001", PASSWORD, OTHER)
    assert refusal(keys.unlock, "620001", PASSWORD) == "password.wrong"
    assert refusal(keys.change_password, "620001", OTHER, OTHER) == "password.used_before"
    assert refusal(keys.change_password, "620001", OTHER, PASSWORD) == "password.used_before"
    keys.change_password("620001", OTHER, "Meadow-12-cloud")
    keys.change_password("620001", "Meadow-12-cloud", PASSWORD)  # two in between are enough
    assert keys.unlock("620001", PASSWORD).secrets == SECRETS


def test_recovery_sets_a_new_password_and_lifts_the_lock(keys: KeyFile, code: str) -> None:
    for _ in range(3):
        refusal(keys.unlock, "620001", "wrong")
    keys.set_password(keys.unlock_with_recovery(code), "620001", OTHER)
    assert keys.unlock("620001", OTHER).secrets == SECRETS


def test_only_the_newest_recovery_code_opens(keys: KeyFile, code: str) -> None:
    newer = keys.new_recovery_code(keys.unlock("620001", PASSWORD), str)
    assert refusal(keys.unlock_with_recovery, code) == "recovery.wrong"
    assert keys.unlock_with_recovery(newer).secrets == SECRETS
    mistyped = ("1" if newer[0] != "1" else "2") + newer[1:]
    assert refusal(keys.unlock_with_recovery, mistyped) == "recovery.mistyped"


def test_secrets_can_be_replaced(keys: KeyFile, code: str) -> None:
    opened = keys.replace_secrets(keys.unlock("620001", PASSWORD), {"database": b"new"})
    assert opened.secrets == {"database": b"new"}
    assert keys.unlock_with_recovery(code).secrets == {"database": b"new"}


def test_passwords_get_old(keys: KeyFile, code: str, clock: HandClock) -> None:
    assert not keys.unlock("620001", PASSWORD).password_due
    clock.advance(days=91)
    assert keys.unlock("620001", PASSWORD).password_due


def test_full_width_typing_is_the_same_password(keys: KeyFile, code: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in PASSWORD)
    assert keys.unlock("620001", wide).secrets == SECRETS


def test_an_existing_file_is_not_made_anew(keys: KeyFile, code: str) -> None:
    assert refusal(keys.create, "620009", OTHER, {}) == "keyfile.exists"


def test_every_flipped_byte_and_every_half_copy_is_damage(keys: KeyFile, code: str) -> None:
    whole = keys.path.read_bytes()
    for place in range(0, len(whole), 37):
        keys.path.write_bytes(whole[:place])
        assert refusal(keys.unlock, "620001", PASSWORD) == "keyfile.damaged"
        altered = bytearray(whole)
        altered[place] ^= 0x04
        if bytes(altered[place : place + 1]).isspace() == whole[place : place + 1].isspace():
            keys.path.write_bytes(altered)
            assert refusal(keys.unlock, "620001", PASSWORD) == "keyfile.damaged"
    assert copy_of(keys.path).read_bytes() == whole


def test_the_copy_replaces_a_damaged_file(keys: KeyFile, code: str) -> None:
    keys.path.write_bytes(b"")
    copy_of(keys.path).replace(keys.path)
    assert keys.unlock("620001", PASSWORD).secrets == SECRETS


def test_missing_and_newer_are_distinguished(keys: KeyFile, code: str) -> None:
    document = json.loads(keys.path.read_text())
    document["version"] = 2
    rewrite(keys, document)
    assert refusal(keys.unlock, "620001", PASSWORD) == "keyfile.newer"
    keys.path.unlink()
    assert refusal(keys.unlock, "620001", PASSWORD) == "keyfile.missing"


def test_a_doctored_cost_does_not_eat_the_memory(keys: KeyFile, code: str) -> None:
    document = json.loads(keys.path.read_text())
    document["officers"]["620001"]["kdf"]["memory_kib"] = 1 << 30
    rewrite(keys, document)
    assert refusal(keys.unlock, "620001", PASSWORD) == "keyfile.damaged"


def test_a_failed_write_leaves_the_former_file(
    keys: KeyFile, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = keys.unlock("620001", PASSWORD)
    before = keys.path.read_bytes()

    def full(_descriptor: int) -> Never:
        raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(WorldError) as caught:
            keys.add_officer(opened, "620002", OTHER)
    assert caught.value.code == "disk.full"
    assert keys.path.read_bytes() == before
    assert sorted(file.name for file in keys.path.parent.iterdir()) == [
        "keys.json",
        "keys.json.bak",
        "keys.json.lock",
    ]


@pytest.mark.parametrize("number", range(1, 6))
def test_a_code_that_could_not_be_kept_leaves_the_printed_one(
    keys: KeyFile, code: str, number: int
) -> None:
    """Whichever write the disk refuses: nobody was shown the new one."""
    opened = keys.unlock("620001", PASSWORD)
    with failing_disk(number), pytest.raises(WorldError, match=r"^disk\.full$"):
        keys.new_recovery_code(opened, str)
    assert keys.unlock_with_recovery(code).secrets == SECRETS


def test_the_real_cost_opens_too(tmp_path: Path, clock: HandClock) -> None:
    keys = KeyFile(tmp_path / "keys.json", clock, PasswordPolicy.from_rules())
    keys.create("620001", PASSWORD, SECRETS)
    kdf = json.loads(keys.path.read_text())["officers"]["620001"]["kdf"]
    assert (kdf["memory_kib"], kdf["time_cost"], kdf["parallelism"]) == (65536, 3, 1)
    assert keys.unlock("620001", PASSWORD).secrets == SECRETS


def test_a_lock_set_in_another_year_ends_after_the_usual_time(
    keys: KeyFile, code: str, clock: HandClock
) -> None:
    clock.advance(days=365 * 73)
    for _ in range(3):
        refusal(keys.unlock, "620001", "wrong")
    clock.advance(days=-365 * 73)
    assert refusal(keys.unlock, "620001", PASSWORD) == "password.locked"
    clock.advance(minutes=14)
    assert refusal(keys.unlock, "620001", PASSWORD) == "password.locked"
    clock.advance(minutes=2)
    assert keys.unlock("620001", PASSWORD).failures_before == 3
