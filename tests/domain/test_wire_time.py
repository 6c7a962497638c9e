"""Times of the journal name their zone, and one instant has one spelling."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.time.clock import from_wire, to_wire

zones = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1971, 1, 1), datetime(9000, 1, 1), timezones=zones)  # noqa: DTZ001


@given(moments, zones)
def test_an_instant_reads_back_from_whatever_zone(at: datetime, zone: timezone) -> None:
    whole = at.replace(microsecond=at.microsecond // 1000 * 1000)
    written = to_wire(whole)
    assert from_wire(written) == whole
    assert from_wire(written).tzinfo is UTC
    assert to_wire(whole.astimezone(zone)) == written
    assert from_wire(whole.astimezone(zone).isoformat()) == whole


def test_a_time_without_a_zone_is_none() -> None:
    with pytest.raises(ValueError, match="naive"):
        to_wire(datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point
    for text in ("2026-01-01T00:00:00", "2026-01-01", "", "now"):
        with pytest.raises(ValueError, match=r"zone|isoformat"):
            from_wire(text)
