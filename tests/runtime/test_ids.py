"""Ids grow and never repeat, whatever the clock does and however many threads ask."""

from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122, UUID

from desktop.domain.ids import DeviceId, made_by
from desktop.runtime.id_source import UuidSource
from desktop.runtime.system_clock import SystemClock
from tests.support.clocks import HandClock
from tests.support.strict import all_of


def test_an_id_is_a_version_7_uuid_of_its_moment() -> None:
    clock = HandClock()
    value = UUID(UuidSource(clock).new_id())
    assert (value.version, value.variant) == (7, RFC_4122)
    assert value.int >> 80 == round(clock.now().timestamp() * 1000)


def test_ids_grow_while_the_clock_stands_and_steps_back() -> None:
    clock = HandClock()
    source = UuidSource(clock)
    ids = []
    for step in (0, 5, -3600, 0, 7200):
        clock.advance(seconds=step)
        ids += [source.new_id() for _ in range(500)]
    assert ids == sorted(set(ids))
    assert all_of(len(one) == 32 and one == one.lower() for one in ids)


def test_ids_grow_past_the_end_of_the_random_part() -> None:
    source = UuidSource(HandClock())
    first = source.new_id()
    source._random = (1 << 74) - 1
    second = source.new_id()
    assert second > first
    assert UUID(second).version == 7


def test_threads_get_different_ids() -> None:
    source = UuidSource(SystemClock())
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda _: source.new_id(), range(4000)))
    assert len(set(ids)) == 4000


def test_the_system_clock_is_aware_and_in_utc() -> None:
    offset = SystemClock().now().utcoffset()
    assert offset is not None
    assert not offset


def test_a_bound_id_tells_its_maker_and_no_other() -> None:
    clock = HandClock()
    own, other = DeviceId("7QK2M9XD41TCZP8A"), DeviceId("7QK2M9XD41TCZP8B")
    value = UuidSource(clock).bound_to(own).new_id()
    assert (UUID(value).version, UUID(value).variant) == (8, RFC_4122)
    assert int(value, 16) >> 80 == round(clock.now().timestamp() * 1000)
    assert made_by(value, own)
    assert not made_by(value, other)
    for place in range(32):
        changed = value[:place] + ("0" if value[place] != "0" else "1") + value[place + 1 :]
        assert not made_by(changed, own), place


def test_ids_of_before_are_nobodys() -> None:
    own = DeviceId("7QK2M9XD41TCZP8A")
    for name in (UuidSource(HandClock()).new_id(), "1", "", "é" * 32, "8" * 32):
        assert not made_by(name, own)


def test_bound_ids_grow_and_never_repeat() -> None:
    clock = HandClock()
    source = UuidSource(clock).bound_to(DeviceId("7QK2M9XD41TCZP8A"))
    source._serial = source._milliseconds = 0
    ids = []
    for step in (0, -3600, 0):
        clock.advance(seconds=step)
        ids += [source.new_id() for _ in range(500)]
    source._serial = (1 << 18) - 2
    ids += [source.new_id() for _ in range(3)]
    assert ids == sorted(set(ids))
