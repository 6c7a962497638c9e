"""The list of rules, from the settings: shown, printed, written as a table."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from desktop.runtime.files.atomic_file import write_atomic
from desktop.services.list_rules import list_rules, rules_table
from desktop.services.ports import Pdf, RulesSheetFacts
from desktop.services.session import Session
from desktop.ui.settings.rules import Rules, RulesCard, RulesDialog
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.shared.dialogs.dialog_frame import is_open
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of


def add_rules_card(page: SettingsPage, kit: Kit, session: Session) -> None:
    """Everybody may read by what this computer counts."""
    page.more.addWidget(RulesCard(kit, _RulesShowing(kit, session, page).show))


class _RulesShowing(QObject):
    def __init__(self, kit: Kit, session: Session, page: SettingsPage) -> None:
        super().__init__(page)
        self._kit = kit
        self._session = session
        self._page = page
        self._dialog: RulesDialog | None = None

    def show(self) -> None:
        """Open the list once."""
        if is_open(self._dialog):
            return
        rules = list_rules(self._session)
        self._dialog = RulesDialog(self._kit, self._page, rules, self._print, self._write)
        self._dialog.open()

    def _write(self, rules: Rules, path: Path) -> None:
        write_atomic(path, rules_table(rules, self._kit.texts.text), mode=0o644)

    def _print(self, rules: Rules) -> None:
        session = self._session
        facts = RulesSheetFacts(
            session.profile.unit_name, session.today, session.rules.version, rules
        )
        work = work_of(session.sheets.sheet, facts, session.clock.now())
        self._kit.runner.start("db", work, self._printed, self._failed)

    def _failed(self, error: Exception) -> None:
        present(self._kit, self._page, error)

    def _printed(self, pdf: Pdf) -> None:
        from desktop.app.pages.pictures import draw_page  # noqa: PLC0415 - no window waits for it at start
        from desktop.ui.paper.paper_dialog import PaperDialog  # noqa: PLC0415

        dialog = self._dialog
        if dialog is not None and is_open(dialog):
            title = self._kit.texts.text("rules_list.title")
            PaperDialog(self._kit, dialog, pdf, title, draw_page).open()
