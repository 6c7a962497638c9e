"""What the intake screen says of the form while it is typed: marks of the steps, the panel, the record, the saving."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject

from desktop.domain.cases.case import Visit
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.records.numbers import short_case_number
from desktop.services.cases.form.read_form import Element, Hint
from desktop.services.cases.form.visit_elements import elements
from desktop.services.session import Session
from desktop.ui.intake.case_record import CaseRecord
from desktop.ui.intake.form.draft_saver import DraftSaver
from desktop.ui.intake.form.paths import PAGES, page_of
from desktop.ui.intake.intake_pages import IntakePages
from desktop.ui.intake.live_panel import LivePanel
from desktop.ui.intake.steps.steps_card import StepsCard
from desktop.ui.intake.steps.visit_steps import VisitSteps
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.pages.page import Page
from desktop.ui.shared.widgets.pages.step_list import StepState


def step_states(
    form: IntakeForm,
    elements: tuple[Element, ...],
    hints: Mapping[str, Hint],
    record: CaseRecord,
) -> tuple[StepState, ...]:
    """Red where something cannot be right, green where nothing more is needed."""
    states = [StepState.DONE if done else StepState.TODO for done in _done(form, elements, record)]
    for path, hint in hints.items():
        if hint.state == "bad":
            states[page_of(path)] = StepState.BAD
    return tuple(states[:PAGES])


def _done(form: IntakeForm, elements: tuple[Element, ...], record: CaseRecord) -> tuple[bool, ...]:
    if form.visit != Visit.REPORT:
        return _done_at_visit(form, elements, record)
    present = {element.key for element in elements if element.done}
    needed = {element.key for element in elements} - {"story"}
    victim = form.victim
    return (
        bool(record.orders) or (bool(needed) and needed <= present),
        bool(victim.name and victim.id_number and victim.phone and victim.address),
        bool(form.type and form.narrative),
        bool(form.identifiers),
        bool(record.evidence_count),
        record.registered,
    )


def _done_at_visit(
    form: IntakeForm, elements: tuple[Element, ...], record: CaseRecord
) -> tuple[bool, ...]:
    missing = {element.key for element in elements if not element.done}
    who = {"visit.name", "visit.phone"}
    return (
        bool(record.orders),
        not missing & who and bool(form.victim.name),
        not missing - who - {"visit.lead"} and bool(form.narrative),
        any(item.value.strip() for item in form.identifiers),
        bool(record.evidence_count),
        record.registered,
    )


_DRAFT: Final = ("intake.draft", Tone.WARN)
_REGISTERED: Final = ("intake.registered", Tone.OK)
_AMENDED: Final = ("intake.amended", Tone.WARN)


class IntakeFace(QObject):
    """Follows the form, the clock and what was looked up behind the typing."""

    def __init__(
        self,
        screen: Page,
        session: Session,
        pages: IntakePages,
        steps: StepsCard,
        panel: LivePanel,
        visit: VisitSteps,
        saver: DraftSaver,
    ) -> None:
        super().__init__(screen)
        self._screen = screen
        self._session = session
        self._pages = pages
        self._steps = steps
        self._panel = panel
        self._visit = visit
        self._saver = saver
        self.states: tuple[StepState, ...] = ()
        pages.model.edited.connect(self.refresh)
        pages.model.replaced.connect(self.refresh)
        screen.kit.ticks.ticked.connect(self._tick)
        pages.same.found.connect(self._show_same)
        pages.repeats.found.connect(self._show_repeats)
        pages.record.changed.connect(self.show_record)
        pages.amending.changed.connect(self.show_record)
        saver.state_changed.connect(self._show_save)

    def refresh(self) -> None:
        """Judge the form anew. Runs at every key: pure checks only, and only what changed is painted."""
        form = self._pages.model.form
        self._pages.fields.refresh(self._screen.kit.ticks.now())
        self._panel.refresh(form)
        self._pages.refresh(form)
        self._mark_steps()

    def show_record(self) -> None:
        """Whether the report is registered as it stands, and how much evidence it has."""
        record = self._pages.record
        self._panel.elements.set_evidence(record.evidence_count)
        registered = _AMENDED if self._pages.amending.pending else _REGISTERED
        mark = registered if record.registered else _DRAFT
        if record.registered:
            number = short_case_number(record.number)
            self._screen.set_heading("intake.of_case", mark=mark, number=number)
        else:
            self._screen.set_heading(f"visits.heading.{self._visit.visit}", mark=mark)
        self._mark_steps()

    def _tick(self, _now: datetime) -> None:
        if self._screen.isVisible():
            self.refresh()

    def _mark_steps(self) -> None:
        form = self._pages.model.form
        self.states = step_states(
            form, elements(self._session, form), self._pages.fields.hints, self._pages.record
        )
        for place, state in enumerate(self.states):
            self._steps.steps.set_state(place, state)

    def _show_same(self) -> None:
        self._panel.same.show_cases(self._pages.same.all_payees())

    def _show_repeats(self) -> None:
        self._panel.show_repeats(self._pages.repeats.reports)

    def _show_save(self) -> None:
        banner = self._pages.panel.banner
        if self._saver.error is None:
            banner.clear()
        else:
            banner.show_error(self._saver.error)
