"""The steps on the left, and below them whether what was typed is on disk."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from desktop.domain.cases.intake import Draft
from desktop.domain.time.clock import from_wire
from desktop.ui.intake.form.draft_saver import DraftSaver, SaveState
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.steps.visit_switch import VisitSwitch
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.moment_text import second_or_day
from desktop.ui.shared.widgets.layout.card import Card, Column, divider
from desktop.ui.shared.widgets.pages.step_list import ListStep, StepList
from desktop.ui.shared.widgets.texts.label import Label

NAMES: Final = ("money", "reporter", "story", "identifiers", "evidence", "papers")
"""The pages, in order; parts of catalogue keys."""
_OWN: Final = {
    "enquiry": {"story", "story_detail", "reporter", "papers"},
    "tip": {"story", "story_detail", "reporter", "identifiers"},
    "dissuasion": {"story", "story_detail", "reporter"},
}
"""Steps that have another name at that visit."""


def step_key(visit: str, name: str) -> str:
    """The catalogue key of a step's name, or of the words below it (``story_detail``)."""
    own = name in _OWN.get(visit, ())
    return f"visits.step.{name}.{visit}" if own else f"intake.step.{name}"


class StepsCard(Card):
    """``steps`` is the list; the save state follows ``saver``."""

    def __init__(self, kit: Kit, saver: DraftSaver, model: FormModel) -> None:
        super().__init__(kit)
        self._saver = saver
        self._waiting: Draft | None = None
        self._was_unsaved = False
        self._stuck = False
        self.setFixedWidth(kit.theme.space("intake_steps"))
        self.setMinimumHeight(1)  # what it holds never makes the window higher than the screen
        self.steps = StepList(
            kit,
            tuple(
                ListStep(name, f"intake.step.{name}", f"intake.step.{name}_detail")
                for name in NAMES
            ),
        )
        self.visits = VisitSwitch(kit, model)
        self._line = divider(kit)
        self.body.addWidget(self.visits)
        self.body.addWidget(self._line)
        self.body.addWidget(self.steps)
        self.body.addWidget(divider(kit))
        self._state = Label(kit, role="small", ink="muted", wrap=True)
        self._state.setObjectName("save_state")
        self._promise = Label(kit, "intake.save.promise", role="small", ink="muted", wrap=True)
        texts = Column(kit, gap="space_xxs")
        texts.addWidget(self._state)
        texts.addWidget(self._promise)
        self.body.addLayout(texts)
        self.body.addStretch(1)
        margin = kit.theme.space("space_s")
        self._outer.setContentsMargins(margin, margin, margin, margin)
        saver.state_changed.connect(self._show)
        kit.ticks.ticked.connect(self._tick)
        self._show()

    def set_room(self, width: int, *, evidence: bool) -> None:
        """Of a page ``width`` pixels wide leave the room to the form, or to ``evidence``: numbers without words. That
        saving failed is told above it, too."""
        space = self._kit.theme.space
        narrow = width < space("intake_narrow_evidence" if evidence else "intake_narrow")
        self.steps.set_compact(compact=narrow)
        for part in (self._state, self._promise, self.visits, self._line):
            part.setVisible(not narrow)
        self.setFixedWidth(space("intake_steps_narrow" if narrow else "intake_steps"))

    def show_visit(self, visit: str, pages: tuple[int, ...]) -> None:
        """The steps of a kind of visit, by the names they have there."""
        for place, name in enumerate(NAMES):
            title = step_key(visit, name)
            detail = step_key(visit, f"{name}_detail")
            self.steps.set_words(place, title, detail)
        self.steps.show_steps(pages)

    def _tick(self, _now: datetime) -> None:
        """Saving is told only when it takes a while: half a second of it must not flicker."""
        stuck = self._saver.unsaved and self._waiting is self._saver.draft and self._was_unsaved
        self._waiting, self._was_unsaved = self._saver.draft, self._saver.unsaved
        if stuck != self._stuck:
            self._stuck = stuck
            self._show()

    def _show(self) -> None:
        draft = self._saver.draft
        failed = self._saver.state is SaveState.FAILED
        self._promise.set_key("intake.save.no_promise" if failed else "intake.save.promise")
        if failed:
            self._state.set_key("intake.save.failed")
            self._state.set_ink("red")
            return
        self._state.set_ink("muted")
        if self._stuck:
            self._state.set_key("intake.save.pending")
        elif draft is None:
            self._state.set_key("intake.save.fresh")
        else:
            at = second_or_day(self._kit, from_wire(draft.saved_at))
            self._state.set_ink("amber" if draft.on_pc else "muted")
            self._state.set_key(
                "intake.save.on_pc" if draft.on_pc else "intake.save.saved", time=at
            )
