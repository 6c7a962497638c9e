"""What a PC of a centre seals to: the newest key of the centre, whatever earlier ones it hears of."""

from __future__ import annotations

from desktop.sealing.keys import DeviceKeys
from desktop.sealing.seat_ring import SeatRing

OWN, *PAIRS = (DeviceKeys.generate() for _ in range(5))
ALL = {pair.device_id: pair.age for pair in PAIRS}
NAMES = list(ALL)


def test_a_seat_seals_to_the_newest_and_never_to_an_earlier_one_again() -> None:
    ring = SeatRing(OWN, {NAMES[2]: ALL[NAMES[2]]})
    assert ring.hold({name: ALL[name] for name in NAMES[:3]})
    assert ring.known_by == NAMES[2], "what was left before this PC came"
    assert ring.hold({name: ALL[name] for name in NAMES[2:]})
    for name in NAMES:
        ring.adopt(name)
        assert not ring.hold({name: ALL[name]})
        assert (ring.known_by, ring.in_use) == (NAMES[3], ALL[NAMES[3]])
    assert {*ring.identities} == {*ALL.values(), OWN.age}
