"""Verdicts over figures, the curves drawn of them, and the page they are written into."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bench.sizes.curves import curves
from desktop.bench.sizes.goals import GOALS, YARDSTICK_MS, Measured, SizedFigure, judged
from desktop.bench.sizes.measure_sizes import SizesWish, measure_sizes, sizes_of
from desktop.bench.sizes.report import BEGIN, END, write_report
from desktop.domain.errors import UserInputError
from tests.support.strict import all_of

_NAMES = st.sampled_from(sorted(GOALS))
_TIMES = st.floats(0.001, 1e6)
_ROUNDS = st.lists(_TIMES, min_size=1, max_size=5).map(tuple)
_LOOKS = st.floats(YARDSTICK_MS / 4, YARDSTICK_MS * 20)


def _judged(name: str, values: tuple[float, ...], looks: tuple[float, float]) -> SizedFigure:
    bases = (1.0,) if GOALS[name].of_ratio else ()
    return judged(Measured(name, values, bases=bases), 1000, *looks)


@given(_NAMES, _ROUNDS, _LOOKS, _LOOKS, st.floats(0.01, 1))
def test_who_does_better_is_never_judged_worse(
    name: str, values: tuple[float, ...], before: float, after: float, factor: float
) -> None:
    goal = GOALS[name]
    better = tuple(value / factor if goal.least else value * factor for value in values)
    order = ("missed", "noisy", "met")
    looks = (before, after)
    assert order.index(_judged(name, better, looks).verdict) >= order.index(
        _judged(name, values, looks).verdict
    )


@given(_NAMES, _LOOKS)
def test_one_clear_round_is_met_or_missed(name: str, look: float) -> None:
    goal = GOALS[name]
    stretch = max(look / YARDSTICK_MS, 1.0) if goal.stretches and not goal.of_ratio else 1.0
    aim = goal.value / stretch if goal.least else goal.value * stretch
    good, bad = (aim * 1.1, aim * 0.9) if goal.least else (aim * 0.9, aim * 1.1)
    assert _judged(name, (good,), (look, look)).verdict == "met"
    assert _judged(name, (bad,), (look, look)).verdict == "missed"


def test_rounds_on_both_sides_of_the_goal_are_noisy() -> None:
    aim = GOALS["orders_page"].value
    looks = (YARDSTICK_MS, YARDSTICK_MS)
    assert _judged("orders_page", (aim * 0.9, aim * 2, aim * 3), looks).verdict == "noisy"
    assert _judged("orders_page", (aim * 2,), (YARDSTICK_MS, YARDSTICK_MS * 9)).verdict == "noisy"


def test_a_million_cases_may_take_three_times_as_long() -> None:
    aim = GOALS["orders_page"].value
    looks = (YARDSTICK_MS, YARDSTICK_MS)
    assert judged(Measured("orders_page", (aim * 2.9,)), 1_000_000, *looks).verdict == "met"
    assert judged(Measured("orders_page", (aim * 3.1,)), 1_000_000, *looks).verdict == "missed"


def _figures() -> list[SizedFigure]:
    looks = (YARDSTICK_MS, YARDSTICK_MS)
    return [
        judged(Measured(name, (value * size / 1000,)), size, *looks)
        for size in (1000, 10_000)
        for name, value in (("orders_page", 20.0), ("search_p95", 1.0), ("backup_whole", 3.0))
    ] + [judged(Measured("export_written", (1.1,), "s", (1.0,)), 0, *looks)]


def test_curves_are_the_same_octets_and_well_formed() -> None:
    drawn = curves(_figures())
    assert drawn == curves(list(reversed(_figures())))
    root = ET.fromstring(drawn)  # noqa: S314 - our own
    assert len(root.findall("{*}g")) == 2  # those with a goal at two sizes


def test_a_page_keeps_what_was_written_around_the_table(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"above\n{BEGIN}\nold\n{END}\nbelow\n", "utf-8")
    for _ in range(2):
        write_report(page, _figures(), date(2026, 12, 1))
        text = page.read_text("utf-8")
        assert text.startswith("above\n")
        assert text.endswith("below\n")
        assert "old" not in text
        assert text.count("orders_page") == 1
        assert "2026-12-01" in text
    assert page.with_suffix(".svg").is_file()


def test_a_page_without_marks_is_refused_and_unchanged(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("text", "utf-8")
    with pytest.raises(UserInputError, match=r"bench\.report"):
        write_report(page, _figures(), date(2026, 12, 1))
    assert page.read_text("utf-8") == "text"


@pytest.mark.parametrize("text", ["", "0", "-5", "a", "10,,20", "10;20"])
def test_sizes_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(UserInputError, match=r"bench\.sizes"):
        sizes_of(text)


def test_groups_that_do_not_exist_are_refused() -> None:
    with pytest.raises(UserInputError, match=r"bench\.unknown"):
        list(measure_sizes(SizesWish((1,), ("nothing",))))


def test_a_desk_that_was_half_made_does_not_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stops(folder: Path, *_: object) -> None:
        folder.mkdir(parents=True)
        raise KeyboardInterrupt

    monkeypatch.setattr("desktop.bench.sizes.measure_sizes.make_desk", stops)
    with pytest.raises(KeyboardInterrupt):
        list(measure_sizes(SizesWish((3,), ("services",), tmp_path / "desks")))
    assert not (tmp_path / "desks" / "3-1").exists()


def test_small_desk_is_measured_and_every_goal_of_its_services_has_a_figure(tmp_path: Path) -> None:
    wish = SizesWish((40,), ("services",), tmp_path / "desks")
    figures = list(measure_sizes(wish))
    assert {"sign_in_beyond_key", "search_p95", "verify_news", "backup_news", "rebuild"} <= {
        one.name for one in figures
    }
    may_be_none = {
        "sign_in_beyond_key",
        "steps_case",
    }  # a small case takes less than the thousand it is counted in
    assert all_of(one.value > 0 for one in figures if one.name not in may_be_none)
    assert (tmp_path / "desks" / "40-1").is_dir()  # stays for the next run
