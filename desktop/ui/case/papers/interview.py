"""询问时间: started and ended by a key beside the record of interview, and everything else about it in a dialog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.supplement_papers import asked_in, interview_for, supplement_of
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.interview import Interview
from desktop.domain.interview.first_person import in_anothers_words
from desktop.services.case_sheet import CaseSheet
from desktop.services.papers.record_interview import (
    end_interview,
    record_interview,
    start_interview,
)
from desktop.services.session import Session
from desktop.ui.case.papers.rows import CasePaperRow
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.form_dialog import (
    MOMENT,
    FilledForm,
    Form,
    FormText,
    Input,
    choice,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import Label

_FORMS: Final = frozenset({"statement", "administrative_statement"})
_TO_MINUTE: Final = slice(0, 16)
_TIME: Final = slice(11, 16)
_KEYS: Final = "interview.keys.group"


class InterviewStrip(QWidget):
    """Shown beside a record of interview that is not signed yet. ``recording``: what it does."""

    def __init__(self, kit: Kit, session: Session, window: QWidget, *, writes: bool) -> None:
        super().__init__()
        self.setObjectName("case_interview")
        self._kit = kit
        self._session = session
        self._writes = writes
        self._file: CaseFile | None = None
        self._officers: Mapping[str, str] = {}
        self._about = ""
        self.recording = InterviewActions(kit, window)
        add = partial(kit.actions.add, self, group_key=_KEYS)
        self._start = add("interview.strip.start", "Alt+A", self._begin)
        self._end = add("interview.strip.end", "Alt+E", self._finish)
        self._edit = add("interview.strip.edit", "Alt+I", self._ask)
        self._build()
        kit.texts.changed.connect(self._read)
        self.hide()

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show the interviews of a case."""
        self._file, self._officers = sheet.file, sheet.officers
        self._read()

    def show_row(self, row: CasePaperRow | None) -> None:
        """Show that of a paper; nothing beside any other paper, or one that is signed."""
        form = row is not None and row.spec.id in _FORMS
        signed = row is not None and row.paper is not None and row.paper.signed is not None
        self._about = row.paper.about if row is not None and row.paper is not None else ""
        set_shown(self, shown=form and not signed)
        self._read()

    def _build(self) -> None:
        column = Column(self._kit, self, gap="space_xs")
        line = Row(self._kit, gap="space_s")
        line.addWidget(Label(self._kit, "interview.strip.title", role="small_strong"))
        self._state = Label(self._kit, role="small", wrap=True)
        self._state.setObjectName("interview_said")
        line.addWidget(self._state, 1)
        column.addLayout(line)
        self._who = Label(self._kit, role="hint", ink="muted", wrap=True)
        self._who.setObjectName("interview_who")
        column.addWidget(self._who)
        self._story = Label(self._kit, role="hint", ink="amber", wrap=True)
        self._story.setObjectName("interview_story")
        column.addWidget(self._story)
        row = Row(self._kit, gap="space_xs")
        for name, action in (("start", self._start), ("end", self._end), ("edit", self._edit)):
            variant = Variant.QUIET if name == "edit" else Variant.PLAIN
            button = Button.of(
                self._kit, action, variant=variant, size=Size.COMPACT, name=f"interview_{name}"
            )
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)

    @property
    def _interview(self) -> Interview:
        return interview_for(self._file, self._about) if self._file else Interview()

    def _read(self) -> None:
        known, words = self._interview, self._kit.texts.text
        began = show_local(known.began, self._kit.zone)[_TO_MINUTE] if known.began else ""
        ended = show_local(known.ended, self._kit.zone) if known.ended else ""
        same_day = ended[: _TIME.start] == began[: _TIME.start]
        ended = ended[_TIME] if same_day else ended[_TO_MINUTE]
        state = "none" if not began and not ended else "over" if ended else "running"
        unsaid = words("interview.strip.nobody")
        self._state.set_key(f"interview.strip.{state}", began=began or unsaid, ended=ended)
        self._state.set_tone(Tone.WARN if state == "running" else Tone.NEUTRAL)
        self._who.setVisible(state != "none")
        self._who.set_key(
            "interview.strip.who",
            asker=self._officer(known.asker) or unsaid,
            recorder=self._officer(known.recorder) or unsaid,
        )
        self._tell_whose_story()
        may = self._writes and self._file is not None
        self._start.set_enabled(enabled=may and known.began is None)
        self._end.set_enabled(enabled=may and known.began is not None and known.ended is None)
        self._edit.set_enabled(enabled=may)

    def _tell_whose_story(self) -> None:
        """Why the record leaves the story to be written."""
        if self._file is None:
            return
        case = self._file.case
        asked = asked_in(case, self._interview)
        later = supplement_of(self._file, self._about)
        story = later.text if later is not None else case.narrative
        self._story.setVisible(in_anothers_words(story, case, asked))
        name = asked.name or self._kit.texts.text("interview.dialog.unsaid")
        self._story.set_key("interview.strip.other_teller", name=name)

    def _officer(self, number: str) -> str:
        return self._officers.get(number, number)

    def _begin(self) -> None:
        if self._file is not None:
            case = self._file.case.id
            self.recording.record(partial(start_interview, self._session, case, self._about))

    def _finish(self) -> None:
        if self._file is not None:
            case = self._file.case.id
            self.recording.record(partial(end_interview, self._session, case, self._about))

    def _ask(self) -> None:
        if self._file is not None:
            self.recording.ask(self._session, self._file, self._about, self._officers)


