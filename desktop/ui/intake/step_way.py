"""From step to step: which page of the visit is in front, and where the keyboard goes on it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.intake.form.draft_saver import DraftSaver
from desktop.ui.intake.form.paths import PAGE_MONEY, page_of
from desktop.ui.intake.intake_pages import IntakePages
from desktop.ui.intake.steps.steps_card import StepsCard
from desktop.ui.intake.steps.visit_steps import VisitSteps


class StepWay(QObject):
    """``beside`` is what stands at the right of the form. Steps are not taken over half a word."""

    letters_left = Signal(str)
    """A step was not taken: this word was cut short and is letters; it is marked, and the keyboard is there."""

    def __init__(
        self,
        screen: QWidget,
        saver: DraftSaver,
        pages: IntakePages,
        card: StepsCard,
        visit: VisitSteps,
        beside: QWidget,
    ) -> None:
        super().__init__(screen)
        self._screen = screen
        self._saver = saver
        self._pages = pages
        self._card = card
        self._visit = visit
        self._beside = beside
        self._page = PAGE_MONEY

    @property
    def page(self) -> int:
        """The step in front, from 0."""
        return self._page

    @property
    def steps(self) -> tuple[int, ...]:
        """The pages of the kind of visit, in the order in which they are taken."""
        return self._visit.pages

    def settle_typing(self) -> bool:
        """Half a word must neither be sent nor left behind: ask the input method to finish it, and take the lead that
        is typed. True while the word is still half, and once where it was cut short and stands there in letters."""
        composition = self._pages.fields.composition
        composition.finish()
        if composition.going_on or self._ask_about_letters():
            return True
        self._pages.leads.settle()
        return False

    def _ask_about_letters(self) -> bool:
        composition = self._pages.fields.composition
        while left := composition.take_left():
            if left.show():
                self.letters_left.emit(left.text)
                return True
        return False

    def go_to(self, page: int) -> None:
        """Take a step."""
        if self.settle_typing():
            return
        self.turn(page)
        self._pages.model.set_page(self._page)
        self._saver.flush()
        self._pages.panel.shown.first_focus().setFocus(Qt.FocusReason.TabFocusReason)

    def move(self, steps: int) -> None:
        """So many steps on; the first and the last stay."""
        self.go_to(self._visit.beside(self._page, steps))

    def go_to_place(self, place: int) -> None:
        """The step that stands at this place of the list, from 0."""
        if place < len(self.steps):
            self.go_to(self.steps[place])

    def jump(self, path: str) -> None:
        """Go to a field, wherever it is."""
        self.go_to(page_of(path))
        field = self._pages.panel.shown.reveal(path)
        if field is not None:
            field.editor.setFocus(Qt.FocusReason.TabFocusReason)
            self._pages.panel.bring(field)

    def turn(self, page: int) -> None:
        """Bring a page of the visit to the front; the keyboard stays."""
        self._page = self._visit.near(page)
        self._card.steps.set_current(self._page)
        wide = self._pages.panel.page(self._page) is self._pages.evidence
        # The pane of evidence needs the room, and the panel has nothing to say about it. At no moment do both stand
        # there: the window would grow beyond the screen, and stay so.
        self.give_words()
        if wide:
            self._beside.hide()
        self._pages.panel.show_page(self._page, self._visit.next_key(self._page))
        self._beside.setVisible(not wide)
        self._pages.record.refresh()

    def give_words(self) -> None:
        """The steps keep their words where the page in front leaves room for them."""
        evidence = self._pages.panel.page(self._page) is self._pages.evidence
        self._card.set_room(self._screen.width(), evidence=evidence)

    def show_result(self) -> None:
        """The orders that were sent, in place of the page of payments."""
        self._page = PAGE_MONEY
        self._card.steps.set_current(PAGE_MONEY)
        self._pages.panel.show_result(self._visit.next_key(PAGE_MONEY))
        self._beside.show()
        self._pages.record.refresh()
        self._pages.result.first_focus().setFocus()

    def editor_of(self, path: str) -> QWidget:
        """Where the typing was, if that is on the page in front; else where it begins."""
        shown = self._pages.panel.shown
        field = shown.reveal(path)
        return field.editor if field else shown.first_focus()
