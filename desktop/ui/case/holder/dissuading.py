"""登记劝阻电话: how a call out went, as a form whose choices are those of the script of the visit."""

from __future__ import annotations

from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.answers import choice_mark
from desktop.domain.cases.case import Visit
from desktop.domain.cases.dissuasion import LEVEL, OUTCOME, SAVED
from desktop.domain.ids import CaseId
from desktop.services.calls.dissuade import CallOut, record_call_out
from desktop.services.session import Session
from desktop.ui.shared.dialogs.form_dialog import (
    AHEAD,
    FilledForm,
    Form,
    FormText,
    Input,
    choice,
    several_lines,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.line_edit import Option

_NOTE_LINES = 2


def dissuasion_form(kit: Kit, session: Session, file: CaseFile) -> Form:
    """What is asked about a call; what was answered before stands there."""
    known = dict(file.case.answers)
    rows = (
        FormText("calls.dissuade.script"),
        (
            Input(
                "level",
                "calls.dissuade.level",
                choice(_options(kit, session, LEVEL)),
                known.get(LEVEL, ""),
            ),
            Input(
                "outcome",
                "calls.dissuade.outcome",
                choice(_options(kit, session, OUTCOME)),
                needed=True,
            ),
        ),
        (
            Input("saved", "calls.dissuade.saved", value=known.get(SAVED, "")),
            Input("next", "calls.dissuade.next", AHEAD),
        ),
        Input("note", "calls.dissuade.note", several_lines(_NOTE_LINES)),
    )
    return Form(
        "dissuade", "calls.dissuade.title", "calls.dissuade.accept", rows, focus="outcome",
        width="dialog_width_form",
    )  # fmt: skip


def record_typed(kit: Kit, session: Session, case: CaseId, filled: FilledForm) -> None:
    """Record the call as it was typed."""
    task = kit.texts.text("calls.dissuade.task")
    next_at = filled.at("next")
    call = CallOut(
        filled["level"], filled["outcome"], task, filled["saved"], next_at, filled["note"]
    )
    record_call_out(session, case, call)


def _options(kit: Kit, session: Session, question: str) -> list[Option]:
    """The answers that the script offers."""
    lines = session.scripts.visit(Visit.DISSUASION).questions
    choices = next((line.choices for line in lines if line.id == question), ())
    language = kit.texts.language
    found = [Option(choice_mark(one.id), text=one.text(language)) for one in choices]
    return [Option("", key="intake.unset"), *found]
