"""Power fails while what earlier programs left is opened or taken in; begun anew, it ends as it would have."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.golden.conftest import PLACES, WHOLE, copy_of
from tests.golden.posts import Post
from tests.golden.test_underway import SHOWN
from tests.support.clocks import HandClock
from tests.support.crash import die_at

FIRST = [(name, place) for name, place in PLACES if place in {"station", "desk", "centre"}]
"""One desk and the centre of each; the others are like them."""
Work = Callable[[Post, Path], object]


def _open(at: Post, _bundles: Path) -> object:
    return at.json("report", "list")


def _take_in(at: Post, bundles: Path) -> object:
    if at.profile.name == "centre":
        return at.json("centre", "ingest", bundles / "from-desk")
    return at.json("bundle", "apply", bundles / "from-centre")


def facts(at: Post) -> list[dict[str, Any]]:
    """What is compared: everything but which sign-ins there were."""
    return [at.json(*words) for words in SHOWN]


def every_step(source: Path, scratch: Path, post: Post, work: Work) -> int:
    """Power fails before each step of ``work`` in turn; how many steps there were."""
    bundles = source.parent / "bundles"
    whole = Post(scratch / "whole" / source.name, post.officer)
    shutil.copytree(source, whole.profile)
    work(whole, bundles)
    expected = facts(whole)
    step = 1
    while True:
        at = Post(scratch / str(step) / source.name, post.officer)
        shutil.copytree(source, at.profile)
        broken = die_at(step, lambda at=at: work(at, bundles), at.profile)  # type: ignore[misc]
        at.say("--json", "report", "list")  # tells on standard error what it had to tidy
        work(at, bundles)
        assert at.json("verify")["ok"], f"step {step}"
        assert at.json("rebuild")["changed"] is False, f"step {step}"
        assert facts(at) == expected, f"step {step}"
        shutil.rmtree(at.profile.parent)
        if not broken:
            return step - 1
        step += 1


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("name", "place"), FIRST)
def test_a_profile_is_opened_for_the_first_time(
    quick_folder: Path, clock: HandClock, name: str, place: str
) -> None:
    left = copy_of(name, quick_folder, clock)
    assert every_step(left.root / place, quick_folder / "steps", left.post(place), _open)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("place", ["centre", "desk"])
@pytest.mark.parametrize("name", WHOLE)
def test_a_bundle_is_taken_in(quick_folder: Path, clock: HandClock, name: str, place: str) -> None:
    left = copy_of(name, quick_folder, clock)
    assert every_step(left.root / place, quick_folder / "steps", left.post(place), _take_in)


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_only_the_first_start_has_something_to_do(
    quick_folder: Path, clock: HandClock, name: str, place: str
) -> None:
    """Every later one adds to the journal what signing in adds, and nothing else."""
    at = copy_of(name, quick_folder, clock).post(place)
    _length(at)
    lengths = [_length(at) for _ in range(4)]
    assert {later - former for former, later in pairwise(lengths)} == {1}


def _length(at: Post) -> int:
    """Entries of the journal, after one more sign-in."""
    with at.signed_in() as place, place.session.store.read() as reader:
        return sum(reader.heads().values())
