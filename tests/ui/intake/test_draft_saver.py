"""Nothing typed is lost, whatever the disk and the timers do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.cases.intake import Draft, IntakeForm, TransferText
from desktop.domain.errors import WorldError
from desktop.ui.intake.form.draft_saver import CAP_MS, QUIET_MS, DraftSaver, SaveState
from desktop.ui.intake.form.form_model import FormModel
from tests.support.held_runner import HeldRunner
from tests.support.sweep import examples
from tests.ui.intake.doubles import Alarms

pytestmark = pytest.mark.usefixtures("qapp")


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

    def last_of(self, case: str) -> IntakeForm | None:
        return next((form for form in reversed(self.saved) if form.case_id == case), None)


def a_form(case: str = "c0") -> IntakeForm:
    return IntakeForm(case_id=case, transfers=(TransferText(id="t1"),))


class Bench:
    """A saver with everything around it under control."""

    def __init__(self) -> None:
        self.model = FormModel(a_form())
        self.disk = Disk()
        self.alarms = Alarms()
        self.runner = HeldRunner()
        self.saver = DraftSaver(self.model, self.disk.save, self.runner, self.alarms)
        self.quiet, self.cap, self.retry = self.alarms.made
        self.left: dict[str, IntakeForm] = {}
        self.pristine = a_form()

    def type(self, text: str) -> None:
        self.model.put("victim.name", text)

    def switch(self) -> None:
        """Another report comes onto the form."""
        self.left[self.model.form.case_id] = self.model.form
        self.saver.save_and_forget()
        self.pristine = a_form(f"c{len(self.left)}")
        self.model.load(self.pristine)
        self.saver.adopt(None)

    def finish(self, *, fails: bool) -> None:
        self.disk.full = fails
        if self.runner.tasks:
            self.runner.run_next()
        self.disk.full = False

    def drain(self) -> None:
        for _ in range(3):  # a failed save needs the retry, an overtaken one its successor
            self.runner.run_all()
            self.alarms.ring_all()
        self.runner.run_all()


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("type"), st.integers(0, 9)),
        st.tuples(st.just("ring"), st.integers(0, 2)),
        st.tuples(st.just("finish"), st.booleans()),
        st.tuples(st.just("flush"), st.none()),
        st.tuples(st.just("switch"), st.none()),
    ),
    max_size=50,
)


@settings(max_examples=examples(300))
@given(steps=STEPS)
def test_the_last_save_of_every_report_is_its_form_as_it_was_left(steps) -> None:
    bench = Bench()
    for step, choice in steps:
        if step == "type":
            bench.type(f"{bench.model.value('victim.name')}{choice}")
        elif step == "ring":
            bench.alarms.made[choice].ring()
        elif step == "flush":
            bench.saver.flush()
        elif step == "switch":
            bench.switch()
        else:
            bench.finish(fails=choice)
        _holds(bench)
    bench.drain()
    assert not bench.saver.unsaved
    assert bench.saver.error is None
    bench.left[bench.model.form.case_id] = bench.model.form
    for case, form in bench.left.items():
        assert bench.disk.last_of(case) in (form, None)
        assert bench.disk.last_of(case) == form or form == a_form(case)


def _holds(bench: Bench) -> None:
    """Saves of a report in the order of typing, and never unsaved without a rescue set."""
    lengths = [len(f.victim.name) for f in bench.disk.saved if f.case_id == bench.pristine.case_id]
    assert lengths == sorted(lengths)
    if bench.saver.unsaved:
        assert bench.runner.tasks or any(alarm.active for alarm in bench.alarms.made)
    else:
        form = bench.model.form
        assert (bench.disk.last_of(form.case_id) or bench.pristine) == form


def test_one_save_at_a_time_and_the_latest_wins() -> None:
    bench = Bench()
    for text in ("王", "王小", "王小明"):
        bench.type(text)
        bench.saver.flush()
    assert len(bench.runner.tasks) == 1
    bench.runner.run_all()
    assert [form.victim.name for form in bench.disk.saved] == ["王", "王小明"]


def test_the_cap_runs_from_the_first_unsaved_change() -> None:
    bench = Bench()
    bench.type("王")
    assert (bench.quiet.set_to, bench.cap.set_to) == (QUIET_MS, CAP_MS)
    bench.cap.set_to = 123  # as if time had passed
    bench.type("王小")
    assert (bench.quiet.set_to, bench.cap.set_to) == (QUIET_MS, 123)
    bench.cap.ring()
    assert not bench.quiet.active
    bench.runner.run_all()
    assert bench.disk.saved[-1].victim.name == "王小"


def test_a_failed_save_is_reported_and_tried_again() -> None:
    bench = Bench()
    states: list[SaveState] = []
    bench.saver.state_changed.connect(lambda: states.append(bench.saver.state))
    bench.type("王")
    bench.saver.flush()
    bench.finish(fails=True)
    assert states[-1].value == "failed"
    assert isinstance(bench.saver.error, WorldError)
    bench.retry.ring()
    bench.finish(fails=False)
    assert states[-1].value == "saved"
    assert bench.disk.saved[-1] == bench.model.form


def test_a_registered_form_is_not_saved_again_by_turning_pages() -> None:
    bench = Bench()
    bench.type("王")
    bench.saver.forget()
    bench.model.set_page(3)
    bench.drain()
    assert bench.disk.saved == []
    bench.type("王小")
    bench.drain()
    assert len(bench.disk.saved) == 1


def test_while_held_nothing_is_saved_and_afterwards_all_is() -> None:
    bench = Bench()
    bench.saver.hold(bench.model.form)
    bench.type("王")
    bench.drain()
    assert bench.disk.saved == []
    assert bench.saver.unsaved
    bench.saver.release()
    bench.runner.run_all()
    assert bench.disk.saved[-1] == bench.model.form


def test_settled_comes_when_everything_is_on_disk() -> None:
    bench = Bench()
    settled: list[bool] = []
    bench.saver.settled.connect(lambda: settled.append(bench.saver.unsaved))
    bench.type("王")
    bench.saver.flush()
    bench.type("王小")
    bench.saver.flush()
    bench.runner.run_all()
    assert settled == [False]
