"""Nothing typed is lost, whatever the disk and the timers do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.errors import WorldError
from desktop.domain.intake import Draft, IntakeForm, TransferText
from desktop.ui.intake.draft_saver import CAP_MS, QUIET_MS, DraftSaver, SaveState
from desktop.ui.intake.form_model import FormModel
from desktop.ui.shared.task_runner import InlineTaskRunner
from tests.ui.intake.doubles import Alarms, HeldRunner


class Disk:
    """Remembers what was saved."""

    def __init__(self) -> None:
        self.saved: list[IntakeForm] = []
        self.full = False

    def save(self, form: IntakeForm) -> Draft:
        if self.full:
            raise WorldError("disk.full")
        self.saved.append(form)
        return Draft(form, "620134", "2026-11-24T02:31:07.000Z", len(self.saved))


def a_form() -> IntakeForm:
    return IntakeForm(case_id="c1", transfers=(TransferText(id="t1"),))


class Bench:
    """A saver with everything around it under control."""

    def __init__(self, runner=None) -> None:
        self.model = FormModel(a_form())
        self.disk = Disk()
        self.alarms = Alarms()
        self.runner = runner or HeldRunner()
        self.saver = DraftSaver(self.model, self.disk.save, self.runner, self.alarms)
        self.quiet, self.cap, self.retry = self.alarms.made

    def type(self, text: str) -> None:
        self.model.put("victim.name", text)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("type"), st.integers(0, 9)),
        st.tuples(st.just("ring"), st.integers(0, 2)),
        st.tuples(st.just("finish"), st.booleans()),
        st.tuples(st.just("flush"), st.none()),
    ),
    max_size=40,
)


@pytest.mark.usefixtures("qapp")
@settings(max_examples=200, deadline=None)
@given(steps=STEPS)
def test_the_last_save_is_the_form_as_it_stands(steps) -> None:
    bench = Bench()
    for step, choice in steps:
        if step == "type":
            bench.type(f"{bench.model.value('victim.name')}{choice}")
        elif step == "ring":
            bench.alarms.made[choice].ring()
        elif step == "flush":
            bench.saver.flush()
        elif bench.runner.waiting:
            bench.runner.finish_one(WorldError("disk.full") if choice else None)
        _holds(bench)
    for _ in range(3):  # a failed last save needs the retry, an overtaken one its successor
        bench.runner.finish_all()
        bench.alarms.ring_all()
    bench.runner.finish_all()
    assert not bench.saver.unsaved
    assert bench.saver.state in (SaveState.SAVED, SaveState.FRESH)
    if bench.model.form != a_form():
        assert bench.disk.saved[-1] == bench.model.form


def _holds(bench: Bench) -> None:
    """One save at a time, saves in the order of typing, and never unsaved without a rescue set."""
    assert len(bench.runner.waiting) <= 1
    lengths = [len(form.victim.name) for form in bench.disk.saved]
    assert lengths == sorted(lengths)
    if bench.saver.unsaved:
        assert bench.runner.waiting or any(alarm.active for alarm in bench.alarms.made)
    else:
        saved = bench.disk.saved[-1] if bench.disk.saved else a_form()
        assert saved == bench.model.form


@pytest.mark.usefixtures("qapp")
def test_the_cap_runs_from_the_first_unsaved_change() -> None:
    bench = Bench(InlineTaskRunner())
    bench.type("王")
    assert (bench.quiet.set_to, bench.cap.set_to) == (QUIET_MS, CAP_MS)
    bench.cap.set_to = 123  # as if time had passed
    bench.type("王小")
    assert (bench.quiet.set_to, bench.cap.set_to) == (QUIET_MS, 123)
    bench.cap.ring()
    assert bench.disk.saved[-1].victim.name == "王小"
    assert not bench.quiet.active


@pytest.mark.usefixtures("qapp")
def test_a_failed_save_is_told_and_tried_again() -> None:
    bench = Bench(InlineTaskRunner())
    bench.disk.full = True
    bench.type("王")
    bench.quiet.ring()
    assert bench.saver.state is SaveState.FAILED
    assert isinstance(bench.saver.error, WorldError)
    bench.disk.full = False
    bench.retry.ring()
    assert bench.saver.state is SaveState.SAVED
    assert bench.saver.draft is not None
    assert bench.disk.saved[-1] == bench.model.form


@pytest.mark.usefixtures("qapp")
def test_a_registered_form_is_not_saved_again() -> None:
    bench = Bench(InlineTaskRunner())
    bench.type("王")
    bench.saver.forget()
    bench.alarms.ring_all()
    assert bench.disk.saved == []
    bench.type("王小")
    bench.alarms.ring_all()
    assert len(bench.disk.saved) == 1