class InterviewActions(DialogActions):
    """Records an interview; the dialog asks for all of it."""

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(kit, window)

    def record(self, act: partial[Interview]) -> None:
        """Do what a key asks for."""
        self._run_alone(lambda _progress: act(), done_key="interview.dialog.done")

    def ask(
        self, session: Session, file: CaseFile, about: str, officers: Mapping[str, str]
    ) -> None:
        """Open the dialog. A place that nobody named is proposed, and who is signed in as the interviewer."""
        known = interview_for(file, about)
        form = _form(self._kit, _proposed(known, session, file), file, officers)
        act = partial(_typed, session, file, about, known)
        self._ask_form(form, act, "interview.dialog.done")


def _proposed(known: Interview, session: Session, file: CaseFile) -> Interview:
    if not known.is_unsaid:
        return known
    return replace(known, place=file.case.unit_name, asker=session.officer.number)


def _form(kit: Kit, known: Interview, file: CaseFile, officers: Mapping[str, str]) -> Form:
    def late(name: str, filled: FilledForm) -> str:
        at = filled.at(name)
        return "interview.dialog.future" if at is not None and at > kit.ticks.now() else ""

    def over(filled: FilledForm) -> str:
        began, ended = filled.at("began"), filled.at("ended")
        early = began is not None and ended is not None and ended < began
        return "interview.dialog.order" if early else late("ended", filled)

    def other(filled: FilledForm) -> str:
        same = filled["recorder"] and filled["recorder"] == filled["asker"]
        return "interview.dialog.same" if same else ""

    people = [Option("", "interview.strip.nobody")]
    named = {item for item in (known.asker, known.recorder) if item} - officers.keys()
    people += [Option(number, text=_with_number(number, officers)) for number in sorted(officers)]
    people += [Option(item, text=item) for item in sorted(named)]
    asked = [Option("", "interview.dialog.unsaid")]
    asked += [Option(party.id, text=party.name or party.id) for party in file.case.everyone]
    if known.asked and known.asked not in {party.id for party in file.case.everyone}:
        asked.append(Option(known.asked, text=known.asked))
    field = "interview.field"
    rows = (
        FormText("interview.dialog.hint"),
        (
            Input("began", f"{field}.began", MOMENT, known.began, check=partial(late, "began")),
            Input("ended", f"{field}.ended", MOMENT, known.ended, check=over),
        ),
        Input("place", f"{field}.place", value=known.place),
        (
            Input("asker", f"{field}.asker", choice(people), known.asker),
            Input("recorder", f"{field}.recorder", choice(people), known.recorder, check=other),
        ),
        Input("asked", f"{field}.asked", choice(asked), known.asked),
        Input(
            "present", f"{field}.present", value=known.present,
            placeholder="interview.dialog.present_hint",
        ),
        Input(
            "absent", f"{field}.absent", value=known.absent,
            placeholder="interview.dialog.absent_hint",
        ),
    )  # fmt: skip
    return Form("interview", "interview.dialog.title", "interview.dialog.accept", rows)


def _with_number(number: str, officers: Mapping[str, str]) -> str:
    return f"{officers[number]} {number}".strip()


def _typed(
    session: Session, file: CaseFile, about: str, known: Interview, filled: FilledForm
) -> Interview:
    """Record what stands in the dialog."""
    new = replace(
        known,
        began=filled.at("began"),
        ended=filled.at("ended"),
        place=filled["place"],
        asker=filled["asker"],
        recorder=filled["recorder"],
        asked=filled["asked"],
        present=filled["present"],
        absent=filled["absent"],
    )
    return record_interview(session, file.case.id, new, about)
