"""What the window leaves in the journal while an officer works: locking, failures, settings, searches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.app.windows.window import Program
from desktop.domain.errors import UserInputError
from desktop.journal import kinds
from desktop.journal.entry import Entry
from desktop.services.cases.changes.register_report import register_report
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from tests.support.clocks import HandClock
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk
from tests.support.journals import written
from tests.support.sessions import a_form
from tests.ui.pages.shell import let_in, search_for


def test_an_hour_at_the_desk_in_the_journal(qapp: QApplication, quick_folder: Path) -> None:
    clock, root = HandClock(), quick_folder / "desk"
    make_desk(root)
    program = Program(qapp, root, machine=machine(clock), runner=InlineTaskRunner())
    try:
        program.start()
        program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
        assert program.desk_window is not None
        window, session = program.desk_window.window, program.installation.session
        case = register_report(session, a_form(session)).case

        def traces() -> list[Entry]:
            return [entry for entry in written(session) if entry.kind in kinds.TRACES]

        for text in ("李", "李秀", "李秀兰", "张"):
            search_for(window, text)
        assert [entry.fields["hits"] for entry in traces()] == [1], "typed on is one search"
        clock.advance(seconds=4)
        program.kit.ticks.tick()
        assert len(traces()) == 1
        clock.advance(seconds=4)
        program.kit.ticks.tick()
        assert [entry.fields["hits"] for entry in traces()] == [1, 0]

        program.desk_window.navigator.open_case(case)
        program.desk_window.navigator.open_case(case)
        assert [entry.subject for entry in traces()[2:]] == [f"look/{case}"]

        window.lock()
        with pytest.raises(UserInputError, match=r"^password\.wrong$"):
            program.unlock(OFFICER, "wrong")
        program.unlock(OFFICER, PASSWORD)
        let_in(window)
        program._keep(replace(program.settings, idle_lock_minutes=5))
        program._keep(replace(program.settings, language="en"))
        assert [entry.kind for entry in traces()[3:]] == [
            kinds.OFFICER_LOCKED,
            kinds.OFFICER_UNLOCKED,
            kinds.SETTINGS_CHANGED,
        ]
        failed = [entry for entry in written(session) if entry.kind == kinds.SIGN_IN_FAILED]
        assert [entry.fields["count"] for entry in failed] == [1]
    finally:
        program.shut_down()
