"""A simulated year: it can be repeated, loses nothing, and more processes never make anybody wait longer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.packaging.scripts import load_script

_SCRIPT: Any = load_script("simulate_province")
_SMALL: Any = _SCRIPT.Province(20, 30, 8.0, 20.0, 45_000.0, 50.0, 30.0, 1, 3)


def test_the_same_seed_is_the_same_year() -> None:
    assert _SCRIPT.simulate(_SMALL) == _SCRIPT.simulate(_SMALL)
    assert _SCRIPT.simulate(_SMALL) != _SCRIPT.simulate(replace(_SMALL, seed=4))


def test_every_bundle_comes_in_and_the_months_add_up() -> None:
    sent = list(_SCRIPT.bundles(_SMALL))
    year = _SCRIPT.simulate(_SMALL)
    assert len(year.waits) == len(sent)
    assert year.entries == sum(entries for _, entries in sent)
    assert len(year.months) == 12
    assert sorted(year.months) == year.months
    assert year.months[-1][0] == year.entries


def test_nobody_waits_longer_for_more_processes() -> None:
    one, four = (_SCRIPT.simulate(replace(_SMALL, processes=count)) for count in (1, 4))
    longer = [more > less for more, less in zip(four.waits, one.waits, strict=True)]
    assert not any(longer)
    assert max(four.waits) < max(one.waits)
    assert min(one.waits) >= _SMALL.each
