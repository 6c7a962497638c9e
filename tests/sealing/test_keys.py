"""Device keys keep their secrets to themselves."""

from __future__ import annotations

import pytest

from desktop.sealing.fingerprint import device_id
from desktop.sealing.key_ring import KeyRing
from desktop.sealing.keys import DeviceKeys
from desktop.sealing.sshsig import parse_public_line, sign, verify


def test_round_trip_through_bytes() -> None:
    keys = DeviceKeys.generate()
    again = DeviceKeys.from_bytes(keys.to_bytes())
    assert again.to_bytes() == keys.to_bytes()
    assert again.device_id == keys.device_id == device_id(keys.public_raw)
    assert again.age.recipient == keys.age.recipient
    assert verify(b"x", sign(b"x", keys.signing, "n"), "n") == again.public_raw
    assert parse_public_line(keys.signing_line) == keys.public_raw


def test_every_desk_is_another() -> None:
    assert DeviceKeys.generate().device_id != DeviceKeys.generate().device_id


def test_nothing_prints_a_secret() -> None:
    keys = DeviceKeys.generate()
    assert repr(keys) == "DeviceKeys()"


@pytest.mark.parametrize("blob", [b"", b"FZDK1", b"FZDK2" + bytes(64), b"FZDK1" + bytes(65)])
def test_other_blobs_are_refused(blob: bytes) -> None:
    with pytest.raises(ValueError, match="blob"):
        DeviceKeys.from_bytes(blob)


def test_a_ring_holds_former_pairs_and_never_drops_the_one_in_use() -> None:
    first, second = DeviceKeys.generate(), DeviceKeys.generate()
    ring = KeyRing((first,), first.device_id)
    ring.add(second)
    ring.adopt(second.device_id)
    with pytest.raises(ValueError, match="in use"):
        ring.drop(second.device_id)
    assert ring.pair(first.device_id) is first
    ring.drop(first.device_id)
    with pytest.raises(KeyError):
        ring.pair(first.device_id)
    assert ring.held_or_current(first.device_id) is second


def test_a_pair_that_another_process_took_into_use_is_looked_for_and_followed() -> None:
    """Where nobody has it, the one in use stays."""
    first, second, nowhere = (DeviceKeys.generate() for _ in range(3))
    ring = KeyRing((first,))
    looked: list[bool] = []

    def look_again() -> bool:
        looked.append(True)
        if second.device_id not in ring.fingerprints:
            ring.add(second)
        return True

    ring.look_again = look_again
    ring.follow(first.device_id)
    assert (ring.current, looked) == (first, [])
    ring.follow(second.device_id)
    assert (ring.current, len(looked)) == (second, 1)
    ring.follow(nowhere.device_id)
    assert (ring.current, len(looked)) == (second, 2)
