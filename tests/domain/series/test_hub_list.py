"""What links nobody: a listed value, and a listed site as a whole, however it is written."""

from __future__ import annotations

import pytest

from desktop.domain.series.hub_list import HubList

HUBS = HubList(frozenset({"95588", "gateway"}), frozenset({"t.example"}))


@pytest.mark.parametrize(
    "value", ["95588", "Gateway", "t.example", "https://www.T.example", "http://t.example/"]
)
def test_it_holds(value: str) -> None:
    assert HUBS.holds(value) is True


@pytest.mark.parametrize(
    "value", ["955880", "", "t.example.com", "https://t.example/a", "www.example"]
)
def test_it_does_not_hold(value: str) -> None:
    assert HUBS.holds(value) is False
