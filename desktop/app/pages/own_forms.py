"""The unit's own templates and wordings, joined to the settings."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.bound_files.own_forms import OwnFormsCard
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.shared.kit.kit import Kit


def add_own_forms_card(page: SettingsPage, kit: Kit, session: Session) -> None:
    """Everybody may see by what this unit prints."""

    def show_page(parent: QWidget, pdf: Pdf, title: str) -> QDialog:
        from desktop.app.pages.pictures import draw_page  # noqa: PLC0415 - no window waits for it at start
        from desktop.ui.paper.paper_dialog import PaperDialog  # noqa: PLC0415

        dialog = PaperDialog(kit, parent, pdf, title, draw_page)
        dialog.open()
        return dialog

    page.more.addWidget(OwnFormsCard(kit, session, page, show_page))
